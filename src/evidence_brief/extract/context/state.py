"""What is known of the figures of a text while its sentences are read, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.clusters import Run
from evidence_brief.extract.context.groups import Groups, find_groups
from evidence_brief.extract.context.sentences import Sentences

BASELINE = "baseline"


class State:
    """The fields that the sentences add, by the name of the figure; and what later sentences go back to."""

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

    def say(self, figure: Candidate, fields: dict[str, Any]) -> None:
        """Add fields to a figure; what it knows by itself stays."""
        own = {key: value for key, value in fields.items() if value is not None and getattr(figure, key) is None}
        self.said.setdefault(figure.name, {}).update(own)

    def names(self, run: Run) -> tuple[str, ...]:
        """The figures of a run, by name."""
        return tuple(cluster.primary.name for cluster in run.clusters)

    def groups_of(self, run: Run) -> list[str | None]:
        """The group of each figure of a run."""
        return [self.said.get(name, {}).get("group") for name in self.names(run)]
