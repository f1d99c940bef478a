"""Which group each figure of a run is about: by the words behind it, before it, or in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence_brief.extract.context.clusters import Cluster, Run
from evidence_brief.extract.context.groups import Mention
from evidence_brief.extract.context.phrases import PERSON
from evidence_brief.extract.context.sentences import Sentence

# Between a figure and the group behind it: "91.7% of the patients treated with IVIG", "12% (n=3) in the IVIG group".
_BEHIND = re.compile(
    rf"[\s%)\]]*,?\s?(?:\([^()]{{0,40}}\)\s?)?(?:of|in|for|among|with|on|to|from)?\s?(?:the\s|those\s|all\s|these\s)?"
    rf"(?:\d+\s)?(?:(?:{PERSON})\s)?(?:in\s|of\s|on\s|with\s|from\s)?(?:the\s)?"
    r"(?:who\s)?(?:were\s)?"
    r"(?:receiving|received|treated with|given|taking|undergoing|(?:assigned|randomi[sz]ed|allocated) to)?"
    r"\s?(?:the\s)?",
    re.I,
)
_SAME = re.compile(rf"\b(?:of|in|among) (?:these|those|the same) (?:{PERSON}|group)\b", re.I)
_BOTH = re.compile(r"\b(?:both|two|all|three|between(?: the)?) (?:study |treatment )?(?:groups|arms)\b", re.I)


def assign(
    text: str, run: Run, between: tuple[int, int], sentence: Sentence, mentions: list[Mention]
) -> list[str | None]:
    """The label of the group of each figure of the run, None where the words do not say it.

    `mentions` are those of groups in the sentence, in order; `between` is where the run before this one ends and the
    next one begins, or the sentence does.
    """
    before, after = between
    if not mentions:
        return [None] * len(run.clusters)
    if run.kind == "from":
        return _alike(run, _one_of(text, run.clusters[-1], mentions, before), mentions)
    behind = [_behind(text, cluster, mentions) for cluster in run.clusters]
    ahead = [mention for mention in mentions if before <= mention.end <= run.start]
    if all(behind) and len(set(behind)) == len(behind):
        return list(behind)
    own = _own_ahead(run, mentions, before)
    if len(run.clusters) > 1 and all(own) and len(set(own)) == len(own):
        return list(own)
    mixed = [first or second for first, second in zip(behind, own, strict=True)]
    if len(run.clusters) > 1 and all(mixed) and len(set(mixed)) == len(mixed):
        return list(mixed)
    if len(run.clusters) == 1:
        return [behind[0] or _sole(ahead) or _sole(mentions)]
    behind_all = [m for m in mentions if m.start >= run.end]
    behind_next = [m for m in behind_all if m.end <= after]
    for listed in (ahead, [m for m in mentions if m.end <= run.start], behind_next or behind_all):
        labels = _distinct(listed)
        if len(labels) == len(run.clusters):
            return list(labels)
    if run.kind == "and" and _sole(mentions) and not _BOTH.search(text, sentence.start, sentence.end):
        return [_sole(mentions)] * len(run.clusters)
    return [None] * len(run.clusters)


def same_patients(text: str, cluster: Cluster, sentence: Sentence) -> bool:
    """Whether the figure is of the patients of whom the sentence before speaks ("of these patients")."""
    return _SAME.search(text, cluster.end, min(cluster.end + 40, sentence.end)) is not None


def _alike(run: Run, label: str | None, mentions: list[Mention]) -> list[str | None]:
    return [label or _sole(mentions)] * len(run.clusters)


def _one_of(text: str, last: Cluster, mentions: list[Mention], before: int) -> str | None:
    if (label := _behind(text, last, mentions)) is not None:
        return label
    ahead = [mention for mention in mentions if before <= mention.start and mention.end <= last.start]
    return ahead[-1].label if ahead else None


def _behind(text: str, cluster: Cluster, mentions: Sequence[Mention]) -> str | None:
    for mention in mentions:
        if cluster.end <= mention.start <= cluster.end + 90:
            return mention.label if _BEHIND.fullmatch(text, cluster.end, mention.start) else None
    return None


def _own_ahead(run: Run, mentions: Sequence[Mention], before: int) -> list[str | None]:
    """The one group between each figure and the figure before it."""
    found: list[str | None] = []
    since = before
    for cluster in run.clusters:
        found.append(_sole([m for m in mentions if since <= m.start and m.end <= cluster.start]))
        since = cluster.end
    return found


def _distinct(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.label for mention in mentions))


def _sole(mentions: Sequence[Mention]) -> str | None:
    labels = _distinct(mentions)
    return labels[0] if len(labels) == 1 else None
