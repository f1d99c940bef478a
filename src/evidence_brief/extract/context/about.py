"""What the sentence says of each figure: whose it is, of what, and when."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.context.assign import assign, same_patients
from evidence_brief.extract.context.clusters import Cluster, Run
from evidence_brief.extract.context.lists import listed
from evidence_brief.extract.context.outcomes import outcome_of, time_of, times_of
from evidence_brief.extract.context.sentences import Sentence
from evidence_brief.extract.context.state import BASELINE, State

_FOLLOW_UP = re.compile(r"[\s-](?:minute|hour|day|week|month|year)s?\s(?:of\s)?follow-?\s?up", re.I)
# What another study found says nothing of the patients of this one.
_OF_OTHERS = re.compile(
    r"\bet al\b|\b(?:previous(?:ly)?|earlier|prior|other|recent) (?:\w+ )?(?:stud(?:y|ies)|trials?|report(?:s|ed)?)"
    r"|\bmeta-analys[ie]s|\b(?:in|from) the literature\b",
    re.I,
)
_TIMES = frozenset(f"{unit}{s}" for unit in ("minute", "hour", "day", "week", "month", "year") for s in ("", "s"))


def tell_about(state: State, runs: list[Run], sentence: Sentence) -> None:
    """Add group, outcome, time and period to the figures of the runs of a sentence."""
    of_others = _OF_OTHERS.search(state.text, sentence.start, sentence.end) is not None
    mentions = state.groups.mentions(state.text, sentence.start, sentence.end) if runs and not of_others else []
    times = times_of(state.text, sentence.start, sentence.end)
    before = sentence.start
    starts = [run.start for run in runs[1:]] + [sentence.end]
    for run, after in zip(runs, starts, strict=False):
        labels = assign(state.text, run, (before, after), sentence, mentions)
        outcomes = listed(state.text, run, sentence, state.labels)
        shared = outcome_of(state.text, run.start, run.end, before, state.labels) if outcomes is None else None
        time = None if run.clusters[0].primary.unit in _TIMES else time_of(times, run.start)
        period = _period(state, run, sentence)
        for at, cluster in enumerate(run.clusters):
            first_of_two = run.kind == "from" and at == 0
            when = BASELINE if first_of_two else None if run.kind == "from" and time == BASELINE else time
            own = outcomes[at] if outcomes else shared
            fields: dict[str, Any] = {"outcome": own, "time": when, "within": period}
            fields |= _patients(state, run, cluster, labels[at], sentence)
            _say_of(state, cluster, fields, alone=len(run.clusters) == 1 or "group" in fields)
        before = run.end


def _patients(state: State, run: Run, cluster: Cluster, label: str | None, sentence: Sentence) -> dict[str, Any]:
    """Whom the figure is about: a group, or the patients of whom the figure before speaks ("of these patients")."""
    if label is not None:
        return {"group": label}
    if len(run.clusters) > 1 or not state.last_share or not same_patients(state.text, cluster, sentence):
        return {}
    share, group = state.last_share
    is_share = cluster.primary.type == "proportion" and cluster.primary.of is None
    return {"group": group, "of": share} if is_share else {"group": group}


def _say_of(state: State, cluster: Cluster, fields: dict[str, Any], alone: bool) -> None:
    """Add the fields to the figure and to what explains it; `alone` where it has a group, or is the only one."""
    figure = cluster.primary
    for member in cluster.members:
        if member.type == "range" and not alone:
            continue  # without a group nothing would tell whose range it is
        if member.type != "confidence_interval":
            own = ("of", "within") if member is not figure else ()
            state.say(member, {key: value for key, value in fields.items() if key not in own})
    if fields["time"] == BASELINE:
        state.at_baseline.setdefault(figure.type, []).append(figure)
    if figure.type == "proportion":
        state.last_share = (figure.name, fields.get("group"))


def _period(state: State, run: Run, sentence: Sentence) -> str | None:
    """The follow-up inside which a time without an event lies, where the sentence names it in the same unit."""
    first = run.clusters[0].primary
    if first.unit not in _TIMES or first.type not in ("mean_sd", "median_iqr"):
        return None
    periods = [
        figure
        for figure in state.durations.get(sentence.start, ())
        if figure.unit == first.unit and _FOLLOW_UP.match(state.text, figure.end) and figure.start < run.start
    ]
    return periods[0].name if len(periods) == 1 else None
