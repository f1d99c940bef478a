"""Figures that belong together ("22 of 24 (91.7%)"), and runs of comparable ones ("91.7% vs. 55.6%")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.sentences import Sentence, Sentences

COMPARABLE = ("proportion", "mean_sd", "median_iqr", "count")
_BESIDE = re.compile(
    r"(?:\s[\w-]{1,20}){0,3}[\s(\[,;:]*(?:range|IQR|interquartile range)?[\s,:]*(?:of |from )?[\s(\[]*", re.I
)
_VERSUS = re.compile(
    r"\b(?:vs?\.?|versus|against|compared (?:with|to)|in comparison (?:with|to)|than)(?![\w])|[/]", re.I
)
_AND = re.compile(r"\b(?:and|or|while|whereas|but)\b|,|;", re.I)
_MEAN_OF = r"(?:an? )?(?:mean |median |average )?(?:score |value |level )?(?:of )?[(]?$"
_FROM = re.compile(rf"\bfrom\s(?:an? )?(?:baseline |initial |pre-?\w* )?{_MEAN_OF}", re.I)
_AROUND = re.compile(r"\b(?:before and after|pre- and post-?|at baseline and (?:at|after))\b[^;:(]*$", re.I)
_TO = re.compile(rf"[)%\s\w/²³.-]{{0,30}}?(?:\bat baseline|\bbefore \w+)?[,)]?\s*\bto\s{_MEAN_OF}", re.I)
_FARTHEST = 160  # characters between two figures of one run


@dataclass
class Cluster:
    """One comparable figure with the numbers that only explain it: the span of all, and the one to compare."""

    primary: Candidate
    members: list[Candidate]
    start: int
    end: int


@dataclass
class Run:
    """Comparable figures of a sentence, in order; `kind` is "from" for before and after, else "versus" or "and"."""

    clusters: list[Cluster]
    kind: str

    @property
    def start(self) -> int:
        """Where the first figure begins."""
        return self.clusters[0].start

    @property
    def end(self) -> int:
        """Where the last figure ends."""
        return self.clusters[-1].end


def clusters_of(text: str, candidates: Sequence[Candidate]) -> list[Cluster]:
    """The comparable figures of a text, in order, with what explains them."""
    explains = {name for candidate in candidates for name in (candidate.count, candidate.of) if name}
    parts: dict[str, list[Candidate]] = {}
    by_name = {candidate.name: candidate for candidate in candidates}
    for candidate in candidates:
        if candidate.type == "confidence_interval" and candidate.of is not None:
            parts.setdefault(candidate.of, []).append(candidate)
    found = []
    for at, candidate in enumerate(candidates):
        if candidate.type not in COMPARABLE or (candidate.type == "count" and candidate.name in explains):
            continue
        members = [candidate, *parts.get(candidate.name, ())]
        members += [by_name[name] for name in (candidate.count, candidate.of) if name in by_name]
        following = candidates[at + 1] if at + 1 < len(candidates) else None
        if candidate.type == "median_iqr" and following is not None and _is_its_range(text, candidate, following):
            members.append(following)
        start, end = min(member.start for member in members), max(member.end for member in members)
        found.append(Cluster(candidate, members, start, end))
    return sorted(found, key=lambda cluster: cluster.start)


def _is_its_range(text: str, median: Candidate, following: Candidate) -> bool:
    return following.type == "range" and _BESIDE.fullmatch(text, median.end, following.start) is not None


def runs_of(text: str, clusters: Sequence[Cluster], sentences: Sentences, breaks: Sequence[int]) -> list[Run]:
    """Runs of comparable figures: of one type, in one sentence, with no P value (`breaks`) between them."""
    runs: list[Run] = []
    for cluster in clusters:
        previous = runs[-1] if runs else None
        sentence = sentences.at(cluster.start)
        kind = _joined(text, previous, cluster, sentence, breaks) if previous else None
        if previous is None or kind is None:
            runs.append(Run([cluster], "and"))
        else:
            previous.kind = kind
            previous.clusters.append(cluster)
    return runs


def _joined(text: str, run: Run, cluster: Cluster, sentence: Sentence, breaks: Sequence[int]) -> str | None:
    """How the figure continues the run, None where it does not."""
    last = run.clusters[-1]
    if last.start < sentence.start or last.primary.type != cluster.primary.type or cluster.start < last.end:
        return None
    gap = text[last.end : cluster.start]
    if len(run.clusters) == 1 and _AROUND.search(text, max(sentence.start, run.start - 140), run.start):
        return "from"
    if len(gap) > _FARTHEST or bisect_left(breaks, last.end) != bisect_left(breaks, cluster.start):
        return None
    is_from = _FROM.search(text, max(sentence.start, run.start - 50), run.start) is not None
    if len(run.clusters) == 1 and is_from and _TO.fullmatch(gap):
        return "from"
    if run.kind == "from":
        return None
    if _VERSUS.search(gap):
        return "versus"
    return "and" if _AND.search(gap) else None
