"""What a PDF says, held against the same text as the page, letter by letter; and what PDF/UA asks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_brief.errors import Problem
from evidence_brief.render.inspect.pdf import BROKEN, Paper, letters, read_paper
from evidence_brief.render.inspect.text import FOOTNOTES, Unit

_LABEL = re.compile(r"(Figure|Table)\d+:?|[•‣–◦]|\d{1,3}\.")
_AHEAD = 4000  # letters in which a text that is out of order is looked for


@dataclass(frozen=True)
class Front:
    """What stands around the text: the word above the title, title, citation, the foot of each page, the language."""

    kicker: str
    title: str
    subtitle: str
    foot: str
    language: str


def paper_problems(
    name: str, units: Sequence[Unit], pictures: Sequence[str], front: Front, path: Path
) -> Iterator[Problem]:
    """Every difference between the PDF and the text that it must hold."""
    paper = read_paper(path)
    if not (paper.declares and paper.tagged):
        yield Problem(name, "is no tagged PDF/UA", mend="render it again")
    if paper.language.split("-")[0] != front.language:
        found = paper.language or "none"
        yield Problem(name, "does not say its language", expected=front.language, found=found)
    if letters(paper.title) != letters(front.title):
        yield Problem(name, "has another title", expected=front.title, found=paper.title or "none")
    if list(map(letters, paper.pictures)) != list(map(letters, pictures)):
        yield from _other_pictures(name, pictures, paper.pictures)
    yield from _bookmarks(name, units, paper)
    text = ""
    for number, page in enumerate(paper.pages, 1):
        expected = front.foot.replace("PAGES", str(len(paper.pages))).replace("PAGE", str(number))
        foot = letters(expected)
        if not page.endswith(foot):
            yield Problem(
                name, f"page {number} does not end with its foot", expected=expected, found=page[-len(foot) :]
            )
        text += page.removesuffix(foot)
    notes = [unit for unit in units if unit.place == FOOTNOTES]
    for number, note in enumerate(notes, 1):
        start, end = _footnote(text, f"{number}{letters(note.text)}")
        if start == end:
            yield Problem(name, "does not hold a footnote", expected=note.text)
        text = text[:start] + text[end:]
    yield from _walk(name, [unit for unit in units if unit.place != FOOTNOTES], front, text)


def _footnote(text: str, wanted: str) -> tuple[int, int]:
    """Where the footnote stands, which is at the foot of some page; nowhere is an empty span."""
    for at in range(len(text)):
        if (end := _match(text, at, wanted)) is not None:
            return at, end
    return 0, 0


def _other_pictures(name: str, wanted: Sequence[str], found: Sequence[str]) -> Iterator[Problem]:
    known = {letters(text) for text in wanted}
    others = [text for text in found if letters(text) not in known]
    message = f"has other alternative texts than the ledger gives ({len(found)} of {len(wanted)} pictures)"
    yield Problem(name, message, found=others[0][:200] if others else "one is missing, twice, or elsewhere")


def _bookmarks(name: str, units: Sequence[Unit], paper: Paper) -> Iterator[Problem]:
    """Each bookmark is a heading, in order; all headings of the first level under the title have one."""
    wanted = [unit for unit in units if unit.tag in ("h1", "h2", "h3", "h4")]
    found = list(map(letters, paper.bookmarks))
    for unit in wanted:
        if found[:1] == [letters(unit.text)]:
            found.pop(0)
        elif unit.tag == "h2":
            yield Problem(name, "a heading has no bookmark", expected=unit.text, found=found[0] if found else "none")
            return
    if found:
        yield Problem(name, "a bookmark is no heading", found=found[0])


def _walk(name: str, units: Sequence[Unit], front: Front, text: str) -> Iterator[Problem]:
    """Follow the units through the text of the PDF, in order."""
    at = _begin(front, text)
    if at is None:
        at = 0
        yield Problem(name, "does not begin with title and citation", expected=f"{front.title} {front.subtitle}")
    heads = _heads(units)
    for unit in units:
        wanted = letters(unit.text + (":" if unit.tag == "dt" else ""))
        if not wanted or unit.tag == "summary":
            continue
        end = _after(text, at, wanted, heads)
        if end is None:
            start = next((i for i in range(at, min(at + _AHEAD, len(text))) if _match(text, i, wanted)), None)
            claims = ", ".join(dict.fromkeys(unit.claims)) or None
            if start is None:
                found = text[at : at + len(wanted) + 10]
                yield Problem(name, "does not hold what the page says", claim=claims, expected=unit.text, found=found)
                continue
            yield Problem(name, "holds a text that the page has not", found=text[at:start][:200])
            end = _match(text, start, wanted)
        assert end is not None
        at = end
    if rest := _without_labels(text[at:], heads):
        yield Problem(name, "holds a text that the page has not", found=rest[:200])


def _begin(front: Front, text: str) -> int | None:
    """Where the text begins after title and citation; None where these are not there."""
    at = 0
    if (end := _match(text, 0, letters(front.kicker).upper())) is not None:
        at = end
    for part in (front.title, front.subtitle):
        end = _match(text, at, letters(part))
        if end is None:
            return None
        at = end
    return at


def _heads(units: Sequence[Unit]) -> list[str]:
    """The heads of tables, which are repeated on each page that a table goes on."""
    heads, row = [], ""
    for unit in units:
        if unit.tag == "th":
            row += letters(unit.text)
        elif row:
            heads.append(row)
            row = ""
    return sorted({*heads, *([row] if row else [])}, key=len, reverse=True)


def _after(text: str, at: int, wanted: str, heads: Sequence[str]) -> int | None:
    """Where the wanted letters end, if they stand at this place, behind labels and repeated heads at most."""
    if (end := _match(text, at, wanted)) is not None:
        return end
    for head in heads:
        if (end := _match(text, at, head)) is not None and (found := _match(text, end, wanted)) is not None:
            return found
    label = _LABEL.match(text, at)
    return _match(text, label.end(), wanted) if label else None


def _match(text: str, at: int, wanted: str) -> int | None:
    """Where the wanted letters end, if they stand at this place; a broken line may hide a hyphen."""
    if text.startswith(wanted, at):
        return at + len(wanted)
    if BROKEN not in text[at : at + len(wanted) + 8]:
        return None
    for letter in wanted:
        while at < len(text) and text[at] == BROKEN and letter != "-":
            at += 1
        if at >= len(text) or (text[at] != letter and not (text[at] == BROKEN and letter == "-")):
            return None
        at += 1
    return at


def _without_labels(text: str, heads: Sequence[str]) -> str:
    for head in heads:
        text = text.replace(head, "")
    return text.replace(BROKEN, "")
