"""Why two versions differ: because of the source, the study file, the method, the environment, or the template.

The study of the old version is checked once more by what checks the new one. What differs then is due to the method
or the environment; what differs from there to the new version is due to the source or the study file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence_brief.publish.changes import CAUSES, Cause, Change, compare
from evidence_brief.publish.snapshot import Snapshot

_SUM = re.compile(r"\b[0-9a-f]{64}\b")
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
    """The packages whose version differs: "numpy 2.4.1 → 2.5.0"."""
    one, two = old.packages, new.packages
    names = sorted(name for name in {*one, *two} if one.get(name) != two.get(name))
    return [f"{name} {one.get(name, 'absent')} → {two.get(name, 'absent')}" for name in names]


def changes(old: Made, new: Made, between: Snapshot | None) -> list[Change]:
    """Every difference with its causes. `between` is the old study as the new code checks it; None where it cannot."""
    differ = groups(old, new)
    found = compare(old.ledger, new.ledger)
    tools: tuple[Cause, ...] = tuple(cause for cause in differ if cause in ("method", "environment"))
    inputs: tuple[Cause, ...] = tuple(cause for cause in differ if cause in ("source", "study file"))
    if between is None:
        found = [replace(change, causes=(*inputs, *tools)) for change in found]
    else:
        by_tools, by_inputs = (_ids(compare(*pair)) for pair in ((old.ledger, between), (between, new.ledger)))
        own = {change.id: _own_cause(change, old, new, inputs) for change in found if change.what == "figure"}
        found = [
            replace(change, causes=_sorted(
                *(tools if (change.what, change.id) in by_tools else ()),
                *(_input_causes(change, own, inputs) if (change.what, change.id) in by_inputs else ()),
            ))
            for change in found
        ]  # fmt: skip
    return found or _words_alone(old, new, differ)


def _ids(changes: Sequence[Change]) -> set[tuple[str, str]]:
    return {(change.what, change.id) for change in changes}


def _sorted(*causes: Cause) -> tuple[Cause, ...]:
    return tuple(cause for cause in CAUSES if cause in causes)


def _own_cause(change: Change, old: Made, new: Made, inputs: tuple[Cause, ...]) -> Cause | None:
    """Why a printed figure itself changed: its quote is gone from the sources, or somebody wrote another claim."""
    if len(inputs) == 1:
        return inputs[0] if change.old != change.new else None
    if change.old == change.new or not inputs:
        return None
    claim = old.ledger.figures.get(change.id)
    text = " ".join(" ".join(new.people.get(name, "") for name in sorted(new.sources)).split())
    return "source" if claim is not None and " ".join(claim.quote.split()) not in text else "study file"


def _input_causes(change: Change, own: Mapping[str, Cause | None], inputs: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """The cause of the figure itself; what follows from others has the causes of those that changed."""
    if change.what == "figure" and (cause := own[change.id]) is not None:
        return (cause,)
    causes = tuple(cause for cause in own.values() if cause is not None)
    return causes or inputs


def _words_alone(old: Made, new: Made, differ: tuple[Cause, ...]) -> list[Change]:
    """The one change of versions whose figures are the same: what the documents say around them."""
    names = [name for name in new.documents if old.documents.get(name) != new.documents[name]]
    names += [name for name in old.documents if name not in new.documents]
    if not names:
        return []
    return [Change("text", "words", f"Words of {', '.join(names)}", None, None, causes=differ)]
