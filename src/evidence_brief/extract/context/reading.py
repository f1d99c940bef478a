"""From figures to candidates with their group, outcome and time, and what they compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.about import tell_about
from evidence_brief.extract.context.clusters import Run, clusters_of, runs_of
from evidence_brief.extract.context.state import State
from evidence_brief.extract.context.tested import tell_compared

_TESTED = ("p_value", "estimate")


def in_context(text: str, figures: Sequence[Candidate]) -> list[Candidate]:
    """The figures with what their sentences say of them; P values of several comparisons once for each.

    The figures are those of `figures.figures`, in order. Takes time linear in the length of the text.
    """
    if not figures:
        return []
    state = State(text, figures)
    _read(state)
    return _result(state)


def _read(state: State) -> None:
    breaks = [figure.start for figure in state.figures if figure.type == "p_value"]
    clusters = clusters_of(state.text, state.figures)
    sizes = set(state.groups.sizes.values()) | ({state.groups.whole} if state.groups.whole else set())
    _sizes(state)
    clusters = [cluster for cluster in clusters if cluster.primary.name not in sizes]
    by_sentence: dict[int, list[Run]] = {}
    for run in runs_of(state.text, clusters, state.sentences, breaks):
        by_sentence.setdefault(state.sentences.at(run.start).start, []).append(run)
    tested: dict[int, list[Candidate]] = {}
    for figure in state.figures:
        if figure.type == "duration":
            state.durations.setdefault(state.sentences.at(figure.start).start, []).append(figure)
        if figure.type in _TESTED:
            tested.setdefault(state.sentences.at(figure.start).start, []).append(figure)
    for start in sorted({*by_sentence, *tested}):
        sentence = state.sentences.at(start)
        runs = by_sentence.get(start, [])
        tell_about(state, runs, sentence)
        state.measured[start] = [cluster.primary for run in runs for cluster in run.clusters]
        tell_compared(state, tested.get(start, []), runs, sentence)


def _sizes(state: State) -> None:
    for label, name in state.groups.sizes.items():
        state.said[name] = {"size_of": label, "group": label}
    if state.groups.whole is not None:
        state.said[state.groups.whole] = {"size_of": "All patients", "group": "All patients", **_parts(state)}


def _parts(state: State) -> dict[str, Any]:
    """The groups make up the whole where the same or the next sentence gives their sizes."""
    by_name = {figure.name: figure for figure in state.figures}
    whole = state.sentences.at(by_name[state.groups.whole or ""].start)
    names = list(dict.fromkeys(state.groups.sizes.values()))
    near = [name for name in names if state.sentences.at(by_name[name].start) == whole]
    return {"parts": tuple(near)} if len(near) >= 2 and near == names else {}


def _result(state: State) -> list[Candidate]:
    found = []
    for figure in state.figures:
        found.append(replace(figure, **state.said[figure.name]) if state.said.get(figure.name) else figure)
        for number, fields in enumerate(state.again.get(figure.name, ()), 2):
            found.append(replace(figure, name=f"{figure.name}.{number}", **fields))
    return found
