"""Study → `briefs/<study>/`: the notebook runs, and what it saves is what the engines render."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from evidence_brief.blocks.qr import handout_link, save_qr_code
from evidence_brief.blocks.text import md
from evidence_brief.blocks.versions import version_blocks
from evidence_brief.documents import REDLINE, permalink, places, release_of, reports, titled
from evidence_brief.errors import NotebookFailed, Problem
from evidence_brief.folders import own_folder, put_in_place
from evidence_brief.ledger import Ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.notebooks import run_notebook
from evidence_brief.notes import own_words
from evidence_brief.project import Project
from evidence_brief.study.load import Study

if TYPE_CHECKING:
    from evidence_brief.plots.plot import Plot


def save_brief(project: Project, study: Study, ledger: Ledger, drawn: list[Plot]) -> Path:
    """Write ledger, blocks, figures and the documents to `briefs/<study>/`, whole; the folder is returned."""
    from evidence_brief.plots.plot import save
    from evidence_brief.plots.telling import handout_plots

    with own_folder(project.workshop / "jobs", "job-") as temporary:
        folder = temporary / study.id
        write_documents(folder, project, study, ledger, drawn)
        for plot in (*drawn, *handout_plots(study, ledger, drawn).values()):
            save(plot, folder / "figures")
        if (link := permalink(project, study.id, release_of(project, study.id))) is not None:
            save_qr_code(link, folder / "figures")
        put_in_place(folder, project.briefs / study.id)
    return project.briefs / study.id


def write_documents(folder: Path, project: Project, study: Study, ledger: Ledger, drawn: list[Plot]) -> list[str]:
    """Write all but the figures into the folder; the names of the blocks that the ledger makes are returned.

    A person's own words in `data/<study>/notes.md` take the places of the blocks that they name.
    """
    texts, release = reports(project), release_of(project, study.id)
    link = permalink(project, study.id, release)
    made = blocks(study, ledger, drawn) | {"handout-link": handout_link(link)} | version_blocks(study, release, link)
    (folder / "blocks").mkdir(parents=True)
    for name, text in (made | own_words(project.data / study.id, places(texts))).items():
        (folder / "blocks" / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / "ledger.json").write_text(to_json(ledger), encoding="utf-8")
    if study.file.bibliography:
        shutil.copy2(project.data / study.id / study.file.bibliography, folder)
    for name, text in texts.items():
        if name == REDLINE and release is None:
            continue
        (folder / f"{name}.qmd").write_text(titled(text, project, study, ledger, name), encoding="utf-8")
    return list(made)


def blocks(study: Study, ledger: Ledger, drawn: list[Plot]) -> dict[str, str]:
    """The Markdown of every block, by the name that a report uses."""
    from evidence_brief.blocks import BLOCKS
    from evidence_brief.blocks.handout import handout_pictures
    from evidence_brief.blocks.plots import plots
    from evidence_brief.plots.telling import handout_plots

    made = {name: make(study, ledger) for name, make in BLOCKS.items()}
    return made | {"plots": plots(drawn)} | handout_pictures(handout_plots(study, ledger, drawn))


def prepare_in(job: Project, project: Project, study: Study) -> None:
    """Run the notebook for one study inside the job's folder; its brief stands in the job's `briefs/` then.

    Raises InvalidStudy for own words that name no place, before a kernel starts, and NotebookFailed; the notebook up
    to the failing cell is kept in the project, outside the outputs.
    """
    own_words(project.data / study.id, places(reports(project)))
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
