"""The words around a figure: its sentence in the source, and the part of it that belongs to this figure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache

from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

# A sentence ends at . ! or ? before white space and a capital, not after "vs." or an initial; or at an empty line.
END = re.compile(
    r"[.!?](?<!\bvs.)(?<!\b[A-Z].)(?<!\be\.g.)(?<!\bi\.e.)(?<!\bapprox.)[\"”’)\]]*\s+(?=[\"“‘(]?[A-Z0-9])|\n\s*\n"
)
_LONGEST = 1500  # characters before and after a figure that can belong to its sentence


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the sentences in a passage, in order; together they are the whole of it."""
    starts = [start, *(match.end() for match in END.finditer(text, start, end) if match.end() < end)]
    return list(zip(starts, [*starts[1:], end], strict=True))


def sentence_of(study: Study, claim: Claim) -> tuple[str, int]:
    """The sentence in which the figure stands, white space as one space, and where it starts in the source."""
    anchor = study.anchors[claim.id]
    text = study.texts[anchor.source]
    ends, starts = _breaks(text)
    before = bisect_right(starts, anchor.value_start)
    start = max(starts[before - 1] if before else 0, anchor.value_start - _LONGEST)
    after = bisect_left(ends, anchor.value_end)
    end = min(ends[after] + 1 if after < len(ends) else len(text), anchor.value_end + _LONGEST)
    return " ".join(text[start:end].split()), start


@lru_cache(maxsize=4)
def _breaks(text: str) -> tuple[list[int], list[int]]:
    """Where the sentences of a text end, and where the next ones start: every figure of the text asks."""
    found = list(END.finditer(text))
    return [match.start() for match in found], [match.end() for match in found]


def words_before(study: Study, claim: Claim, others: Iterable[Claim]) -> str:
    """The part of the sentence that leads to this figure: what stands behind the last of the `others` before it."""
    anchor = study.anchors[claim.id]
    _, start = sentence_of(study, claim)
    ends = (study.anchors[other.id] for other in others if other.id != claim.id)
    earlier = [end.value_end for end in ends if end.source == anchor.source and end.value_end <= anchor.value_start]
    start = max([start, *(end for end in earlier if end > start)])
    return " ".join(study.texts[anchor.source][start : anchor.value_start].split())
