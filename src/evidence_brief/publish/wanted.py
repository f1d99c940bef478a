"""Which versions a person names: in a place by study and number, or folders that were downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from evidence_brief.errors import DamagedVersion, InvalidStudy, Problem
from evidence_brief.publish.manifest import MANIFEST
from evidence_brief.publish.place import Place, numbers
from evidence_brief.publish.release import NAME, Number
from evidence_brief.publish.shelf import listed


@dataclass(frozen=True)
class Wanted:
    """A version to verify: in a place by study and number, or a folder that was downloaded."""

    name: str
    study: str = ""
    number: Number | None = None
    folder: Path | None = None


def wanted(place: Place, names: Sequence[str]) -> list[Wanted]:
    """What is named: `study@v1.0`, `study@v1` (its newest), `study` (all versions), a folder; without names, all.

    Raises InvalidStudy for what is not there, all of it together.
    """
    found: list[Wanted] = []
    problems: list[Problem] = []
    for name in names or place.studies():
        if "@" not in name and (Path(name) / MANIFEST).is_file():
            found.append(Wanted(name, folder=Path(name)))
            continue
        study, _, version = name.partition("@")
        there = _there(place, study)
        chosen = [number for number in there if not version or version in _names(number)]
        chosen = chosen[-1:] if version else chosen
        found += [Wanted(f"{study}@{number.name}", study, number) for number in chosen]
        if not chosen:
            expected = ", ".join(f"{study}@{number.name}" for number in there) or None
            message = f"{place.name} holds no such version"
            mend = "name one that is there, another place with --from, or the folder of a version"
            problems.append(Problem(name, message, expected=expected, mend=mend))
    if problems:
        raise InvalidStudy(*problems)
    return found


def _there(place: Place, study: str) -> list[Number]:
    """The versions of a study that stand there, and those that its list names: they stood there once."""
    there = set(place.versions(study))
    with suppress(DamagedVersion):  # it is told with each version
        there |= set(numbers(list(listed(place, study))))
    return sorted(there)


def _names(number: Number) -> tuple[str, ...]:
    """What a person may call it: v1.0, 1.0, and v1 or 1 for the newest with that first part."""
    return (number.name, str(number), f"v{number.major}", str(number.major))


def resolve(place: Place, study: str, version: str) -> Number:
    """The version of a study that a person names. Raises InvalidStudy."""
    if not NAME.fullmatch(version):
        message = "is no version"
        raise InvalidStudy(Problem(f"{study}@{version}", message, expected="v1.0, or v1 for its newest", found=version))
    number = wanted(place, [f"{study}@{version}"])[0].number
    assert number is not None
    return number
