"""What the command shows of published versions."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.text import Text

from evidence_brief.publish.headline import headline, since_then
from evidence_brief.publish.publish import Published
from evidence_brief.publish.release import Since, long_date
from evidence_brief.publish.verify import Verified
from evidence_brief.publish.words import HEAD, WIDTHS, plain, rows, sentences

_OUTCOMES = {
    "identical": ("✓", "green", "identical: as it was published, and made anew byte for byte"),
    "intact": ("○", "cyan", "intact: as it was published"),
    "differs": ("≠", "yellow", "as it was published, but it cannot be made again here as it was"),
    "unknown": ("?", "yellow", "could not be verified: nothing is said of it"),
    "damaged": ("✗", "bold red", "not as it was published"),
}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def unescaped(markdown: str) -> str:
    """Markdown of the redline as plain text: its backslashes and bold are for pages."""
    return _ESCAPED.sub(r"\1", markdown.replace("**", "")).replace("\u2060", "")


def show_published(results: Sequence[Published], place: str) -> None:
    """One line for each study: what is current, and whether it is new; what changed, below it."""
    console = Console(highlight=False)
    for result in results:
        if (release := result.release) is None:
            continue
        if not result.is_new:
            console.print(f"{result.study}: unchanged since {release.number.name} of {long_date(release.date)}")
            continue
        kind = {"first": "the first", "major": "major", "minor": "minor"}[release.kind]
        where = f"{place.rstrip('/')}/{result.study}/{release.number.name}"
        console.print(
            Text(f"{result.study}: {release.number.name} is new ({kind}), in {where}", "bold"), soft_wrap=True
        )
        if release.since:
            _show_since(console, release.since[0])


def _show_since(console: Console, since: Since) -> None:
    console.print(Text(f"  {since_then(since)}"))
    for text in sentences(since, rest="redline.html has them all"):
        console.print(Text(f"  - {unescaped(text)}"))


def show_verified(results: Sequence[Verified], place: str) -> None:
    """One line for each version, and what could not be verified; errors are printed by themselves."""
    console = Console(highlight=False)
    if not results:
        console.print(f"{place} holds no version: `brief publish` makes the first one")
    for result in results:
        sign, style, words = _OUTCOMES[result.outcome]
        if result.outcome == "identical" and result.rebuilt is not None:
            words += f" ({len(result.rebuilt.same)} files)"
        console.print(Text(f"{sign} {result.name}: {words}", style), soft_wrap=True)
        for text in notes(result):
            console.print(Text(f"    not verified: {text}", "dim"), soft_wrap=True)


def notes(result: Verified) -> list[str]:
    """What was not, or could not be, verified of a version."""
    found = []
    if result.outcome not in ("damaged", "unknown") and not result.anchored:
        found.append("the manifest itself, since no versions.json stands beside it: ask the publisher for its sum")
    if result.rebuilt is None and result.outcome == "intact":
        found.append("whether its inputs make it: it was not made anew")
    if result.rebuilt is not None and result.rebuilt.why_not:
        made, left = ", ".join(result.rebuilt.same), [name for name in result.rebuilt.not_made if "/" not in name]
        beside = len(result.rebuilt.not_made) - len(left)
        names = ", ".join(left) + (f" and {beside} files that they share" if beside else "")
        found.append(f"{names}: {result.rebuilt.why_not}. Made anew and identical: {made or 'nothing'}")
    return found


def verified_json(results: Sequence[Verified]) -> str:
    """What was found of each version, for machines."""
    data = [
        {
            "version": result.name,
            "outcome": result.outcome,
            "anchored": result.anchored,
            "rebuilt": asdict(result.rebuilt) if result.rebuilt else None,
            "not_verified": notes(result),
            "problems": [asdict(problem) for problem in result.error.problems] if result.error else [],
        }
        for result in results
    ]
    return _json(data)


def show_difference(since: Since) -> None:
    """What changed in words, then as a table."""
    from rich.table import Table

    console = Console(highlight=False)
    console.print(Text(since_then(since), "bold"))
    for text in sentences(since):
        console.print(Text(f"- {unescaped(text)}"))
    cells = list(rows(since))
    if cells:
        table = Table(box=None, pad_edge=False)
        for name, width in zip(HEAD, WIDTHS, strict=True):
            table.add_column(name, ratio=width, overflow="fold")
        for row in cells:
            table.add_row(*(Text(unescaped(cell)) for cell in row))
        console.print()
        console.print(table)
    for title, names in (("Inputs that differ", since.files), ("Tools that differ", since.tools)):
        if names:
            console.print(Text(f"\n{title}: {', '.join(names)}"))


def difference_json(since: Since) -> str:
    """What changed, for machines."""
    data = asdict(since)
    for change, full in zip(data["changes"], since.changes, strict=True):
        change["major"] = full.is_major
    return _json(data | {"headline": headline(since), "major": since.is_major})


def difference_markdown(since: Since) -> str:
    """What changed, as Markdown."""
    from evidence_brief.publish.words import lean, of_changes

    return lean(of_changes(since, plain))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
