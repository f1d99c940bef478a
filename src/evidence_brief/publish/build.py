"""Make the folder of a version: its pages, and beside them what they were made from, and the manifest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evidence_brief.blocks.qr import save_qr_code
from evidence_brief.documents import citation, permalink
from evidence_brief.environment import code_sum, packages, quarto_version
from evidence_brief.ledger import Ledger
from evidence_brief.pipeline import prepare_into, run_engine
from evidence_brief.plots import draw
from evidence_brief.prepare import write_documents
from evidence_brief.project import INPUTS, SITE_PAGES, Project
from evidence_brief.publish.content import content_sum
from evidence_brief.publish.manifest import MANIFEST, Manifest, files_of
from evidence_brief.publish.manifest import to_json as manifest_json
from evidence_brief.publish.release import RECORD, Release, to_json
from evidence_brief.render.inspect import inspect_brief
from evidence_brief.render.quarto import render_version_quarto
from evidence_brief.study.load import Study

INSIDE = "inputs"
LOCK = "requirements.lock"
FORMATS = ("html", "pdf")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Edition:
    """A study with its ledger, about to become this version, by this engine."""

    study: Study
    ledger: Ledger
    release: Release
    engine: str


def inputs(project: Project, study: str) -> dict[str, Path]:
    """The files that a version of the study is made from, by their path in the project."""
    found = [path for path in (project.root / name for name in INPUTS) if path.is_file()]
    found += [project.root / LOCK] if (project.root / LOCK).is_file() else []
    for folder in (project.data / study, *(project.root / name for name in INPUTS)):
        found += [path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, project.root)]
    named = {path.relative_to(project.root).as_posix(): path for path in found}
    return {name: named[name] for name in sorted(named) if name not in SITE_PAGES}


def _is_hidden(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return any(part.startswith(".") for part in parts) or (
        parts[0] == "reports" and path.suffix in (".html", ".pdf") and len(parts) == 2
    )


def build(project: Project, edition: Edition, out: Path, say: Say) -> None:
    """Make the version's folder `out`: the notebook runs if need be, and every page is inspected.

    Raises RenderFailed and InspectionFailed.
    """
    study, release = edition.study, edition.release
    with project.job([study.id]) as job:
        prepare_into(job, project, study.id, say)
        record = job.workshop / "releases" / f"{study.id}.json"
        record.parent.mkdir(parents=True)
        record.write_text(to_json(release), encoding="utf-8")
        _rewrite(job, edition)
        made = _rendered(job, edition, say)
        say("inspecting")
        (made / RECORD).write_text(to_json(release), encoding="utf-8")
        inspect_brief(job, study, edition.ledger, made)
        shutil.move(made, out)
    for name, path in inputs(project, study.id).items():
        (out / INSIDE / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, out / INSIDE / name)
    (out / MANIFEST).write_text(manifest_json(_manifest(project, edition, out)), encoding="utf-8")


def _rendered(job: Project, edition: Edition, say: Say) -> Path:
    """The folder of the version's pages, which need nothing but what is in it."""
    if edition.engine == "quarto":
        say("rendering (quarto engine)")
        return render_version_quarto(job, edition.study.id)
    return run_engine(job, edition.study.id, edition.engine, FORMATS, say) / "briefs" / edition.study.id


def _rewrite(job: Project, edition: Edition) -> None:
    """Write the documents anew, with the version in them; figures and notebook stay as they are."""
    study, ledger = edition.study, edition.ledger
    folder = job.briefs / study.id
    shutil.rmtree(folder / "blocks")
    write_documents(folder, job, study, ledger, draw(study, ledger))
    if (link := permalink(job, study.id, edition.release)) is not None:
        save_qr_code(link, folder / "figures")


def _manifest(project: Project, edition: Edition, out: Path) -> Manifest:
    study, release = edition.study, edition.release
    tools: Mapping[str, str] = packages()
    if edition.engine == "quarto":
        tools = {**tools, "quarto": quarto_version() or "absent"}
    return Manifest(
        study=study.id,
        title=study.file.title,
        citation=citation(study),
        version=str(release.number),
        date=release.date,
        permalink=permalink(project, study.id, release),
        previous=release.since[0].version if release.since else None,
        content=content_sum(release.documents),
        engine=edition.engine,
        code=code_sum(),
        packages=tools,
        files=files_of(out),
    )
