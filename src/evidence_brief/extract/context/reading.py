"""From figures to candidates with their group, outcome and time, and what they compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.assign import assign, same_patients
from evidence_brief.extract.context.clusters import Cluster, Run, clusters_of, runs_of
from evidence_brief.extract.context.compare import compared, estimated, is_of_a_model, speaks_of_baseline
from evidence_brief.extract.context.groups import Groups, find_groups
from evidence_brief.extract.context.lists import listed
from evidence_brief.extract.context.outcomes import outcome_of, time_of, times_of
from evidence_brief.extract.context.phrases import plain
from evidence_brief.extract.context.sentences import Sentence, Sentences

_TESTED = ("p_value", "test_statistic", "estimate")
_BEFORE = "baseline"
_MOST_BASELINES = 50
_FOLLOW_UP = re.compile(r"[\s-](?:minute|hour|day|week|month|year)s?\s(?:of\s)?follow-?\s?up", re.I)
_IN_GROUP = re.compile(r"\s(?:in|for|within)\s(?:the\s)?")
_TIMES = frozenset(f"{unit}{s}" for unit in ("minute", "hour", "day", "week", "month", "year") for s in ("", "s"))


def in_context(text: str, figures: Sequence[Candidate]) -> list[Candidate]:
    """The figures with what their sentences say of them; P values of several comparisons once for each.

    The figures are those of `figures.figures`, in order. Takes time linear in the length of the text.
    """
    if not figures:
        return []
    context = _Context(text, figures)
    context.read()
    return context.result()


class _Context:
    """The fields that the sentences add, by the name of the figure."""

    def __init__(self, text: str, figures: Sequence[Candidate]) -> None:
        self.text = text
        self.figures = figures
        self.sentences = Sentences(text)
        self.groups: Groups = find_groups(text, figures)
        self.labels = list(self.groups.labels.values())
        self.said: dict[str, dict[str, Any]] = {}
        self.again: dict[str, list[dict[str, Any]]] = {}
        self.last_share: tuple[str, str | None] | None = None
        self.measured: dict[int, list[Candidate]] = {}  # means, medians and shares, by the start of their sentence
        self.durations: dict[int, list[Candidate]] = {}  # by the start of their sentence
        self.at_baseline: dict[str, list[Candidate]] = {}  # those before treatment, by type

    def read(self) -> None:
        breaks = [figure.start for figure in self.figures if figure.type == "p_value"]
        clusters = clusters_of(self.text, self.figures)
        sizes = set(self.groups.sizes.values()) | ({self.groups.whole} if self.groups.whole else set())
        self._sizes()
        clusters = [cluster for cluster in clusters if cluster.primary.name not in sizes]
        by_sentence: dict[int, list[Run]] = {}
        for run in runs_of(self.text, clusters, self.sentences, breaks):
            by_sentence.setdefault(self.sentences.at(run.start).start, []).append(run)
        tested: dict[int, list[Candidate]] = {}
        for figure in self.figures:
            if figure.type == "duration":
                self.durations.setdefault(self.sentences.at(figure.start).start, []).append(figure)
            if figure.type in _TESTED:
                tested.setdefault(self.sentences.at(figure.start).start, []).append(figure)
        for start in sorted({*by_sentence, *tested}):
            sentence = self.sentences.at(start)
            runs = by_sentence.get(start, [])
            self._about(runs, sentence)
            self.measured[start] = [cluster.primary for run in runs for cluster in run.clusters]
            self._tested(tested.get(start, []), runs, sentence)

    def _sizes(self) -> None:
        for label, name in self.groups.sizes.items():
            self.said[name] = {"size_of": label, "group": label}
        if self.groups.whole is not None:
            self.said[self.groups.whole] = {"size_of": "All patients", "group": "All patients", **self._parts()}

    def _parts(self) -> dict[str, Any]:
        """The groups make up the whole where the same or the next sentence gives their sizes."""
        by_name = {figure.name: figure for figure in self.figures}
        whole = self.sentences.at(by_name[self.groups.whole or ""].start)
        names = list(dict.fromkeys(self.groups.sizes.values()))
        near = [name for name in names if self.sentences.at(by_name[name].start) == whole]
        return {"parts": tuple(near)} if len(near) >= 2 and near == names else {}

    def _about(self, runs: list[Run], sentence: Sentence) -> None:
        mentions = self.groups.mentions(self.text, sentence.start, sentence.end) if runs else []
        times = times_of(self.text, sentence.start, sentence.end)
        before = sentence.start
        starts = [run.start for run in runs[1:]] + [sentence.end]
        for run, after in zip(runs, starts, strict=False):
            labels = assign(self.text, run, (before, after), sentence, mentions)
            outcomes = listed(self.text, run, sentence, self.labels)
            shared = outcome_of(self.text, run.start, run.end, before, self.labels) if outcomes is None else None
            time = None if run.clusters[0].primary.unit in _TIMES else time_of(times, run.start)
            period = self._period(run, sentence)
            for at, cluster in enumerate(run.clusters):
                first_of_two = run.kind == "from" and at == 0
                when = _BEFORE if first_of_two else None if run.kind == "from" and time == _BEFORE else time
                fields = {"outcome": outcomes[at] if outcomes else shared, "time": when, "within": period}
                self._say_of(cluster, {**fields, **self._patients(run, cluster, labels[at], sentence)})
            before = run.end

    def _patients(self, run: Run, cluster: Cluster, label: str | None, sentence: Sentence) -> dict[str, Any]:
        """Whom the figure is about: a group, or the patients of whom the figure before speaks ("of these patients")."""
        if label is not None:
            return {"group": label}
        if len(run.clusters) > 1 or not self.last_share or not same_patients(self.text, cluster, sentence):
            return {}
        share, group = self.last_share
        is_share = cluster.primary.type == "proportion" and cluster.primary.of is None
        return {"group": group, "of": share} if is_share else {"group": group}

    def _say_of(self, cluster: Cluster, fields: dict[str, Any]) -> None:
        figure = cluster.primary
        for member in cluster.members:
            if member.type != "confidence_interval":
                own = ("of", "within") if member is not figure else ()
                self._say(member, {key: value for key, value in fields.items() if key not in own})
        if fields["time"] == _BEFORE:
            self.at_baseline.setdefault(figure.type, []).append(figure)
        if figure.type == "proportion":
            self.last_share = (figure.name, fields.get("group"))

    def _period(self, run: Run, sentence: Sentence) -> str | None:
        """The follow-up inside which a time without an event lies, where the sentence names it in the same unit."""
        first = run.clusters[0].primary
        if first.unit not in _TIMES or first.type not in ("mean_sd", "median_iqr"):
            return None
        periods = [
            figure
            for figure in self.durations.get(sentence.start, ())
            if figure.unit == first.unit and _FOLLOW_UP.match(self.text, figure.end) and figure.start < run.start
        ]
        return periods[0].name if len(periods) == 1 else None

    def _say(self, figure: Candidate, fields: dict[str, Any]) -> None:
        own = {key: value for key, value in fields.items() if value is not None and getattr(figure, key) is None}
        self.said.setdefault(figure.name, {}).update(own)

    def _tested(self, figures: list[Candidate], runs: list[Run], sentence: Sentence) -> None:
        since = sentence.start
        for figure in figures:
            if figure.type == "estimate":
                if (pair := estimated(self.text, figure, runs)) is not None and self._differ(pair):
                    self.said.setdefault(figure.name, {})["compares"] = self._names(pair)
            elif figure.type == "p_value" and figure.of is None and not is_of_a_model(self.text, figure, sentence):
                self._compare(figure, compared(self.text, figure, runs, since, sentence), sentence)
            if figure.type == "p_value":
                since = figure.end

    def _compare(self, p: Candidate, runs: list[Run], sentence: Sentence) -> None:
        found: list[dict[str, Any]] = []
        if runs and runs[0].kind == "from":
            groups = {self._group(run) for run in runs}
            if len(groups) == 1:
                found = [{"compares": self._names(run), "paired": True} for run in runs]
        elif runs and (group := self._of_one_group(p, sentence)) is not None:
            for cluster in runs[-1].clusters:
                self.said.setdefault(cluster.primary.name, {})["group"] = group
        elif runs and self._differ(runs[-1]):
            found = [{"compares": self._names(runs[-1])}]
        elif speaks_of_baseline(self.text, p, sentence):
            found = self._with_baseline(p, sentence)
        if found:
            self.said.setdefault(p.name, {}).update(found[0])
            self.again[p.name] = found[1:]

    def _of_one_group(self, p: Candidate, sentence: Sentence) -> str | None:
        """The group that a P value names behind itself ("P<.001 in the drug group"): it compares times, not groups."""
        if (within := _IN_GROUP.match(self.text, p.end, sentence.end)) is None:
            return None
        mentions = self.groups.mentions(self.text, within.end(), min(within.end() + 60, sentence.end))
        return mentions[0].label if mentions and mentions[0].start == within.end() else None

    def _with_baseline(self, p: Candidate, sentence: Sentence) -> list[dict[str, Any]]:
        """Each figure of the sentence before the P value against that of the same outcome before treatment."""
        found = []
        for figure in self.measured[sentence.start]:
            if figure.start > p.start or figure.type == "count":
                continue
            first = self._baseline_of(figure)
            if first is not None:
                found.append({"compares": (first, figure.name), "paired": True})
        return found

    def _baseline_of(self, figure: Candidate) -> str | None:
        mine = self.said.get(figure.name, {})
        for other in reversed(self.at_baseline.get(figure.type, [])[-_MOST_BASELINES:]):
            its = self.said.get(other.name, {})
            if other.start < figure.start and _same(its.get("outcome"), mine.get("outcome")):
                mine.setdefault("group", its.get("group"))
                return other.name
        return None

    def _group(self, run: Run) -> str | None:
        group = self.said.get(run.clusters[0].primary.name, {}).get("group")
        return None if group is None else str(group)

    def _differ(self, run: Run) -> bool:
        """Whether the figures are of different groups, or a pair joined by "versus" of groups that are not named."""
        groups = [self.said.get(cluster.primary.name, {}).get("group") for cluster in run.clusters]
        if all(groups):
            return len(set(groups)) == len(groups)
        return not any(groups) and run.kind == "versus" and len(run.clusters) == 2

    def _names(self, run: Run) -> tuple[str, ...]:
        return tuple(cluster.primary.name for cluster in run.clusters)

    def result(self) -> list[Candidate]:
        found = []
        for figure in self.figures:
            found.append(replace(figure, **self.said[figure.name]) if self.said.get(figure.name) else figure)
            for number, fields in enumerate(self.again.get(figure.name, ()), 2):
                found.append(replace(figure, name=f"{figure.name}.{number}", **fields))
        return found


def _same(first: str | None, second: str | None) -> bool:
    """Whether two outcomes are named by the same word."""
    ignored = {"score", "scores", "the", "of", "and", "level", "levels", "overall", "mean"}
    one, two = (set(plain(words).split()) - ignored for words in (first, second))
    return bool(one) and bool(two) and (one <= two or two <= one)
