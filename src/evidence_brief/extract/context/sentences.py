"""Sentences of a text, as spans."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

# A point ends a sentence before white space and a capital, digit or bracket; not after these.
_SHORT_WORDS = "vs e.g i.e cf al fig figs no nos approx ca eq ref refs resp st dr prof inc ltd dept vol ed"
_SHORT = frozenset(_SHORT_WORDS.split())
_END = re.compile(r"([.!?])[\"”’)\]]{0,3}\s+(?=[\"“‘(\[]?[A-Z0-9À-Þ])|\n\s*\n|\n(?=[A-Z][A-Za-z ]{2,40}\n)")
_LONGEST = 1500  # characters
_LAST_WORD = re.compile(r"[\w.]+$")


@dataclass(frozen=True)
class Sentence:
    """A span of the text (characters from 0, the end not included)."""

    start: int
    end: int


class Sentences:
    """All sentences of a text, in order."""

    def __init__(self, text: str) -> None:
        self.all = list(_split(text))
        self._starts = [sentence.start for sentence in self.all]

    def at(self, position: int) -> Sentence:
        """The sentence that holds the position, or the one before it."""
        return self.all[max(bisect_right(self._starts, position) - 1, 0)]


def _split(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if match[1] == "." and _is_short(text, match.start(1)):
            continue
        end = match.end(1) if match[1] else match.start()
        found += _pieces(text, start, end)
        start = match.end()
    found += _pieces(text, start, len(text))
    return found or [Sentence(0, len(text))]


def _pieces(text: str, start: int, end: int) -> Iterator[Sentence]:
    """A sentence; in pieces where it is no sentence at all, so that what is done for each takes bounded time."""
    while end - start > _LONGEST:
        cut = max(text.rfind(" ", start, start + _LONGEST), start + _LONGEST // 2)
        yield Sentence(start, cut)
        start = cut
    if text[start:end].strip():
        yield Sentence(start, end)


def _is_short(text: str, point: int) -> bool:
    """Whether the point belongs to an abbreviation: "vs.", "e.g.", an initial."""
    word = _LAST_WORD.search(text, max(0, point - 12), point)
    if word is None:
        return False
    plain = word.group().lower()
    return plain in _SHORT or (len(plain) == 1 and plain.isalpha() and word.group().isupper())
