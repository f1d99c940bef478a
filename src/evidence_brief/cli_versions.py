"""The verbs on published versions (publish, verify, diff, regenerate), and on what makes them (doctor)."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence_brief.cli import Engine, Out, Studies, app, each, leave, project_here
from evidence_brief.errors import NotAProject

if TYPE_CHECKING:
    from evidence_brief.publish.place import Place
    from evidence_brief.publish.publish import Plan

To = Annotated[
    str | None,
    typer.Option(
        metavar="DIR_OR_URL", help="Where versions are kept: a folder, or s3://…, gs://…; published/ if absent."
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DIR_OR_URL", help="Where the versions are kept; published/ if absent."),
]
On = Annotated[
    str | None,
    typer.Option("--date", metavar="YYYY-MM-DD", help="Of the version; SOURCE_DATE_EPOCH or today (UTC) if absent."),
]
EngineOption = Annotated[Engine, typer.Option(help="auto takes Quarto where it is on PATH.")]


def _day(text: str | None) -> str:
    """The date of a version. It is the one thing that a clock says, and stands in the version's record alone."""
    if text is not None:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise typer.BadParameter(f"{text!r} is no date like 2026-01-31", param_hint="--date") from error
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError) as error:
            raise typer.BadParameter(f"{epoch!r} is no number of seconds", param_hint="SOURCE_DATE_EPOCH") from error
    return datetime.now(UTC).date().isoformat()


def _plan(to: str | None, engine: Engine, on: str | None) -> Plan:
    from evidence_brief.publish.place import open_place
    from evidence_brief.publish.publish import Plan
    from evidence_brief.render.quarto import engine_named

    project = project_here()
    project.require_inputs()
    return Plan(project, open_place(to, project.root), engine_named(engine.value), _day(on), on is not None)


def _place(where: str | None) -> Place:
    """The place of a verb that needs no project: without one, `published` is looked for here."""
    from evidence_brief.publish.place import open_place

    try:
        root = project_here().root
    except NotAProject:
        root = Path.cwd()
    return open_place(where, root)


def _tell(text: str) -> None:
    print(f"{text} …", file=sys.stderr)


def _say(study: str, stage: str) -> None:
    _tell(f"{study}: {stage}")


@app.command()
def publish(
    studies: Studies = None,
    to: To = None,
    engine: EngineOption = Engine.embedded,
    on: On = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Publish also what holds figures that nobody has confirmed; it says so.")
    ] = False,
) -> None:
    """Make a new version of each study whose brief says something new, and nothing where it says the same."""
    from dataclasses import replace
    from functools import partial

    from evidence_brief.publish.publish import publish as publish_one
    from evidence_brief.terminal_versions import show_published

    plan = replace(_plan(to, engine, on), drafts=draft)
    chosen = plan.project.select(studies)
    results = [publish_one(plan, study, partial(_say, study)) for study in chosen]
    show_published(results, plan.place.name)
    leave([result.error for result in results if result.error])


@app.command()
def verify(
    versions: Annotated[
        list[str] | None,
        typer.Argument(metavar="[STUDY@VERSION]...", help="Versions, or folders of downloaded ones; all if absent."),
    ] = None,
    where: From = None,
    anew: Annotated[bool, typer.Option("--rebuild/--no-rebuild", help="Make each version anew and compare.")] = True,
    rebuilt: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Leave what was made anew there (one version).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Check that published versions are as they were published, and that their inputs still make them."""
    from functools import partial

    from evidence_brief.folders import require_writable
    from evidence_brief.publish.verify import verify as verify_one
    from evidence_brief.publish.wanted import wanted
    from evidence_brief.terminal_versions import show_verified, verified_json

    place = _place(where)
    chosen = wanted(place, versions or [])
    if rebuilt is not None and (len(chosen) != 1 or rebuilt.exists()):
        raise typer.BadParameter("takes one version, and a folder that is not there yet", param_hint="--rebuilt")
    if rebuilt is not None:
        require_writable(rebuilt)
    results = [verify_one(place, one, anew=anew, kept=rebuilt, say=partial(_say, one.name)) for one in chosen]
    if json:
        sys.stdout.write(verified_json(results))
    else:
        show_verified(results, place.name)
    leave([result.error for result in results if result.error])


@app.command()
def diff(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="The study.")],
    old: Annotated[str, typer.Argument(metavar="OLD", help="A version, such as v1.0; v1 is its newest.")],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="Another version; `draft` is the study in data/.")
    ] = "draft",
    where: From = None,
    json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print them as Markdown.")] = False,
) -> None:
    """Say what changed between two versions, claim by claim, why, and whether a conclusion flips."""
    from evidence_brief.publish.difference import difference
    from evidence_brief.terminal_versions import difference_json, difference_markdown, show_difference

    if json and markdown:
        raise typer.BadParameter("either as JSON or as Markdown", param_hint="--markdown")
    place = _place(where)
    found = difference(place, project_here if new == "draft" else None, study, old, new)
    if json:
        sys.stdout.write(difference_json(found))
    elif markdown:
        sys.stdout.write(difference_markdown(found))
    else:
        show_difference(found)


@app.command()
def regenerate(
    studies: Studies = None,
    to: To = None,
    engine: EngineOption = Engine.auto,
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Studies rendered at the same time.")] = (
        os.cpu_count() or 1
    ),
    out: Out = None,
    on: On = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Make no version; say what would be made.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail where findings are not the accepted ones.")] = False,
    anew: Annotated[bool, typer.Option("--rebuild", help="Make published versions anew as well (slow).")] = False,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the summary for machines there.")] = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the summary for people there.")] = None,
) -> None:
    """For a scheduler: render all, verify what is published, publish what says something new, and tell it.

    Exit code 0: nothing changed. 16: something changed, read the summary. Others: something failed.
    """
    import json as json_module

    from evidence_brief.folders import require_file, require_writable, write_whole
    from evidence_brief.publish import regenerate as verb
    from evidence_brief.site import render_site

    plan = _plan(to, engine, on)
    chosen = plan.project.select(studies)
    site = (out or plan.project.root / "_site").resolve()
    require_writable(site)
    for summary in (json, markdown):
        if summary is not None:  # before anything is published that nobody would be told of
            require_file(summary)
    wish = verb.Wish(plan, site, jobs, dry, strict, anew)
    results = verb.regenerate(wish, chosen, _tell)
    results += verb.verify_others(wish, _tell) if not studies else []
    # What was published is told in any case.
    failed = each(["site"], lambda _: render_site(plan.project, plan.engine, verb.FORMATS, site))
    text, data = verb.as_markdown(results, failed), verb.as_data(results, plan.place.name, failed)
    sys.stdout.write(text)
    sys.stdout.flush()
    if json is not None:
        write_whole(json, (json_module.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())
    if markdown is not None:
        write_whole(markdown, text.encode())
    leave([*(error for result in results for error in result.errors), *failed])
    if data["outcome"] == "changed":
        raise typer.Exit(verb.CHANGED)


@app.command()
def doctor(
    version: Annotated[
        str | None,
        typer.Argument(metavar="[STUDY@VERSION]", help="A published version, or its folder, to compare with instead."),
    ] = None,
    where: From = None,
    json: Annotated[bool, typer.Option("--json", help="Print every item as JSON, those that are well too.")] = False,
) -> None:
    """Compare what runs here with requirements.lock, and say what to do where it differs. Writes nothing."""
    from evidence_brief.errors import EnvironmentDiffers
    from evidence_brief.terminal_doctor import items_as_json, show_items

    if version is None:
        from evidence_brief.doctor import examine

        items = examine(project_here())
    else:
        from evidence_brief.publish.environment_of import examine_version
        from evidence_brief.publish.wanted import wanted

        place = _place(where)
        items = examine_version(place, wanted(place, [version])[-1])
    if json:
        sys.stdout.write(items_as_json(items))
    else:
        show_items(items)
    if any(item.state == "problem" for item in items):
        raise typer.Exit(EnvironmentDiffers.exit_code)
