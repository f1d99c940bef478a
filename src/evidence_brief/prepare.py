"""Study → `briefs/<study>/`: the notebook runs, and what it saves is what the engines render."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import nbformat

from evidence_brief.blocks.text import md
from evidence_brief.errors import NotebookFailed, Problem
from evidence_brief.ledger import Ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.notebooks import run_notebook
from evidence_brief.project import Project, put_in_place
from evidence_brief.study.load import Study

if TYPE_CHECKING:
    from evidence_brief.plots.style import Plot


def save_brief(project: Project, study: Study, ledger: Ledger, drawn: list[Plot]) -> Path:
    """Write ledger, blocks, figures and `brief.qmd` to `briefs/<study>/`, whole; the folder is returned."""
    from evidence_brief.blocks import BLOCKS
    from evidence_brief.blocks.plots import plots
    from evidence_brief.plots.style import save

    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / study.id
        (folder / "blocks").mkdir(parents=True)
        for name, make in BLOCKS.items():
            (folder / "blocks" / f"{name}.md").write_text(make(study, ledger), encoding="utf-8")
        (folder / "blocks" / "plots.md").write_text(plots(drawn), encoding="utf-8")
        for plot in drawn:
            save(plot, folder / "figures")
        (folder / "ledger.json").write_text(to_json(ledger), encoding="utf-8")
        report = (project.root / "reports" / "brief.qmd").read_text(encoding="utf-8")
        (folder / "brief.qmd").write_text(titled(report, study), encoding="utf-8")
        put_in_place(folder, project.briefs / study.id)
    return project.briefs / study.id


def titled(report: str, study: Study) -> str:
    """The report with title, subtitle and language of the study in its front matter."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width = 10_000
    _, front, body = report.split("---\n", 2)
    metadata = yaml.load(front) or {}
    # Metadata is read as Markdown: other people's signs are no markup.
    metadata["title"] = metadata["pagetitle"] = md(study.file.title)
    metadata["subtitle"] = md(study.file.publication or next(iter(study.file.sources.values())).cite)
    metadata["study"] = study.id
    metadata["lang"] = "en"
    written = StringIO()
    yaml.dump(metadata, written)
    return f"---\n{written.getvalue()}---\n{body}"


def prepare_in(job: Project, project: Project, study: Study) -> None:
    """Run the notebook for one study inside the job's folder; its brief stands in the job's `briefs/` then.

    Raises NotebookFailed; the notebook up to the failing cell is kept in the project, outside the outputs.
    """
    executed = job.root / "executed.ipynb"
    try:
        run_notebook(job.notebook, executed, {"study": study.id}, job.root)
    except NotebookFailed as error:
        kept = project.workshop / "failed" / f"{study.id}.ipynb"
        if executed.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(executed, kept)
            found = f".brief/failed/{study.id}.ipynb"
            raise NotebookFailed(
                *error.problems,
                Problem(found, "holds the notebook up to the cell that failed", mend="open it in Jupyter"),
            ) from error
        raise
    title = f"Recomputing: {study.file.title}"
    give_title(executed, title)
    shutil.move(executed, job.briefs / study.id / "recompute.ipynb")


def give_title(notebook: Path, title: str) -> None:
    """Put a title for Quarto into the notebook's first cell; as a page only, since paper has the brief."""
    content = nbformat.read(notebook, as_version=4)
    quoted = json.dumps(md(title), ensure_ascii=False)
    front = nbformat.v4.new_raw_cell(f"---\ntitle: {quoted}\nformat: html\n---")
    front["id"] = "front-matter"
    content.cells.insert(0, front)
    content.metadata["title"] = title
    nbformat.write(content, notebook)
