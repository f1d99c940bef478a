"""The verbs of the command on whole studies: prepare, render, inspect."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_brief.errors import UserError
from evidence_brief.freshness import input_sum, is_fresh, remember
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.project import Project, put_in_place

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
    from evidence_brief.prepare import prepare_in

    record = project.workshop / "records" / f"prepared-{study}.json"
    inputs = input_sum(project, study, ["prepare"])
    if is_fresh(record, inputs, project.briefs / study):
        return False
    say("loading")
    project.load(study)
    with project.job([study]) as job:
        say("running the notebook")
        prepare_in(job, project, study)
        put_in_place(job.briefs / study, project.briefs / study)
    remember(record, inputs, project.briefs / study)
    return True


def render(project: Project, study: str, engine: str, formats: Sequence[str], out: Path, say: Say) -> Rendered:
    """Make, inspect and put in place the pages of one study. A user's error is returned, not raised."""
    try:
        return _render(project, study, engine, formats, out, say)
    except UserError as error:
        return Rendered(study, error=error)


def _render(project: Project, study: str, engine: str, formats: Sequence[str], out: Path, say: Say) -> Rendered:
    record = project.workshop / "records" / f"rendered-{study}.json"
    place = out / "briefs" / study
    inputs = input_sum(project, study, [engine, *sorted(formats), str(out)])
    if is_fresh(record, inputs, place):
        return Rendered(study, True, make_ledger(project.load(study)), place)
    say("loading")
    ledger = make_ledger(project.load(study))
    with project.job([study]) as job:
        if engine == "quarto":
            from evidence_brief.render.quarto import render_quarto

            say("running Quarto")
            site = render_quarto(job, formats)
        else:
            from evidence_brief.prepare import prepare_in
            from evidence_brief.render.embedded import render_embedded

            say("running the notebook")
            prepare_in(job, project, study)
            say("rendering")
            site = job.root / "_site"
            render_embedded(job, study, formats, site / "briefs" / study)
        say("inspecting")
        from evidence_brief.render.inspect import inspect_brief

        inspect_brief(ledger, site / "briefs" / study)
        put_in_place(job.briefs / study, project.briefs / study)
        put_in_place(site / "briefs" / study, place)
        _share(site, out)
    remember(record, inputs, place)
    return Rendered(study, False, ledger, place)


def _share(site: Path, out: Path) -> None:
    """Bring what all pages of a Quarto site use to the site; the embedded engine's pages need nothing."""
    if (site / "site_libs").is_dir():
        shutil.copytree(site / "site_libs", out / "site_libs", dirs_exist_ok=True)


def inspect(project: Project, study: str, out: Path) -> None:
    """Inspect the rendered pages of one study. Raises InspectionFailed."""
    from evidence_brief.render.inspect import inspect_brief

    inspect_brief(make_ledger(project.load(study)), out / "briefs" / study)
