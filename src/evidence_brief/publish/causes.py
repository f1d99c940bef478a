"""Why two versions differ: because of the source, the study file, the method, the environment, or the template.

The study of the old version is checked once more by what checks the new one. What differs then is due to the method
or the environment; what differs from there to the new version is due to the source or the study file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence_brief.publish.changes import CAUSES, Cause, Change, compare
from evidence_brief.publish.renames import renamed, renames
from evidence_brief.publish.snapshot import Snapshot
from evidence_brief.publish.study_texts import is_only_reprinted, is_reprinted

_SUM = re.compile(r"\b[0-9a-f]{64}\b")
LEDGER = "ledger"
"""The name of the sum of all verdicts, among those of the documents."""

_APART = ("evidence-brief", "quarto")
"""No part of the environment that makes a difference: the code has its own sum, and the engine changes looks alone."""


@dataclass(frozen=True)
class Made:
    """A version, or what would become one: its ledger, the sums of its inputs, and the texts that people wrote.

    `files` holds the sums of the inputs by path; `people` the text of each file in `data/<study>/` by its name,
    `sources` which of them are sources; `documents` the sums of what each document says.
    """

    ledger: Snapshot
    files: Mapping[str, str]
    people: Mapping[str, str]
    sources: frozenset[str]
    code: str
    packages: Mapping[str, str]
    documents: Mapping[str, str]


def groups(old: Made, new: Made) -> tuple[Cause, ...]:
    """Which kinds of inputs differ between the two."""
    names = {*old.people, *new.people}
    sources = old.sources | new.sources
    found: dict[Cause, bool] = {
        "source": any(old.people.get(name) != new.people.get(name) for name in names & sources),
        "study file": any(_own(old, name) != _own(new, name) for name in names - sources),
        "method": old.code != new.code,
        "environment": _tools(old) != _tools(new),
        "template": _templates(old) != _templates(new),
    }
    return tuple(cause for cause in CAUSES if found[cause])


def _own(made: Made, name: str) -> str | None:
    """A file beside the sources; the sums of sources that it holds change with these, and say nothing of their own."""
    text = made.people.get(name)
    return None if text is None else _SUM.sub("", text)


def _tools(made: Made) -> dict[str, str]:
    return {name: version for name, version in made.packages.items() if name not in _APART}


def _templates(made: Made) -> dict[str, str]:
    return {path: known for path, known in made.files.items() if not path.startswith("data/") and ".lock" not in path}


def changed_files(old: Made, new: Made) -> list[str]:
    """The inputs whose bytes differ, by path."""
    return sorted(path for path in {*old.files, *new.files} if old.files.get(path) != new.files.get(path))


def changed_tools(old: Made, new: Made) -> list[str]:
    """What differs in the tools: the package's own code, and packages as "numpy 2.4.1 → 2.5.0".

    Quarto is none of them: which engine there will be is not known yet when two versions are compared.
    """
    one, two = old.packages, new.packages
    names = sorted(name for name in {*one, *two} - {"quarto"} if one.get(name) != two.get(name))
    code = ["evidence-brief (its code)"] if old.code != new.code else []
    return [*code, *(f"{name} {one.get(name, 'absent')} → {two.get(name, 'absent')}" for name in names)]


def changes(old: Made, new: Made, between: Snapshot | None) -> list[Change]:
    """Every difference with its causes. `between` is the old study as the new code checks it; None where it cannot."""
    differ = groups(old, new)
    found = compare(old.ledger, new.ledger)
    tools: tuple[Cause, ...] = tuple(cause for cause in differ if cause in ("method", "environment"))
    inputs: tuple[Cause, ...] = tuple(cause for cause in differ if cause in ("source", "study file"))
    if between is None:
        return [replace(change, causes=(*inputs, *tools)) for change in found] or _words_alone(old, new, differ)
    names = renames(old.ledger, new.ledger)
    before, again = renamed(old.ledger, names), renamed(between, names)
    by_tools = {(change.what, change.id) for change in compare(before, again)}
    by_inputs = {(change.what, change.id) for change in compare(again, new.ledger)}
    by_inputs |= {(change.what, change.id) for change in found if change.was is not None}
    causes = _Inputs(old, new, inputs, found)
    found = [
        replace(change, causes=_sorted(
            *(tools if (change.what, change.id) in by_tools else ()),
            *(causes.of(change) if (change.what, change.id) in by_inputs else ()),
        ))
        for change in found
    ]  # fmt: skip
    return found or _words_alone(old, new, differ)


def _sorted(*causes: Cause) -> tuple[Cause, ...]:
    return tuple(cause for cause in CAUSES if cause in causes)


class _Inputs:
    """Which of the inputs that differ, source and study file, is behind each change."""

    def __init__(self, old: Made, new: Made, inputs: tuple[Cause, ...], found: Sequence[Change]) -> None:
        self.old, self.new, self.inputs = old, new, inputs
        self.texts = tuple(" ".join(made.people.get(name, "") for name in sorted(made.sources)) for made in (old, new))
        self.printed = {change.id: cause for change in found if (cause := self._printed(change)) is not None}
        study_files = (made.people.get("study.yml", "") for made in (old, new))
        self.rewritten = "study file" in inputs and not is_only_reprinted(*study_files)

    def _printed(self, change: Change) -> Cause | None:
        """Why a figure is printed otherwise: a source was corrected, or somebody wrote another claim."""
        if change.what != "figure" or change.old == change.new or not self.inputs:
            return None
        if len(self.inputs) == 1:
            return self.inputs[0]
        claims = (made.ledger.figures.get(change.id) for made in (self.old, self.new))
        before, after = (None if claim is None else claim.quote for claim in claims)
        return "source" if is_reprinted((before, after), *self.texts) else "study file"

    def of(self, change: Change) -> tuple[Cause, ...]:
        """The cause of the figure itself; what follows from others has the causes of those that changed."""
        own = ("study file",) if "study file" in self.inputs else self.inputs
        if change.what == "text":
            return own
        if (cause := self.printed.get(change.id)) is not None and change.what == "figure":
            return (cause, *(own if change.was else ()))
        if change.was and self._name_alone(change):
            return own
        causes = tuple(self.printed.values())
        return (*causes, *(own if self.rewritten or change.was else ())) or self.inputs

    def _name_alone(self, change: Change) -> bool:
        (before, after), (one, two) = change.verdicts, change.recomputed
        return before == after and one == two and not change.flips


def _words_alone(old: Made, new: Made, differ: tuple[Cause, ...]) -> list[Change]:
    """The one change of versions whose figures are the same: what the documents say around them."""
    names = [name for name in new.documents if old.documents.get(name) != new.documents[name]]
    names += [name for name in old.documents if name not in new.documents]
    said = [f"the {name}" for name in names if name != LEDGER]
    if said:
        return [Change("text", "words", f"Words of {joined(said)}", None, None, causes=differ)]
    return [Change("text", "order", "Order of the figures", None, None, causes=differ)] if names else []


def joined(names: Sequence[str], word: str = "and") -> str:
    """Names as a sentence lists them: "a, b and c"."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)
