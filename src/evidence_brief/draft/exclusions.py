"""Numerals that are no figures, as the exclusions of a study file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from evidence_brief.draft.quotes import Quote, Quotes
from evidence_brief.extract.candidate import Apart

_FAR_APART = 80  # characters between two numerals that one exclusion still leaves out together
_ENDS = re.compile(r"[.;?!]\s+(?=[A-Z])|\n\s*\n")

Spans = Sequence[tuple[int, int]]


def excluded(quotes: Quotes, apart: Sequence[Apart], claimed: Spans) -> Iterator[tuple[Quote, str]]:
    """A quote and a reason for each passage whose numerals are apart; none holds a claimed value (sorted spans)."""
    text = quotes.text
    starts, ends = [start for start, _ in claimed], [end for _, end in claimed]
    items = sorted((_trimmed(text, item) for item in apart), key=lambda item: item.start)
    free = [item for item in items if item.start < item.end and not _meets(item, starts, ends)]
    for start, end, reason in _merged(text, free, starts):
        before, behind = bisect_right(ends, start), bisect_left(starts, end)
        low = ends[before - 1] if before else 0
        high = starts[behind] if behind < len(starts) else len(text)
        if (quote := quotes.passage(start, end, low, high)) is not None:
            yield quote, reason


def _trimmed(text: str, item: Apart) -> Apart:
    """The span without white space at its ends."""
    words = text[item.start : item.end]
    start = item.start + len(words) - len(words.lstrip())
    return Apart(start, start + len(words.strip()), item.reason)


def _meets(item: Apart, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a claimed value lies in the span, or overlaps with it."""
    return bisect_left(starts, item.end) > bisect_right(ends, item.start)


def _merged(text: str, items: Sequence[Apart], starts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Neighbours with the same reason in one sentence as one passage."""
    last: tuple[int, int, str] | None = None
    for item in items:
        if last is not None and item.reason == last[2] and _is_near(text, last[1], item.start, starts):
            last = (last[0], max(last[1], item.end), last[2])
            continue
        if last is not None:
            yield last
        last = (item.start, item.end, item.reason)
    if last is not None:
        yield last


def _is_near(text: str, end: int, start: int, starts: Sequence[int]) -> bool:
    if start - end > _FAR_APART or bisect_left(starts, start) > bisect_left(starts, end):
        return False
    return start <= end or _ENDS.search(text, end, start) is None
