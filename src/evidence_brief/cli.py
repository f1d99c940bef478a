"""The command `brief`. Heavy imports happen inside the verbs, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidence_brief.errors import UserError, failing_as_user_error, of_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from evidence_brief.ledger import Ledger
    from evidence_brief.project import Project

EPILOG = (
    "Exit codes: 0 done (a contradictory study is a finding, not a failure); 2 wrong use of the command; "
    "3 invalid study; 4 wrong parameters of a notebook; 5 a notebook failed; 6 an engine failed; "
    "7 the rendered pages do not hold what the ledger says; 8 not a project; 9 a file cannot be read or written; "
    "10 the two computations of a figure disagree; 11 a published version is damaged; "
    "12 what runs is not what the lock file says; 13 the place of the published versions cannot be read or written; "
    "14 a published version is whole, but is made otherwise here; "
    "15 the findings are not the accepted ones, or figures are drafts that nobody has confirmed; "
    "16 something is new (`brief regenerate` alone); 17 a file that a study is to be made from cannot be read."
)

app = typer.Typer(
    help="Recompute every figure that a published study reports, and render the verdicts as an evidence brief.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Studies = Annotated[
    list[str] | None, typer.Argument(metavar="[STUDY]...", help="Folders in data/; all if none is named.")
]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of the rendered site; _site in the project if absent.")
]


class Engine(StrEnum):
    """What renders."""

    auto = "auto"
    embedded = "embedded"
    quarto = "quarto"


def main() -> None:
    """Run the command; a user's mistake is printed without a traceback."""
    try:
        app()
    except UserError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except OSError as error:  # a full disk, a folder without permission, a name that cannot be
        failure = of_file(error)
        print(failure, file=sys.stderr)
        sys.exit(failure.exit_code)


def _version(wanted: bool) -> None:
    if wanted:
        from evidence_brief import __version__

        print(f"evidence-brief {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that belong to no verb."""


def project_here() -> Project:
    """The project that the current folder is in. Raises NotAProject."""
    from evidence_brief.project import Project

    return Project.find()


@app.command()
def check(
    studies: Studies = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the verdicts as JSON: per study a list of claims.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail where the findings are not the ones in `accepted`.")
    ] = False,
) -> None:
    """Check studies and show the verdict of every figure. Fast: runs no notebook, writes nothing."""
    from evidence_brief.accepted import require_accepted
    from evidence_brief.ledger import make_ledger
    from evidence_brief.terminal import as_json, show_ledger

    project = project_here()
    ledgers: list[Ledger] = []

    def one(name: str) -> None:
        study = project.load(name)
        ledgers.append(make_ledger(study))
        if strict:
            require_accepted(project.data / name, study, ledgers[-1])

    failures = each(project.select(studies), one)
    if json:
        sys.stdout.write(as_json(ledgers))
    else:
        for ledger in ledgers:
            show_ledger(ledger)
    leave(failures)


def each(studies: list[str], action: Callable[[str], object]) -> list[UserError]:
    """Do it for every study; the errors of those that fail, which do not stop the others."""
    failures = []
    for study in studies:
        try:
            with failing_as_user_error():
                action(study)
        except UserError as error:
            failures.append(error)
    return failures


def leave(failures: list[UserError]) -> None:
    """Print all failures and leave with the code of the first."""
    for error in failures:
        print(error, file=sys.stderr)
    if failures:
        raise typer.Exit(failures[0].exit_code)


@app.command()
def explain(
    study: Annotated[str, typer.Argument(help="Folder in data/.")],
    claim: Annotated[str, typer.Argument(help="Id of a claim in its study.yml.")],
) -> None:
    """Show the derivation of one figure: its quote, its printed interval, the methods tried, the verdict."""
    import difflib

    from evidence_brief.errors import InvalidStudy, Problem
    from evidence_brief.ledger import make_ledger
    from evidence_brief.terminal import show_claim

    project = project_here()
    loaded = project.load(study)
    if claim not in loaded.claims:
        near = difflib.get_close_matches(claim, loaded.claims, 3)
        mend = f"did you mean {' or '.join(near)}?" if near else f"`brief check {study}` lists the ids"
        raise InvalidStudy(Problem(f"data/{study}/study.yml", f"has no claim `{claim}`", mend=mend))
    show_claim(loaded, make_ledger(loaded), claim)


@app.command()
def prepare(studies: Studies = None) -> None:
    """Run the notebooks and write briefs/<study>/ and the list of studies. Quarto calls this before it renders."""
    from evidence_brief import pipeline
    from evidence_brief.site import prepare_site

    project = project_here()
    project.require_inputs()

    def one(study: str) -> None:
        made = pipeline.prepare(project, study, lambda stage: None)
        print(f"{study}: {'prepared' if made else 'up to date'}", file=sys.stderr)

    failures = each(project.select(studies), one)
    failures += each(["site"], lambda _: prepare_site(project))
    leave(failures)


@app.command()
def inspect(studies: Studies = None, out: Out = None) -> None:
    """Check that every claim stands in the rendered pages. Quarto calls this after it rendered."""
    from evidence_brief import pipeline

    project = project_here()
    folder = out or project.root / "_site"
    chosen = project.select(studies)
    if rendered := os.environ.get("QUARTO_PROJECT_OUTPUT_FILES"):
        chosen = [study for study in chosen if f"/{study}/brief." in rendered.replace(os.sep, "/")]

    def one(study: str) -> None:
        pipeline.inspect(project, study, folder)
        print(f"{study}: every claim stands in what was rendered", file=sys.stderr)

    leave(each(chosen, one))


@app.command()
def render(
    studies: Studies = None,
    engine: Annotated[Engine, typer.Option(help="auto takes Quarto where it is on PATH.")] = Engine.auto,
    jobs: Annotated[
        int, typer.Option(min=1, metavar="N", help="Studies made at the same time; the cores if absent.")
    ] = (os.cpu_count() or 1),
    to: Annotated[str, typer.Option(metavar="FORMATS", help="html, pdf or html,pdf.")] = "html,pdf",
    out: Out = None,
) -> None:
    """Make the briefs: HTML, PDF, executed notebook and ledger of each study. What is up to date is left alone."""
    formats = sorted({part.strip() for part in to.split(",") if part.strip()})
    if not formats or not set(formats) <= {"html", "pdf"}:
        raise typer.BadParameter(f"{to!r} is not html, pdf or html,pdf", param_hint="--to")
    from evidence_brief.folders import require_writable
    from evidence_brief.render.quarto import engine_named
    from evidence_brief.render_all import Plan, render_all
    from evidence_brief.site import render_site
    from evidence_brief.terminal import show_rendered, show_site, show_slides_need_quarto

    project = project_here()
    project.require_inputs()
    name = engine_named(engine.value)
    chosen = project.select(studies)
    folder = (out or project.root / "_site").resolve()
    require_writable(folder)
    results = render_all(Plan(project, name, formats, folder), chosen, min(jobs, len(chosen)))
    show_rendered(results, name)
    failures = [result.error for result in results if result.error]
    failures += each(["site"], lambda _: show_site(render_site(project, name, formats, folder)))
    if name == "embedded" and (project.root / "reports" / "slides.qmd").is_file():
        show_slides_need_quarto()
    leave(failures)


@app.command()
def schema() -> None:
    """Print the JSON Schema of study.yml (data/study.schema.json holds it for editors)."""
    from evidence_brief.study.schema import schema_text

    sys.stdout.write(schema_text())


from evidence_brief import cli_articles, cli_versions  # noqa: E402, F401  # their verbs need what stands above
