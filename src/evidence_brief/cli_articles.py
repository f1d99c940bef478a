"""The verbs of the command that begin with an article: a new project, a draft study, its review, a survey."""

from __future__ import annotations

import errno
from typing import Annotated

import typer

from evidence_brief.cli import app, project_here


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
