"""The text of a page in units, in the order in which it is read, each with the attributes that say something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence_brief.checks.result import VERDICTS

_BLOCK_NAMES = (
    "address article aside blockquote body caption col colgroup dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = frozenset(("script", "style", "template", "svg", "noscript"))
_SAYING = (
    *("alt", "aria-label", "aria-hidden", "title", "lang", "colspan", "rowspan", "start", "value", "reversed"),
    *("data-claim", "data-figure", "data-fact", "data-label", "data-reason", "data-fig-alt"),
)
"""Attributes that a reader is told, or that say what a text is."""
_ANCHOR = re.compile(r"(how|ledger|source|finding)-")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*0(?![.\d])")
_KINDS = (*VERDICTS, "contradiction", "warning", "d-none", "invisible", "visually-hidden")
_MEANING = ("del", "s", "strike", "ins", "sub", "sup")
"""Elements that change what their text means."""

SECTION_NUMBERS = ("header-section-number", "toc-section-number")
FOOTNOTES = "footnotes"
"""The place of their texts, wherever they stand in a document."""
NUMERAL = re.compile(r"\d")


@dataclass(frozen=True)
class Unit:
    """A text between two ends of blocks: a paragraph, a cell, a heading, a caption.

    `free` is what no figure, no reasoned numeral and no reference holds of it; `place` is the innermost place. An
    empty cell is a unit too, so that no text can move into it.
    """

    text: str
    marks: tuple[tuple[str, str], ...]
    place: str | None
    tag: str
    free: str

    @property
    def claims(self) -> list[str]:
        """The claims and figures that the text shows."""
        return [value for name, value in self.marks if name in ("data-claim", "data-figure")]


@dataclass
class _Reader:
    """What was read since the last unit; marks of an element around blocks go to the first of them."""

    texts: list[str] = field(default_factory=list)
    free: list[str] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    made: int = 0

    def close(self, place: str | None, tag: str, *, even_empty: bool = False) -> Iterator[Unit]:
        text = squeezed("".join(self.texts))
        if text or even_empty or any(name == "alt" for name, _ in self.marks):
            yield Unit(text, tuple(self.marks), place, tag, squeezed("".join(self.free)))
            self.made += 1
            self.marks = []
        self.texts, self.free = [], []


def squeezed(text: str) -> str:
    """The text with single spaces, without the invisible signs that engines add."""
    return " ".join(re.sub("[\u00ad\u2060\u200b\ufeff]", "", text).replace("\u00a0", " ").split())


def units(root: Any) -> list[Unit]:
    """The units of an lxml element, in order, its footnotes at the end: slides have them on each slide.

    Buttons that an engine adds, and navigation, say nothing.
    """
    reader = _Reader()
    found = [*_read(root, None, "", False, reader), *reader.close(None, "")]
    return sorted(found, key=lambda unit: unit.place == FOOTNOTES)


def _read(element: Any, place: str | None, tag: str, bound: bool, reader: _Reader) -> Iterator[Unit]:
    if not isinstance(element.tag, str) or element.tag in _SILENT or _is_furniture(element):
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        yield from reader.close(place, tag)
        tag = element.tag
    before = reader.made
    inner = element.get("data-place") or (FOOTNOTES if _holds_footnotes(element) else place)
    bound = bound or is_bound(element)
    reader.marks += _marks(element)
    _take(element.text, bound, reader)
    for child in element:
        yield from _read(child, inner, tag, bound, reader)
        _take(child.tail, bound, reader)
    if is_block:
        yield from reader.close(inner, tag, even_empty=tag in ("td", "th") and reader.made == before)


def _take(text: str | None, bound: bool, reader: _Reader) -> None:
    if text:
        reader.texts.append(text)
        reader.free.append(" " if bound else text)


def is_bound(element: Any) -> bool:
    """Whether numerals in the element are figures, have a reason, or refer to something."""
    classes = (element.get("class") or "").split()
    return (
        element.get("data-claim") is not None
        or element.get("data-figure") is not None
        or element.get("data-fact") is not None
        or bool(element.get("data-reason"))
        or bool({"quarto-xref", "evidence-xref", "citation", "footnote-ref"} & set(classes))
        or element.get("id") == "refs"
    )


def _holds_footnotes(element: Any) -> bool:
    return element.get("id") == FOOTNOTES or "aside-footnotes" in (element.get("class") or "").split()


def _is_furniture(element: Any) -> bool:
    """Buttons for copying and folding code, numbers of sections, what an engine repeats, and the title block.

    The title block is looked at by itself.
    """
    classes = (element.get("class") or "").split()
    if set(SECTION_NUMBERS) & set(classes):
        return True
    folds = element.tag == "summary" and "code-fold" in (element.getparent().get("class") or "").split()
    return (
        folds
        or element.get("id") in ("title-block-header", "title-slide")
        or bool({"code-copy-button", "footnote-back"} & set(classes))
        or element.tag == "nav"
    )


def _marks(element: Any) -> Iterator[tuple[str, str]]:
    for name in _SAYING:
        if name in ("aria-label", "data-fig-alt") and element.get("alt") == element.get(name):
            continue  # Pandoc says the alternative text of an embedded picture twice
        if (value := element.get(name)) is not None:
            yield name, squeezed(value)
    target = element.get("href") or ""
    explained = "code" in (element.get("class") or "").split()  # a finding's code is a link on a Quarto page alone
    if element.tag == "a" and not target.startswith("#fn") and not explained:
        yield "href", target.removeprefix("./")
    if _ANCHOR.match(element.get("id") or ""):
        yield "id", element.get("id")
    if element.get("hidden") is not None or HIDDEN.search(element.get("style") or ""):
        yield "hidden", element.tag
    if element.tag in _MEANING:
        yield "element", element.tag
    for kind in _KINDS:
        if kind in (element.get("class") or "").split():
            yield "kind", kind
