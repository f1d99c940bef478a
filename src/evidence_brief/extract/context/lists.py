"""Lists with "respectively": "CDASI and MRC scores were 1.95±1.72 and 9.56±0.66, respectively"."""

from __future__ import annotations

import re

from evidence_brief.extract.context.clusters import Run
from evidence_brief.extract.context.outcomes import clean
from evidence_brief.extract.context.sentences import Sentence

_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_WERE = re.compile(r"\s(?:were|was|averaged|reached|decreased|increased|improved|occurred)\b[^.;]{0,40}$", re.I)
_HEADS = re.compile(r"\s(?:scores?|levels?|rates?|values?|concentrations?|times?)$", re.I)


def listed(text: str, run: Run, sentence: Sentence, drop: list[str]) -> list[str] | None:
    """The outcome of each figure, where the sentence lists as many outcomes as figures; None where it does not."""
    if len(run.clusters) < 2 or not _RESPECTIVELY.search(text, run.start, sentence.end):
        return None
    before = text[max(sentence.start, run.start - 240) : run.start]
    if (verb := _WERE.search(before)) is None:
        return None
    subject = re.split(r"[;:(]|,\s(?=the\s)|\b(?:for|of|in|with|mean|median)\b", before[: verb.start()])[-1]
    items = [item.strip() for item in re.split(r",\s?(?:and\s)?|\sand\s", subject) if item.strip()]
    if len(items) != len(run.clusters):
        return None
    head = _HEADS.search(items[-1])
    named = [item if head is None or _HEADS.search(item) else item + head.group() for item in items]
    cleaned = [clean(item, drop) for item in named]
    found = [item for item in cleaned if item]
    return found if len(found) == len(items) else None
