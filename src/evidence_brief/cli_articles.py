"""The verbs that begin with an article or a project: a new project, a survey of many texts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from evidence_brief.cli import app


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="A new or empty folder; the current one if absent.")
    ] = Path(),
    example: Annotated[bool, typer.Option("--example", help="With a study as an example.")] = False,
) -> None:
    """Make a new project in a folder: reports, notebook and settings, which are yours to edit, and room for studies."""
    from evidence_brief.new_project import init as init_project
    from evidence_brief.terminal import show_new_project

    kept = init_project(folder, example=example)
    show_new_project(folder, kept, example=example)


@app.command()
def survey(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATHS...", help="Files, folders, @list.txt with a path a line, or - for such a list."),
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FILE.parquet", help="The table that is written.")],
    jobs: Annotated[int, typer.Option(min=1, metavar="N", help="Processes; the cores if absent.")] = (
        os.cpu_count() or 1
    ),
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler to work on, as tcp://host:8786.")
    ] = None,
    summary: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write a page that sums up.")] = None,
    limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Longest time for one file.")] = 60.0,
) -> None:
    """Find the figures of many texts and check them all, without rendering: one row per figure and finding.

    Run it again to go on where it was stopped, or to read only what has changed. A text that cannot be read is listed
    in the table and stops nothing.
    """
    from evidence_brief.survey.cluster import NoCluster
    from evidence_brief.survey.run import Wish
    from evidence_brief.survey.run import survey as survey_all
    from evidence_brief.terminal_survey import show_survey

    if to.suffix != ".parquet":
        raise typer.BadParameter(f"{to.name!r} does not end in .parquet", param_hint="--to")
    if summary is not None and summary.suffix not in (".html", ".htm"):
        raise typer.BadParameter(f"{summary.name!r} does not end in .html", param_hint="--summary")
    try:
        totals = survey_all(Wish(paths, to, jobs, scheduler, summary, limit))
    except NoCluster as error:
        raise typer.BadParameter(str(error), param_hint="--scheduler") from error
    show_survey(totals, to, summary)
