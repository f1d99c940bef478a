"""What a rendered page says, held against what it must say."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from lxml import html

from evidence_brief.errors import Problem
from evidence_brief.render.inspect.expected import Expected
from evidence_brief.render.inspect.text import NUMERAL, Unit, squeezed, units


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
    return (unit.text, unit.marks, unit.place)


def _difference(name: str, wanted: Unit | None, shown: Unit | None) -> Problem:
    one = wanted or shown
    assert one is not None
    place = f"the place `{one.place}`" if one.place else "the text of the report"
    message = "is not what the ledger says" if wanted and shown else "lacks a text" if wanted else "has a text too many"
    texts = [_words(unit) for unit in (wanted, shown)]
    if wanted and shown and wanted.text == shown.text:
        texts = [", ".join(f"{k} {v!r}" for k, v in unit.marks) or "no marks" for unit in (wanted, shown)]
    claims = ", ".join(dict.fromkeys(one.claims)) or None
    return Problem(name, f"{place} {message}", claim=claims, expected=texts[0], found=texts[1], mend="render it again")


def _words(unit: Unit | None) -> str:
    if unit is None:
        return "nothing"
    return unit.text if len(unit.text) <= 200 else f"{unit.text[:200]}…"


def orphans(name: str, must: Expected) -> Iterator[Problem]:
    """Numerals in prose that are no figure of the study, have no reason, and refer to nothing."""
    for unit in must.units:
        prose = unit.place is None or unit.place in must.own
        if prose and NUMERAL.search(unit.free) and not unit.tag.startswith("h"):
            where = f"the place `{unit.place}`" if unit.place else "the text of the report"
            yield Problem(
                name,
                f"{where} has a number that is no figure of the ledger",
                found=_words(unit),
                mend='name the figure, [claim.id]{.reported}, or say why it stands there: [12]{.allowed reason="…"}',
            )


def furniture(name: str, tree: Any, known: set[str]) -> Iterator[Problem]:
    """Texts around the content: those with numerals must be the title, the citation, or another known text."""
    main = main_of(tree)
    around = [element for element in tree.iter() if isinstance(element.tag, str) and _is_around(element, main)]
    for text in (t for element in around for t in _own_texts(element, main)):
        if NUMERAL.search(_without(text, known)):
            yield Problem(name, "a number outside the content is no known text", found=text, mend="render it again")


def _without(text: str, known: set[str]) -> str:
    """What is left of a text without the known ones; nothing of a part of one."""
    if any(text in each for each in known):
        return ""
    for each in sorted(known, key=len, reverse=True):
        text = text.replace(each, "")
    return text


def _is_around(element: Any, main: Any) -> bool:
    if element.tag in ("script", "style", "svg"):
        return False
    ancestors = [element, *element.iterancestors()]
    header = any(each.get("id") == "title-block-header" for each in ancestors)
    return header or main not in ancestors


def _own_texts(element: Any, main: Any) -> Iterator[str]:
    """The texts that stand directly in the element, and the ones that assistive technology reads."""
    texts = [element.text, *(child.tail for child in element), element.get("aria-label"), element.get("title")]
    if element.tag == "meta" and element.get("name") in ("description", "author", "keywords"):
        texts.append(element.get("content"))
    yield from (text for text in map(squeezed, filter(None, texts)) if text)
