"""The verbs that begin a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evidence_brief.cli import app


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
