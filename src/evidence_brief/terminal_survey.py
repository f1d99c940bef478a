"""What `brief survey` shows when it is done."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from evidence_brief.checks.result import VERDICTS
from evidence_brief.survey.totals import Totals
from evidence_brief.terminal import COLOURS
from evidence_brief.verdicts import SIGNS, WORDS

_SHOWN = 10


def show_survey(totals: Totals, table: Path, summary: Path | None) -> None:
    """The counts, the first files that could not be read, and where to read on."""
    console = Console(highlight=False, soft_wrap=True)
    files, failed = sum(totals.files.values()), totals.files["failed"]
    console.print(f"{_n(files, 'file')}, {_n(totals.claims, 'figure')}")
    for verdict in VERDICTS:
        count = totals.of_verdict(verdict)
        console.print(Text(f"{count:>10,}  {SIGNS[verdict]} {WORDS[verdict].lower()}", COLOURS[verdict]))
    if totals.contradicted_files:
        console.print(f"{_n(totals.contradicted_files, 'file')} with a contradicted figure")
    if failed:
        console.print(f"{_n(failed, 'file')} could not be read:")
        for name, error in totals.failed[:_SHOWN]:
            console.print(f"  {escape(name)}: {escape(error)}")
        if failed > _SHOWN:
            console.print(f"  and {failed - _SHOWN:,} more, listed in the table")
    console.print(f"table    {escape(str(table))}")
    if summary is not None:
        console.print(f"summary  {escape(str(summary))}")


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
