"""Where a quote stands in its source, and where the printed value stands in the quote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidence_brief.study.nearest import nearest_passage

WORD = r"[\dA-Za-z\u00c0-\u024f\u0370-\u052f]"
_POINTS, _THIN, _MINUS = "[.·⋅∙]", "[\u00a0\u2009\u202f]", "[-\u2212\u2013\u2012]"
_BEFORE_FIGURE = rf"(?<!{WORD})(?<!{_POINTS})(?<!\d,)(?<!\d{_THIN})(?<![\s(\[=<>≤≥,;/]{_MINUS})(?<!\A{_MINUS})"
_AFTER_FIGURE = rf"(?!{WORD})(?![.,·⋅∙]\d)(?!{_THIN}\d\d\d(?!\d))(?!\s?[x×]\s?10[\^⁻⁰¹²³⁴⁵⁶⁷⁸⁹+−-])"
DIGITS = "0123456789"


@dataclass(frozen=True)
class Anchor:
    """Spans of a source, in characters from 0, the end not included; and the line (from 1) of the value."""

    source: str
    start: int
    end: int
    value_start: int
    value_end: int
    line: int


class NotAnchored(ValueError):
    """A quote or value does not stand where it should. `found` and `mend` help to put it right."""

    def __init__(self, message: str, found: str | None = None, mend: str | None = None) -> None:
        super().__init__(message)
        self.found = found
        self.mend = mend


def line_of(text: str, position: int) -> int:
    """The line (from 1) of a position in the text."""
    return text.count("\n", 0, position) + 1


def find_quote(text: str, quote: str, occurrence: int | None) -> tuple[int, int]:
    """The span of the quote in the text. White space may differ, nothing else; raises NotAnchored.

    A quote that begins or ends with a figure holds the whole of it: "6 months" does not stand in "16 months".
    """
    spans = places(text, quote)
    if not spans:
        mend = "copy the words from the source; dashes, quotation marks and signs count"
        if re.search(_spaced(quote), text):
            mend = "the quote cuts a figure in two: quote the whole of it"
        raise NotAnchored("the quote does not stand in the source", nearest_passage(text, quote), mend)
    lines = ", ".join(str(line_of(text, start)) for start, _ in spans[:10]) + (", …" if len(spans) > 10 else "")
    if occurrence is None and len(spans) > 1:
        raise NotAnchored(
            f"the quote stands {len(spans)} times in the source",
            found=f"lines {lines}",
            mend="quote more words around the figure, or say which with `occurrence:`",
        )
    if occurrence is not None and occurrence > len(spans):
        raise NotAnchored(
            f"the quote has no occurrence {occurrence}",
            found=f"{len(spans)} (line {lines})",
            mend="correct `occurrence:` or leave it out",
        )
    return spans[(occurrence or 1) - 1]


def places(text: str, quote: str) -> list[tuple[int, int]]:
    """Every span in which the quote stands in the text, as `find_quote` counts them."""
    return [match.span() for match in re.finditer(_bounded(quote, DIGITS), text)]


def stands_whole(text: str, start: int, end: int, edges: str = "") -> bool:
    """Whether the words of the span would be found there, and not be taken for a part of a longer figure or word.

    `edges` are the characters at an end that must not go on, `DIGITS` for a quote; of a value, letters and digits.
    """
    before, after = _compiled(text[start], text[end - 1], edges)
    return before.match(text, start) is not None and after.match(text, end) is not None


@lru_cache(maxsize=1024)
def _compiled(first: str, last: str, edges: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    before, after = _bounds(first, last, edges)
    return re.compile(before), re.compile(after)


def find_value(quoted: str, value: str) -> tuple[int, int]:
    """The span of the value in the quoted words, as a figure of its own (`6` does not stand in `16.7`).

    Nor does `0.5` stand in `−0.5`: the sign belongs to the figure. A footnote mark (`24²`, `24ᵃ`) does not.
    """
    spans = [match.span() for match in re.finditer(_bounded(value), quoted)]
    if not spans:
        within = re.search(_spaced(value), quoted) is not None
        raise NotAnchored(
            "the value is only a part of a longer figure or word in its quote"
            if within
            else "the value does not stand in its quote",
            found=quoted,
            mend="write the whole figure, with its sign, exactly as it is printed"
            if within
            else "write the value exactly as it is printed, or quote the words around it",
        )
    if len(spans) > 1:
        raise NotAnchored(
            f"the value stands {len(spans)} times in its quote",
            found=quoted,
            mend="quote fewer words, so that only this figure is in them",
        )
    return spans[0]


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _bounded(words: str, edges: str = "") -> str:
    """A pattern for the words which does not cut a figure or word at an end that is one of `edges`.

    Only letters of scripts that put spaces between words bound a word: Chinese has none around a figure.
    """
    before, after = _bounds(words.split()[0][0], words.split()[-1][-1], edges)
    return before + _spaced(words) + after


def _bounds(first: str, last: str, edges: str) -> tuple[str, str]:
    """The patterns for what may stand before words with this first character, and after this last one."""
    before = after = ""
    if first.isalnum() if not edges else first in edges:
        before = _BEFORE_FIGURE
    elif first in ".·-+" or re.match(_MINUS, first):
        before = r"(?<!\d)"
    if last.isalnum() if not edges else last in edges:
        after = _AFTER_FIGURE
    return before, after
