"""What `brief doctor` shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evidence_brief.doctor_item import Item, State

STATES: dict[State, tuple[str, str]] = {
    "problem": ("✗", "bold red"),
    "warning": ("!", "yellow"),
    "ok": ("✓", "green"),
}
"""From the gravest: sign and colour."""

_LISTED = 12


def items_as_json(items: Sequence[Item]) -> str:
    """All items, in the order in which they were looked at."""
    return json.dumps([asdict(item) for item in items], ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def show_items(items: Sequence[Item]) -> None:
    """What counts in one line, then a table from the gravest."""
    console = Console(highlight=False)
    console.print(Text(_summary(items), "bold"))
    table = Table(box=None, pad_edge=False)
    for column in ("State", "What", "Found", "What to do"):
        table.add_column(column, overflow="fold")
    for state, (sign, colour) in STATES.items():
        for name, found, mend in _rows([item for item in items if item.state == state]):
            table.add_row(Text(f"{sign} {state}", colour), Text(name), Text(found), Text(mend))
    console.print()
    console.print(table)


def _summary(items: Sequence[Item]) -> str:
    counts = [_counted(sum(item.state == word for item in items), word) for word in ("problem", "warning")]
    well = sum(item.locked and item.state == "ok" for item in items)
    return f"{', '.join(counts)}, {_counted(well, 'locked package')} as {'it' if well == 1 else 'they'} should be"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _rows(items: Sequence[Item]) -> list[tuple[str, str, str]]:
    """Name, what was found and what to do; packages that are mended together stand together."""
    rows = [(item.name, _found(item), item.mend or "") for item in items if not item.locked]
    packages = [item for item in items if item.locked and item.state != "ok"]
    for mend in dict.fromkeys(item.mend or "" for item in packages):
        together = [item for item in packages if item.mend == mend]
        rows += [_row(together, mend)]
    return rows


def _row(packages: Sequence[Item], mend: str) -> tuple[str, str, str]:
    if len(packages) == 1:
        return packages[0].name, _found(packages[0]), mend
    listed = packages[:_LISTED]
    lines = [f"{item.name} {_found(item)}" for item in listed]
    if more := len(packages) - len(listed):
        lines.append(f"and {more} more, which --json lists")
    return f"{len(packages)} packages", "\n".join(lines), mend


def _found(item: Item) -> str:
    word = "locked is" if item.locked else "expected:"
    return item.found if item.expected is None else f"{item.found}; {word} {item.expected}"
