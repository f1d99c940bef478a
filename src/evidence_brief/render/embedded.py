"""The embedded engine: Pandoc and Typst out of Python wheels. It needs nothing else on the machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence_brief.documents import REDLINE, front_matter, release_of
from evidence_brief.environment import pandoc_command
from evidence_brief.errors import Problem, RenderFailed
from evidence_brief.project import Project

EXTENSION = "reports/_extensions/evidence"
STYLES = "reports/styles"
READER = "markdown"
COPIED = ("ledger.json", "recompute.ipynb")
CONTENTS = ("--toc", "--toc-depth=2")
UTF_8 = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
"""A locale that every system has: under LC_ALL=C Pandoc reads no folder whose name has a letter like ü."""


def render_embedded(project: Project, study: str, formats: Sequence[str], out: Path) -> None:
    """Render the prepared brief of one study into `out`: brief, handout and notebook as pages and papers, as asked for.

    Slides need Quarto.

    Raises RenderFailed with Pandoc's or Typst's own words.
    """
    out.mkdir(parents=True, exist_ok=True)
    folder = project.briefs / study
    papers = [name for name in ("brief", "handout") if (folder / f"{name}.qmd").is_file()]
    if "html" in formats:
        for name in (*papers, *[REDLINE] * (folder / f"{REDLINE}.qmd").is_file()):
            _html(project, folder, f"{name}.qmd", out, ["--from", READER, *contents(folder / f"{name}.qmd")])
        notebook = folder / "recompute.ipynb"
        options = [*CONTENTS, *_metadata_of_notebook(notebook), *_root(project, study), *_folded(project)]
        _html(project, folder, notebook.name, out, options)
    if "pdf" in formats:
        for name in papers:
            _pdf(project, folder, name, out / f"{name}.pdf")
    for name in COPIED:
        shutil.copy2(folder / name, out / name)


def body(project: Project, folder: Path, name: str) -> str:
    """The body of a document or a notebook in the folder as HTML, without the page around it.

    Raises RenderFailed with Pandoc's own words.
    """
    options = _metadata_of_notebook(folder / name) if name.endswith(".ipynb") else ["--from", READER]
    return _pandoc(project, folder, [name, *options, "--to", "html5"])


def _metadata_of_notebook(path: Path) -> list[str]:
    """Pandoc reads no title from a notebook, so it is told."""
    title = json.loads(path.read_text(encoding="utf-8"))["metadata"]["title"]
    metadata = {"title": title, "pagetitle": title, "lang": "en", "kicker": "Executed notebook"}
    options = [option for name, value in metadata.items() for option in ("--metadata", f"{name}={value}")]
    # Each output has one form: Pandoc must not choose one block of it as the best.
    return ["--ipynb-output=all", *options]


def contents(document: Path) -> Sequence[str]:
    """A table of contents, as Quarto makes one, unless the front matter asks for none."""
    return CONTENTS if front_matter(document).get("toc", True) else ()


def _html(project: Project, folder: Path, name: str, out: Path, options: list[str]) -> None:
    brief_script = project.root / EXTENSION / "evidence.js"
    target = out / Path(name).with_suffix(".html")
    html_page(project, folder, name, target, [*options, "--variable", f"script={brief_script}"])


def _folded(project: Project) -> list[str]:
    """Code of a notebook folds, as it does under Quarto."""
    return ["--lua-filter", str(project.root / STYLES / "fold.lua")]


def _root(project: Project, study: str) -> list[str]:
    """Where the site's first page is, for a notebook, whose metadata do not say so; a version leads to none."""
    leads = "index.qmd" in project.site_pages() and release_of(project, study) is None
    return ["--metadata", "site-root=../.."] if leads else []


def html_page(project: Project, folder: Path, name: str, target: Path, options: list[str]) -> None:
    """Render a document as one file. Raises RenderFailed with Pandoc's own words."""
    styles = project.root / STYLES
    page = ["--template", str(styles / "page.html"), "--standalone", "--embed-resources"]
    page += ["--css", str(styles / "page.css"), "--css", str(project.root / EXTENSION / "evidence.css")]
    _pandoc(project, folder, [name, *page, *options, "--to", "html5", "-o", str(target)])


def _pdf(project: Project, folder: Path, name: str, target: Path) -> None:
    styles = project.root / STYLES
    text = folder / f"{name}.typ"
    page = ["--template", str(styles / "page.typ")]
    page += ["--include-in-header", str(project.root / EXTENSION / "evidence.typ")]
    if (size := project.papersize) is not None:
        page += ["--variable", f"papersize={size}"]
    options = ["--from", READER, "--to", "typst", "--standalone", "--shift-heading-level-by=-1"]
    _pandoc(project, folder, [f"{name}.qmd", *options, *page, "-o", str(text)])
    try:
        _typeset(text, target)
    finally:
        text.unlink(missing_ok=True)


def _typeset(text: Path, target: Path) -> None:
    """Compile with Typst's own fonts, so that every machine sets the same page.

    Only where they lack a letter (Chinese, Hebrew, Arabic, …) are the machine's fonts taken as well.
    """
    import typst

    for system in (False, True):
        fonts = typst.Fonts(include_system_fonts=system)
        try:
            typst.compile(text, output=target, root=text.parent, font_paths=fonts, pdf_standards=["ua-1"], timestamp=0)
        except typst.TypstError as error:
            lacks_letter = "could not be displayed" in error.message
            if lacks_letter and not system:
                continue
            mend = "; ".join(error.hints) or None
            if lacks_letter:
                mend = "install a font that has it (for example one of the Noto fonts), or render with `--to html`"
            raise RenderFailed(
                Problem(f"{text.parent.name}/{target.name}", f"Typst: {error.message}", mend=mend)
            ) from error
        return


def _pandoc(project: Project, folder: Path, arguments: list[str]) -> str:
    filters = ["--lua-filter", str(project.root / EXTENSION / "evidence.lua"), "--citeproc"]
    command = [str(pandoc_command()), *arguments, *filters]
    # The document's own folder is the working folder: there the filter finds the ledger and the blocks.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "LC_ALL": UTF_8}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        words = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        ours = [line for line in words if "evidence:" in line]
        raise RenderFailed(
            Problem(
                f"{folder.name}/{arguments[0]}",
                "Pandoc could not render it",
                found=(ours or words or ["no message"])[-1],
            )
        )
    return done.stdout
