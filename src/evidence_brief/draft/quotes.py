"""Short quotes around figures: words that stand in their text once, and hold the figure once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from evidence_brief.study.anchors import DIGITS, WORD, places, stands_whole

_RUN = re.compile(rf"{WORD}+")
_STOP = re.compile(r"[;:()\[\]{}]|[.,](?=\s)|\n\s*\n")
_SENTENCE = re.compile(r"[.;?!](?=\s)|\n\s*\n")
_PARAGRAPH = re.compile(r"\n\s*\n")
_TOKEN_END = re.compile(r"[^\s()\[\]]{0,40}?(?=[.,;:!?”\"']*(?:[\s()\[\]]|\Z))")
_OPEN = "([{“\"'"
_LINKS = "a an and are as at by for from in into is of on or than that the to versus vs was were with"
_LOOSE = frozenset(_LINKS.split())
"""Words that a quote does not end with, where it can be helped."""

_NEAR, _MIDDLE, _FAR = (2, 3), (4, 4), (9, 9)
"""How many words before and behind the figure are tried."""
_LONGEST_BRACKET, _SHORTEST_BRACKET = 90, 12
_SHORT = 10_000  # characters that are searched faster than an index of them is made
_FEW = 40  # places of a word that are compared one by one; beyond them all passages of a length are counted once


@dataclass(frozen=True)
class Quote:
    """Words of a text, with single spaces; which occurrence, where they stand several times; and their span."""

    words: str
    occurrence: int | None
    start: int
    end: int


class Quotes:
    """Quotes in one text, which is indexed once: the time is linear in the text and the figures."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._counted: dict[int, Counter[tuple[str, ...]]] = {}
        self._found: dict[str, list[tuple[int, int]]] = {}

    def of(self, start: int, end: int) -> Quote | None:
        """The quote of a figure; None where it is a part of a longer figure or word."""
        if start >= end or not stands_whole(self.text, start, end):
            return None
        first, last = self._runs(start, end)
        if first > last:
            return None
        nearest = None
        for span in self._spans(start, end, first, last):
            nearest = nearest or span
            if self._holds_once(*span, start, end) and self._is_unique(*span):
                return self._quote(*span, None)
        for span in (nearest or (start, end), (start, end)):
            if self._holds_once(*span, start, end) and (quote := self._counted_quote(*span)) is not None:
                return quote
        return None

    def passage(self, start: int, end: int, low: int, high: int) -> Quote | None:
        """A quote of a passage that may be widened to what lies between `low` and `high`."""
        first, last = self._runs(start, end)
        for before, behind in ((0, 0), _NEAR, _MIDDLE, _FAR):
            if first > last:
                break
            span = self._widened(start, end, first, last, before, behind, _PARAGRAPH)
            span = (span[0] if span[0] >= low else start, span[1] if span[1] <= high else end)
            if self._is_unique(*span):
                return self._quote(*span, None)
        return self._counted_quote(start, end)

    def _quote(self, start: int, end: int, occurrence: int | None) -> Quote:
        return Quote(" ".join(self.text[start:end].split()), occurrence, start, end)

    def _counted_quote(self, start: int, end: int) -> Quote | None:
        """The words with the number of their occurrence, if they are found where they stand."""
        words = " ".join(self.text[start:end].split())
        if words not in self._found:
            self._found[words] = places(self.text, words)
        found = self._found[words]
        at = bisect_left(found, (start, end))
        if at == len(found) or found[at] != (start, end):
            return None
        return self._quote(start, end, at + 1 if len(found) > 1 else None)

    def _runs(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last run of letters and digits in the span."""
        return bisect_right(self._ends, start), bisect_left(self._starts, end) - 1

    def _spans(self, start: int, end: int, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Spans around the figure, the best ones first."""
        bracket = self._bracket(start, end)
        if bracket is not None and bracket[1] - bracket[0] >= _SHORTEST_BRACKET:
            yield bracket
        if bracket is not None:
            inside = self._runs(*bracket)
            yield self._widened(*bracket, *inside, 3, 0, _STOP)
        yield self._widened(start, end, first, last, *_NEAR, _STOP)
        for before, behind in (_NEAR, _MIDDLE):
            yield self._widened(start, end, first, last, before, behind, _SENTENCE)
        for before, behind in (_MIDDLE, _FAR):
            yield self._widened(start, end, first, last, before, behind, _PARAGRAPH)

    def _bracket(self, start: int, end: int) -> tuple[int, int] | None:
        """The span of the bracket that the figure stands in, if that is short."""
        text = self.text
        opened = max(text.rfind(sign, max(0, start - _LONGEST_BRACKET), start) for sign in "([")
        if opened < 0 or any(sign in text[opened + 1 : start] for sign in ")]"):
            return None
        rest = text[end : end + _LONGEST_BRACKET]
        closed = re.match(r"[^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*)*[)\]]", rest)
        if closed is None or _PARAGRAPH.search(text, opened, end + closed.end()):
            return None
        return opened, end + closed.end()

    def _widened(
        self, start: int, end: int, first: int, last: int, before: int, behind: int, stop: re.Pattern[str]
    ) -> tuple[int, int]:
        """The span with so many words more on each side, as long as nothing that stops stands between."""
        low, high = start, end
        for run in range(first - 1, max(first - 1 - before, -1), -1):
            if stop.search(self.text, self._ends[run], low):
                break
            low = self._starts[run]
        behind_last = last
        for run in range(last + 1, min(last + 1 + behind, len(self._starts))):
            if stop.search(self.text, high, self._starts[run]):
                break
            behind_last, high = run, self._ends[run]
        while behind_last > last and self._words[behind_last].lower() in _LOOSE:
            behind_last -= 1
            high = self._ends[behind_last] if behind_last > last else end
        return self._whole(low, high, start, end)

    def _whole(self, low: int, high: int, start: int, end: int) -> tuple[int, int]:
        """The span with the whole of what it cuts at its ends: a decimal number, a compound word."""
        text = self.text
        if low < start:
            while low and not text[low - 1].isspace() and text[low - 1] not in _OPEN:
                low -= 1
        if high > end:
            closed = _TOKEN_END.match(text, high)
            high = closed.end() if closed else high
        return low, high

    def _holds_once(self, low: int, high: int, start: int, end: int) -> bool:
        """Whether the figure stands once, as a figure of its own, in the words of the span."""
        quoted, value = self.text[low:high], self.text[start:end]
        if not stands_whole(quoted, start - low, end - low):
            return False
        if any(sign.isspace() for sign in value):
            return " ".join(quoted.split()).count(" ".join(value.split())) == 1
        at = quoted.find(value)
        while at >= 0:
            if at != start - low and stands_whole(quoted, at, at + len(value)):
                return False
            at = quoted.find(value, at + 1)
        return True

    def _is_unique(self, low: int, high: int) -> bool:
        """Whether the words of the span surely stand nowhere else, and would be found here.

        A short text is searched; of a long one, so that the time stays linear, an index is. It holds runs of letters
        and digits alone. A letter at an end of a quote may stand within a longer word
        elsewhere, which then ends, or begins, with what is quoted.
        """
        first, last = self._runs(low, high)
        if first > last or not stands_whole(self.text, low, high, DIGITS):
            return False
        if len(self.text) <= _SHORT:
            words = " ".join(self.text[low:high].split())
            return self._plain.find(words, self._plain.find(words) + 1) < 0  # also where two of them overlap
        head = tail = ""
        if self._starts[first] <= low and self.text[low] not in DIGITS:
            head = self.text[low : self._ends[first]]
            first += 1
        if self._ends[last] >= high and self.text[high - 1] not in DIGITS:
            tail = self.text[self._starts[last] : high]
            last -= 1
        return first <= last and self._times(first, last, head, tail) == 1

    def _times(self, first: int, last: int, head: str, tail: str) -> int:
        """How often the runs stand one after the other, between words that end and begin so; rather too often."""
        length, words = last - first + 1, self._words
        key = words[first : last + 1]
        offset, spots = min(((i, self._places[word]) for i, word in enumerate(key)), key=lambda item: len(item[1]))
        if len(spots) > _FEW:
            if length not in self._counted:
                self._counted[length] = Counter(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
            return self._counted[length][tuple(key)]
        starts = (at - offset for at in spots if at >= offset and words[at - offset : at - offset + length] == key)
        return sum(
            (not head or (at > 0 and words[at - 1].endswith(head)))
            and (not tail or (at + length < len(words) and words[at + length].startswith(tail)))
            for at in starts
        )

    @cached_property
    def _plain(self) -> str:
        return " ".join(self.text.split())

    @cached_property
    def _starts(self) -> list[int]:
        return [match.start() for match in _RUN.finditer(self.text)]

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _RUN.finditer(self.text)]

    @cached_property
    def _words(self) -> list[str]:
        return _RUN.findall(self.text)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, word in enumerate(self._words):
            found.setdefault(word, []).append(i)
        return found


class BareQuotes(Quotes):
    """The values themselves as their quotes: enough where nobody looks for them in the text again."""

    def of(self, start: int, end: int) -> Quote | None:
        """The value; None where it is a part of a longer figure or word."""
        if start >= end or not stands_whole(self.text, start, end):
            return None
        return Quote(" ".join(self.text[start:end].split()), None, start, end)
