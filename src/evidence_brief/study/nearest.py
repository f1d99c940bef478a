"""The passage of a source that is most like a quote which does not stand in it, for the message."""

from __future__ import annotations

import difflib
from collections import Counter
from functools import lru_cache

_LONGEST_TEXT, _LONGEST_QUOTE = 500_000, 400  # beyond them a suggestion would take longer than it helps
_TOO_COMMON = 500  # a piece that stands so often tells nothing
_PIECE, _BUCKET = 5, 16
_SAME = str.maketrans(
    "\u2018\u2019\u201c\u201d\u2212\u2013\u2014\u2010\u2011\u00a0\u2009\u202f\n\r\t", "''\"\"-----      "
)


def nearest_passage(text: str, quote: str) -> str | None:
    """`line 7: “…”`, or nothing when no passage is much like the quote.

    Every piece of five characters of the quote votes for the places where it stands in the text; the
    places with the most votes are then compared with the whole quote.
    """
    wanted = _folded(" ".join(quote.split()))[:_LONGEST_QUOTE]
    if len(text) > _LONGEST_TEXT or len(wanted) < _PIECE:
        return None
    folded = _folded(text)
    best, best_ratio = None, 0.55
    for start in _places(folded, wanted):
        start, end = _whole_words(folded, start, start + len(wanted))
        ratio = difflib.SequenceMatcher(None, folded[start:end], wanted, autojunk=False).ratio()
        if ratio > best_ratio:
            passage = " ".join(text[start:end].split())
            best, best_ratio = f"line {text.count(chr(10), 0, start) + 1}: “{passage}”", ratio
    return best


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    """The text, as long as before, without what is easily confused: case, dashes, quotation marks, spaces."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_SAME)


def _places(text: str, wanted: str) -> list[int]:
    votes: Counter[int] = Counter()
    for offset in range(len(wanted) - _PIECE + 1):
        piece = wanted[offset : offset + _PIECE]
        if text.count(piece) > _TOO_COMMON:
            continue
        position = text.find(piece)
        while position >= 0:
            votes[(position - offset) // _BUCKET] += 1
            position = text.find(piece, position + 1)
    together = {bucket: count + votes[bucket + 1] for bucket, count in list(votes.items())}
    best = sorted(together, key=lambda bucket: (-together[bucket], bucket))[:5]
    return [max(0, start) for bucket in best for start in (bucket * _BUCKET, bucket * _BUCKET + _BUCKET // 2)]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span moved forward to the next word, and widened to the end of its last word."""
    if start:
        space = text.find(" ", start - 1, start + _BUCKET)
        start, end = (space + 1, end + space + 1 - start) if space >= 0 else (start, end)
    space = text.find(" ", end, end + _BUCKET)
    return start, space if space >= 0 else min(end, len(text))
