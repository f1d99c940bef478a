"""What a rendered page says, held against what it must say."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from lxml import html

from evidence_brief.errors import Problem
from evidence_brief.render.inspect.expected import Expected
from evidence_brief.render.inspect.text import FOOTNOTES, NUMERAL, Unit, units

_STRUCTURE = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "dt", "dd", "caption", "figcaption"))
"""Elements that an engine may not change; it puts a picture or a text into others."""
_LONGEST = 200


def read_page(path: Path) -> Any:
    """The page as an lxml tree."""
    return html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def main_of(tree: Any) -> Any:
    """The element that holds the content: `main`, or the slides."""
    found = tree.xpath("//main | //div[contains(@class, 'slides')]")
    return found[0] if found else tree


def differences(name: str, must: Expected, tree: Any) -> Iterator[Problem]:
    """Every unit that is missing, changed, moved or too many."""
    wanted, shown = list(must.units), units(main_of(tree))
    matcher = SequenceMatcher(None, [_key(unit) for unit in wanted], [_key(unit) for unit in shown], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        for i in range(max(b - a, d - c)):
            first = wanted[a + i] if a + i < b else None
            second = shown[c + i] if c + i < d else None
            yield _difference(name, first, second)


def _key(unit: Unit) -> tuple[object, ...]:
    return (unit.text, unit.marks, unit.tag if unit.tag in _STRUCTURE else "")


def _difference(name: str, wanted: Unit | None, shown: Unit | None) -> Problem:
    one = wanted or shown
    assert one is not None
    place = f"the place `{one.place}`" if one.place else "the text of the report"
    message = "is not what the ledger says" if wanted and shown else "lacks a text" if wanted else "has a text too many"
    expected, found = ("nothing" if unit is None else unit.text for unit in (wanted, shown))
    if wanted and shown and wanted.text == shown.text:
        expected, found = map(_marks, (wanted, shown))
    claims = ", ".join(dict.fromkeys(one.claims)) or None
    expected, found = from_where_they_differ(expected, found)
    return Problem(name, f"{place} {message}", claim=claims, expected=expected, found=found, mend="render it again")


def _marks(unit: Unit) -> str:
    return ", ".join([f"<{unit.tag}>", *(f"{name} {value!r}" for name, value in unit.marks)])


def from_where_they_differ(first: str, second: str) -> tuple[str, str]:
    """Both texts, at most 200 letters of each, from a little before their first difference."""
    same = next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    at = max(same - 60, 0)
    return _cut(first, at), _cut(second, at)


def _cut(text: str, at: int = 0) -> str:
    begin = at if len(text) > _LONGEST else 0
    return ("…" if begin else "") + text[begin : begin + _LONGEST] + ("…" if len(text) > begin + _LONGEST else "")


def orphans(name: str, must: Expected) -> Iterator[Problem]:
    """Numerals in prose that are no figure of the study, have no reason, and refer to nothing."""
    for unit in must.units:
        prose = unit.place in (None, FOOTNOTES) or unit.place in must.own
        if prose and NUMERAL.search(unit.free) and not unit.tag.startswith("h"):
            where = f"the place `{unit.place}`" if unit.place else "the text of the report"
            yield Problem(
                name,
                f"{where} has a number that is no figure of the ledger",
                found=_cut(unit.text),
                mend='name the figure, [claim.id]{.reported}, or say why it stands there: [12]{.allowed reason="…"}',
            )
