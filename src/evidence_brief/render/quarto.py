"""Quarto as the engine: one `quarto render` of a copy of the project that holds the studies asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence_brief.errors import Problem, RenderFailed
from evidence_brief.project import Project

FORMATS = {"html": "html", "pdf": "typst"}
PAPERS = ("brief", "handout")
SHARED = "site_libs"
"""The folder of scripts and styles that Quarto's pages share."""


def quarto_command() -> str | None:
    """Where Quarto is, or None where it is not on PATH."""
    return shutil.which("quarto")


def engine_named(name: str) -> str:
    """The engine that a person names; "auto" is Quarto where it is on PATH, else the embedded one."""
    if name != "auto":
        return name
    return "quarto" if quarto_command() else "embedded"


def render_quarto(job: Project, formats: Sequence[str]) -> Path:
    """Render every study of the job; its site folder is returned.

    The pre-render command of `_quarto.yml` runs the notebooks, and the post-render command inspects the
    output. Raises RenderFailed with the last lines of Quarto when one of them, or Quarto, fails.
    """
    if set(formats) != set(FORMATS):
        _keep(job, formats)
    return _run(job, [])


def render_version_quarto(job: Project, study: str) -> Path:
    """Render one prepared study as pages that need no site around them; their folder is returned, not inspected.

    What Quarto's pages share is beside them then, not above. Raises RenderFailed as `render_quarto`.
    """
    with _settings(job) as known:
        known["project"] = {
            **{"type": "website", "output-dir": "_site"},
            "render": [f"briefs/{study}/*.qmd", f"briefs/{study}/*.ipynb"],
            "resources": known["project"]["resources"],
        }
        known["website"].pop("navbar", None)
        known["website"]["search"] = False
    site = _run(job, [])
    folder = site / "briefs" / study
    shutil.move(site / SHARED, folder / SHARED)
    for page in folder.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(f"../../{SHARED}/", f"{SHARED}/"), encoding="utf-8")
    return folder


def _keep(job: Project, formats: Sequence[str]) -> None:
    """Leave other formats out of the job's settings, and for paper alone the documents that are none.

    Quarto's own `--to` would make every document in the format: slides as a page, the list of studies as a PDF.
    """
    with _settings(job) as known:
        known["format"] = {FORMATS[name]: known["format"][FORMATS[name]] for name in formats}
        if "html" not in formats:
            known["project"]["render"] = [f"briefs/**/{name}.qmd" for name in PAPERS]


@contextmanager
def _settings(job: Project) -> Iterator[Any]:
    """The settings in the job's `_quarto.yml`, to be changed; they are written back afterwards."""
    from ruamel.yaml import YAML

    file, yaml = job.root / "_quarto.yml", YAML(typ="rt")
    known = yaml.load(file)
    yield known
    yaml.dump(known, file)


def render_site_quarto(job: Project, pages: Sequence[str]) -> Path:
    """Render the site's own pages alone, whose blocks stand in the job; its site folder is returned.

    Nothing is prepared or inspected then. Raises RenderFailed as `render_quarto`.
    """
    with _settings(job) as known:
        known["project"] = {"type": "website", "output-dir": "_site", "render": list(pages)}
    return _run(job, ["--to", "html"])


def keep_search(site: Path, workshop: Path, study: str) -> None:
    """Keep what a study's site can find, for the search of all; nothing where the engine makes no search."""
    if (found := site / "search.json").is_file():
        (workshop / "search").mkdir(parents=True, exist_ok=True)
        shutil.copy2(found, workshop / "search" / f"{study}.json")


def join_search(site: Path, workshop: Path, studies: Sequence[str]) -> None:
    """Add the briefs of the studies to the search of the site's own pages, each place once and in order."""
    own = json.loads((site / "search.json").read_text(encoding="utf-8"))
    entries = {entry["href"]: entry for entry in own}
    for study in studies:
        kept = workshop / "search" / f"{study}.json"
        if kept.exists():
            entries |= _kept(kept, study)
    text = json.dumps([entries[href] for href in sorted(entries)], ensure_ascii=False, indent=2)
    (site / "search.json").write_text(text + "\n", encoding="utf-8")


def _kept(file: Path, study: str) -> dict[str, Any]:
    """What was kept of a study's search, by its addresses. Raises RenderFailed where that is damaged."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
        return {entry["href"]: entry for entry in known if entry["href"].startswith(f"briefs/{study}/")}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        mend = "delete the folder .brief: it only remembers what is up to date, and is made anew"
        found = f"{error}; the briefs stay as they are"
        raise RenderFailed(Problem(f".brief/search/{file.name}", "is damaged", found=found, mend=mend)) from error


def _run(job: Project, options: Sequence[str]) -> Path:
    quarto = quarto_command()
    if quarto is None:
        mend = "install it from https://quarto.org, or use `--engine embedded`"
        raise RenderFailed(Problem("quarto", "is not on PATH", mend=mend))
    # The commands of _quarto.yml are found beside the Python that runs this.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "QUARTO_PYTHON": sys.executable, "SOURCE_DATE_EPOCH": "0"}
    command = [quarto, "render", "--no-clean", *options]
    done = subprocess.run(command, cwd=job.root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise RenderFailed(Problem("quarto render", "failed", found="\n              ".join(lines[-12:])))
    return job.root / "_site"
