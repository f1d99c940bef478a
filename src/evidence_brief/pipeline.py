"""The verbs of the command on whole studies: prepare, render, inspect."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from evidence_brief.errors import UserError, failing_as_user_error
from evidence_brief.folders import alone, keep_times, put_in_place
from evidence_brief.freshness import input_sum, is_fresh, remember
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.project import Project
from evidence_brief.render.embedded import render_embedded
from evidence_brief.render.inspect import inspect_brief
from evidence_brief.render.quarto import keep_search, render_quarto

Say = Callable[[str], None]


@dataclass(frozen=True)
class Rendered:
    """What became of one study: its ledger and folder, or the error that stopped it."""

    study: str
    fresh: bool = False
    ledger: Ledger | None = None
    folder: Path | None = None
    error: UserError | None = None


def prepare(project: Project, study: str, say: Say) -> bool:
    """Make `briefs/<study>/` by running the notebook; False if it was up to date already."""
    with _alone(project, study):
        return _prepare(project, study, say)


def prepare_into(job: Project, project: Project, study: str, say: Say) -> None:
    """Prepare the brief, and copy it into the job with its record, by which it is up to date there too."""
    with _alone(project, study):
        _prepare(project, study, say)
        shutil.copytree(project.briefs / study, job.briefs / study)
        record_of(job, "prepared", study).parent.mkdir(parents=True)
        shutil.copy2(record_of(project, "prepared", study), record_of(job, "prepared", study))


def _alone(project: Project, study: str) -> AbstractContextManager[None]:
    """Two runs in one project prepare a study one after the other."""
    return alone(project.workshop / "locks" / study)


def _prepare(project: Project, study: str, say: Say) -> bool:
    from evidence_brief.prepare import prepare_in

    record = record_of(project, "prepared", study)
    inputs = input_sum(project, study, ["prepare"])
    if is_fresh(record, inputs, project.briefs / study):
        return False
    say("loading")
    loaded = project.load(study)
    with project.job([study]) as job:
        say("running the notebook")
        prepare_in(job, project, loaded)
        keep_times(job.briefs / study, project.briefs / study)
        put_in_place(job.briefs / study, project.briefs / study)
    remember(record, inputs, project.briefs / study)
    return True


def render(project: Project, study: str, engine: str, formats: Sequence[str], out: Path, say: Say) -> Rendered:
    """Make, inspect and put in place the pages of one study. A user's error is returned, not raised."""
    try:
        with failing_as_user_error():
            return _render(project, study, engine, formats, out, say)
    except UserError as error:
        return Rendered(study, error=error)


def _render(project: Project, study: str, engine: str, formats: Sequence[str], out: Path, say: Say) -> Rendered:
    record = record_of(project, "rendered", study)
    place = out / "briefs" / study
    inputs = input_sum(project, study, [engine, *sorted(formats), str(out)])
    loaded = project.load(study)
    ledger = make_ledger(loaded)
    if is_fresh(record, inputs, place):
        return Rendered(study, True, ledger, place)
    with project.job([study]) as job:
        prepare_into(job, project, study, say)
        site = run_engine(job, study, engine, formats, say)
        say("inspecting")
        inspect_brief(job, loaded, ledger, site / "briefs" / study)
        put_in_place(site / "briefs" / study, place)
        _share(site, out)
        keep_search(site, project.workshop, study)
    remember(record, inputs, place)
    return Rendered(study, False, ledger, place)


def run_engine(job: Project, study: str, engine: str, formats: Sequence[str], say: Say) -> Path:
    """Render the prepared brief in its job; the folder of the site is returned."""
    say(f"rendering ({engine} engine)")
    if engine == "quarto":
        return render_quarto(job, formats)
    site = job.root / "_site"
    render_embedded(job, study, formats, site / "briefs" / study)
    return site


def _share(site: Path, out: Path) -> None:
    """Bring what the pages of a Quarto site share to the site: libraries and styles.

    Its own pages and its search know one study alone here; `site.render_site` makes those of all.
    """
    for path in site.iterdir():
        if path.is_dir() and path.name not in ("briefs", "reports"):
            shutil.copytree(path, out / path.name, dirs_exist_ok=True)


def record_of(project: Project, what: str, study: str) -> Path:
    """Where it is kept which inputs made the prepared or rendered brief."""
    return project.workshop / "records" / f"{what}-{study}.json"


def inspect(project: Project, study: str, out: Path) -> None:
    """Inspect the rendered pages of one study. Raises InspectionFailed."""
    loaded = project.load(study)
    inspect_brief(project, loaded, make_ledger(loaded), out / "briefs" / study)
