"""Where a quote stands in its source, and where the printed value stands in the quote."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass


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
    """The span of the quote in the text. White space may differ, nothing else; raises NotAnchored."""
    spans = [match.span() for match in re.finditer(_spaced(quote), text)]
    if not spans:
        raise NotAnchored("the quote does not stand in the source", *_nearest(text, quote))
    lines = ", ".join(str(line_of(text, start)) for start, _ in spans)
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


def find_value(quoted: str, value: str) -> tuple[int, int]:
    """The span of the value in the quoted words, as a figure of its own (`6` does not stand in `16.7`)."""
    before = r"(?<!\w)(?<!\d[.,·])" if value[0].isalnum() else r"(?<!\d)" if value[0] in ".·" else ""
    after = r"(?!\w)(?![.,·]\d)" if value[-1].isalnum() else ""
    spans = [match.span() for match in re.finditer(before + _spaced(value) + after, quoted)]
    if not spans:
        raise NotAnchored(
            "the value does not stand in its quote",
            found=quoted,
            mend="write the value exactly as it is printed, or quote the words around it",
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


def _nearest(text: str, quote: str) -> tuple[str | None, str]:
    """The line of the source that is most like the quote, for the message."""
    best, best_ratio = None, 0.55
    wanted = " ".join(quote.split())
    for i, line in enumerate(text.splitlines(), 1):
        matcher = difflib.SequenceMatcher(None, line, wanted, autojunk=False)
        block = matcher.find_longest_match()
        start = max(0, block.a - block.b)
        window = line[start : start + len(wanted)]
        ratio = difflib.SequenceMatcher(None, window, wanted, autojunk=False).ratio()
        if ratio > best_ratio:
            best, best_ratio = f"line {i}: “{window.strip()}”", ratio
    return best, "copy the words from the source; dashes, quotation marks and signs count"
