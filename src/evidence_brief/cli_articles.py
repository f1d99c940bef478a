"""The verbs that begin with an article: a new project, a draft study, what is new in one, its review, a survey."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Annotated

import typer

from evidence_brief.cli import app, project_here


@app.command()
def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="A new or empty folder; the current one if absent.", show_default=False),
    ] = Path(),
    example: Annotated[bool, typer.Option("--example", help="With a study as an example.")] = False,
) -> None:
    """Make a new project in a folder: reports, notebook and settings, which are yours to edit, and room for studies."""
    from evidence_brief.new_project import init as init_project
    from evidence_brief.terminal import show_new_project

    kept = init_project(folder, example=example)
    show_new_project(folder, kept, example=example)


@app.command()
def new(
    id: Annotated[str, typer.Argument(metavar="ID", help="Name of the study, and of its folder in data/.")],
    files: Annotated[
        list[Path],
        typer.Option("--from", metavar="FILE", help="The article: text, Markdown, HTML, JATS XML or PDF; repeatable."),
    ],
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="That of the article if absent.")] = None,
) -> None:
    """Make a draft of a study from an article: its text, and every figure found in it as a claim to be confirmed."""
    from evidence_brief.draft.new import new_study
    from evidence_brief.ledger import make_ledger
    from evidence_brief.terminal_draft import show_new

    study = new_study(project_here(), id, files, title)
    show_new(study, make_ledger(study))


@app.command()
def extract(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="Folder in data/.")],
    update: Annotated[bool, typer.Option("--update", help="Add what is new to study.yml, as drafts.")] = False,
) -> None:
    """Read a study's texts again and show the figures that it has no claim for; changes nothing that is written."""
    from evidence_brief.draft.update import update_study
    from evidence_brief.terminal_draft import show_extracted

    project = project_here()
    project.load(study)
    show_extracted(study, update_study(project.data / study, write=update), written=update)


@app.command()
def review(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="Folder in data/.")],
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Of 127.0.0.1; a free one if absent.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Show the article with every figure marked, to confirm, correct or reject each by one key. Ends with Ctrl-C."""
    from evidence_brief.review.server import serve

    project = project_here()
    project.select([study])
    try:
        serve(project.data / study, port, browser=browser)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        words = f"port {port} cannot be taken: {error.strerror}; leave --port out for a free one"
        raise typer.BadParameter(words, param_hint="--port") from error


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
