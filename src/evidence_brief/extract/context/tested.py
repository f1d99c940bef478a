"""What the P values and estimates of a sentence compare."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.clusters import Run
from evidence_brief.extract.context.compare import compared, estimated, is_of_a_model, speaks_of_baseline
from evidence_brief.extract.context.phrases import plain
from evidence_brief.extract.context.sentences import Sentence
from evidence_brief.extract.context.state import State

_MOST_BASELINES = 50
_IN_GROUP = re.compile(r"\s(?:in|for|within)\s(?:the\s)?")


def tell_compared(state: State, figures: list[Candidate], runs: list[Run], sentence: Sentence) -> None:
    """Add what they compare to the P values and estimates of a sentence, whose runs are given."""
    since = sentence.start
    for figure in figures:
        if figure.type == "estimate":
            if (pair := estimated(state.text, figure, runs)) is not None and _differ(state, pair):
                state.said.setdefault(figure.name, {})["compares"] = state.names(pair)
        elif figure.type == "p_value" and figure.of is None and not is_of_a_model(state.text, figure, sentence):
            _compare(state, figure, compared(state.text, figure, runs, since, sentence), sentence)
        if figure.type == "p_value":
            since = figure.end


def _compare(state: State, p: Candidate, runs: list[Run], sentence: Sentence) -> None:
    found: list[dict[str, Any]] = []
    if runs and runs[0].kind == "from":
        groups = {state.groups_of(run)[0] for run in runs}
        if len(groups) == 1:
            found = [{"compares": state.names(run), "paired": True} for run in runs]
    elif runs and (group := _of_one_group(state, p, sentence)) is not None:
        for cluster in runs[-1].clusters:
            state.said.setdefault(cluster.primary.name, {})["group"] = group
    elif runs and _differ(state, runs[-1]):
        found = [{"compares": state.names(runs[-1])}]
    elif speaks_of_baseline(state.text, p, sentence):
        found = _with_baseline(state, p, sentence)
    if found:
        state.said.setdefault(p.name, {}).update(found[0])
        state.again[p.name] = found[1:]


def _of_one_group(state: State, p: Candidate, sentence: Sentence) -> str | None:
    """The group that a P value names behind itself ("P<.001 in the drug group"): it compares times, not groups."""
    if (within := _IN_GROUP.match(state.text, p.end, sentence.end)) is None:
        return None
    mentions = state.groups.mentions(state.text, within.end(), min(within.end() + 60, sentence.end))
    return mentions[0].label if mentions and mentions[0].start == within.end() else None


def _with_baseline(state: State, p: Candidate, sentence: Sentence) -> list[dict[str, Any]]:
    """Each figure of the sentence before the P value against that of the same outcome before treatment."""
    found = []
    for figure in state.measured[sentence.start]:
        if figure.start > p.start or figure.type == "count":
            continue
        first = _baseline_of(state, figure)
        if first is not None:
            found.append({"compares": (first, figure.name), "paired": True})
    return found


def _baseline_of(state: State, figure: Candidate) -> str | None:
    mine = state.said.get(figure.name, {})
    for other in reversed(state.at_baseline.get(figure.type, [])[-_MOST_BASELINES:]):
        its = state.said.get(other.name, {})
        if other.start < figure.start and _same(its.get("outcome"), mine.get("outcome")):
            mine.setdefault("group", its.get("group"))
            return other.name
    return None


def _differ(state: State, run: Run) -> bool:
    """Whether the figures are of different groups, or a pair joined by "versus" of groups that are not named."""
    groups = state.groups_of(run)
    if all(groups):
        return len(set(groups)) == len(groups)
    return not any(groups) and run.kind == "versus" and len(run.clusters) == 2


def _same(first: str | None, second: str | None) -> bool:
    """Whether two outcomes are named by the same word."""
    ignored = {"score", "scores", "the", "of", "and", "level", "levels", "overall", "mean"}
    one, two = (set(plain(words).split()) - ignored for words in (first, second))
    return bool(one) and bool(two) and (one <= two or two <= one)
