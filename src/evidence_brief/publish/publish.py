"""Publish: a new version where what the brief says has changed, and nothing where it has not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from evidence_brief.environment import code_sum, packages
from evidence_brief.errors import PlaceFailed, Problem, UserError
from evidence_brief.freshness import sum_of_file
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.ledger_json import to_json as ledger_json
from evidence_brief.project import Project
from evidence_brief.publish.build import Edition, build, inputs
from evidence_brief.publish.causes import Made, changed_files, changed_tools, changes
from evidence_brief.publish.content import documents
from evidence_brief.publish.lists import settle
from evidence_brief.publish.place import Place
from evidence_brief.publish.recheck import rechecked
from evidence_brief.publish.release import FIRST, RECORD, Number, Release, Since, from_json, to_json
from evidence_brief.publish.shelf import Version, made_of, text_of, versions
from evidence_brief.publish.snapshot import read_snapshot
from evidence_brief.study.load import Study

ATTEMPTS = 5
PATIENCE = 10.0
"""Seconds that another publisher has to finish what it has begun, before its number is passed over."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """What became of one study: the version that is current now, and whether it is new."""

    study: str
    release: Release | None = None
    is_new: bool = False
    error: UserError | None = None


@dataclass(frozen=True)
class Plan:
    """How studies are published: from which project, where to, by which engine, and under which date."""

    project: Project
    place: Place
    engine: str
    date: str


def publish(plan: Plan, study: str, say: Say) -> Published:
    """Publish one study. A user's error is returned, not raised; what was published stays as it was then."""
    try:
        return _publish(plan, study, say)
    except UserError as error:
        return Published(study, error=error)


def _publish(plan: Plan, name: str, say: Say) -> Published:
    say("loading")
    study = plan.project.load(name)
    ledger = make_ledger(study)
    versions(plan.place, name)  # a damaged place is told before minutes of work
    say("comparing")
    made = made_here(plan.project, study, ledger)
    refused: set[Number] = set()
    for _ in range(ATTEMPTS):
        found = versions(plan.place, name)
        if found and found[-1].release.documents == made.documents:
            settle(plan.project, plan.place, name, study.file.title)
            return Published(name, found[-1].release)
        release = _numbered(plan.place, next_release(plan, name, made, found), refused)
        if _added(plan, Edition(study, ledger, release, plan.engine), say):
            settle(plan.project, plan.place, name, study.file.title)
            return Published(name, release, is_new=True)
        refused.add(release.number)
    mend = "run it again when they are done"
    raise PlaceFailed(Problem(plan.place.name, f"others publish {name} again and again; nothing is changed", mend=mend))


def _added(plan: Plan, edition: Edition, say: Say) -> bool:
    with TemporaryDirectory() as temporary:
        out = Path(temporary) / edition.release.number.name
        build(plan.project, edition, out, say)
        say(f"adding {edition.release.number.name}")
        return plan.place.add(edition.study.id, edition.release.number, out)


def made_here(project: Project, study: Study, ledger: Ledger) -> Made:
    """What a comparison needs of the study as it is in the project now."""
    snapshot = read_snapshot(ledger_json(ledger), f"data/{study.id}")
    own, files = f"data/{study.id}/", inputs(project, study.id)
    people = {name.removeprefix(own): path for name, path in files.items() if name.startswith(own)}
    texts = {name: path.read_bytes().decode("utf-8", "replace") for name, path in people.items()}
    sources = frozenset(source.file for source in study.file.sources.values())
    sums = {name: sum_of_file(path) for name, path in files.items()}
    return Made(snapshot, sums, texts, sources, code_sum(), packages(), documents(project, study, ledger))


def next_release(plan: Plan, study: str, made: Made, found: Sequence[Version]) -> Release:
    """The record of the version that follows those found, with what changed since each of them, newest first."""
    since = tuple(since_version(plan.place, version, made) for version in reversed(found))
    first = Release(study, FIRST, plan.date, made.documents, since)
    return replace(first, number=found[-1].number.next(first.kind)) if found else first


def since_version(place: Place, version: Version, made: Made) -> Since:
    """What changed since one version, and why."""
    old = made_of(place, version)
    same = (old.code, old.packages) == (made.code, made.packages)
    between = old.ledger if same else rechecked(place, version)
    return Since(
        str(version.number),
        version.release.date,
        tuple(changes(old, made, between)),
        tuple(changed_files(old, made)),
        tuple(changed_tools(old, made)),
    )


def _numbered(place: Place, release: Release, refused: Collection[Number]) -> Release:
    """The release under a number that nobody has begun; under its own, where the very same was begun and left.

    What was refused was begun with other bytes, though the record is the same: its number is passed over.
    """
    deadline = monotonic() + PATIENCE
    while release.number in (begun := place.begun(release.study)):
        left = from_json(text_of(place, f"{release.study}/{release.number.name}/{RECORD}"), RECORD)
        again = replace(release, date=left.date)
        if to_json(again) == to_json(left) and release.number not in refused:
            return again
        if monotonic() > deadline:
            return replace(release, number=max(begun).next(release.kind))
        sleep(1)
    return release
