"""What a P value, an estimate or a test statistic compares, where the grammar of the sentence says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.clusters import Run
from evidence_brief.extract.context.sentences import Sentence

_BASELINE = re.compile(
    r"\b(?:from|with|to|than) (?:the )?(?:baseline|pre-?(?:treatment|operative|intervention|test)|initial|entry)\b",
    re.I,
)
_INTERACTION = re.compile(
    r"\b(?:interaction|trend|heterogeneity|non-?inferiority|log-?rank|adjusted|adjusting|controlling|regression|ancova|"
    r"cox|mixed|gee|noninferior\w*)\b",
    re.I,
)
_JOINING = re.compile(
    r"[\s)\]%,;:]*(?:for\s\w+)?[\s(\[,;:]*(?:a |an |the )?(?:(?:relative|absolute|crude|unadjusted)\s)?(?:\w+\s){0,2}$",
    re.I,
)
_CRUDE = ("RR", "OR", "RD", "MD")
_FAR = 400  # characters before a P value that can speak of it
_OPENING = {"(": 1, "[": 1, ")": -1, "]": -1}


def opening_of(text: str, position: int, start: int) -> int:
    """Where the bracket opens that the position stands in; the position itself where it stands in none."""
    depth = 0
    for at in range(position - 1, max(start, position - _FAR) - 1, -1):
        depth -= _OPENING.get(text[at], 0)
        if depth < 0:
            return at
    return position


def compared(text: str, p: Candidate, runs: Sequence[Run], since: int, sentence: Sentence) -> list[Run]:
    """The runs that a P value without a figure of its own speaks of; none where that is not sure.

    `runs` are those of the sentence, and `since` is where the P value before it ends.
    """
    opening = opening_of(text, p.start, sentence.start)
    inside = [run for run in runs if opening < run.start and run.end <= p.start and len(run.clusters) > 1]
    if inside:
        return inside[-1:] if opening < p.start else _before(inside, p, since)
    return _before(runs, p, since)


def _before(runs: Sequence[Run], p: Candidate, since: int) -> list[Run]:
    scope = [run for run in runs if since <= run.start and run.end <= p.start]
    if not scope:
        return []
    pairs = [run for run in scope if run.kind == "from"]
    if pairs and len(pairs) == len(scope):
        return pairs
    return [scope[-1]] if len(scope[-1].clusters) > 1 else []


def is_of_a_model(text: str, p: Candidate, sentence: Sentence) -> bool:
    """Whether the words around say that no test of the two figures alone gave the P value."""
    return _INTERACTION.search(text, max(sentence.start, p.start - _FAR), min(p.end + 60, sentence.end)) is not None


def speaks_of_baseline(text: str, p: Candidate, sentence: Sentence) -> bool:
    """Whether the sentence compares with the time before treatment."""
    return _BASELINE.search(text, max(sentence.start, p.start - _FAR), p.start) is not None


def estimated(text: str, estimate: Candidate, runs: Sequence[Run]) -> Run | None:
    """The pair right before an estimate: "91.7% vs. 55.6%; RR 1.65"."""
    if estimate.adjusted or estimate.measure not in _CRUDE:
        return None
    before = [run for run in runs if run.end <= estimate.start]
    if not before or len(before[-1].clusters) != 2 or before[-1].kind == "from":
        return None
    gap = text[before[-1].end : estimate.start]
    return before[-1] if len(gap) < 60 and _JOINING.fullmatch(gap) else None
