"""Publish: a new version where what the brief says has changed, and nothing where it has not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from time import monotonic, sleep

from evidence_brief.accepted import require_confirmed
from evidence_brief.environment import code_sum, packages
from evidence_brief.errors import DamagedVersion, PlaceFailed, Problem, UserError, failing_as_user_error
from evidence_brief.folders import own_folder
from evidence_brief.freshness import sum_of_file
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.ledger_json import to_json as ledger_json
from evidence_brief.project import Project
from evidence_brief.publish.build import INSIDE, Edition, build, inputs
from evidence_brief.publish.causes import Made, changed_files, changed_tools, changes
from evidence_brief.publish.content import documents
from evidence_brief.publish.lists import settle
from evidence_brief.publish.place import Place
from evidence_brief.publish.recheck import rechecked
from evidence_brief.publish.release import FIRST, RECORD, Number, Release, Since, from_json, to_json
from evidence_brief.publish.shelf import Version, made_of, text_of, versions
from evidence_brief.publish.snapshot import read_snapshot
from evidence_brief.publish.verify import verify
from evidence_brief.publish.wanted import Wanted
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
    """How studies are published: from which project, where to, by which engine, and under which date.

    A date that a person gives (`dated`) must not be before the newest version; that of a clock which is wrong is
    the newest version's. Studies with figures that nobody has confirmed are published with `drafts` alone.
    """

    project: Project
    place: Place
    engine: str
    date: str
    dated: bool = True
    drafts: bool = False


def publish(plan: Plan, study: str, say: Say, *, dry: bool = False) -> Published:
    """Publish one study, or with `dry` only tell what would be published.

    A user's error is returned, not raised; what was published stays as it was then.
    """
    try:
        with failing_as_user_error():
            return _publish(plan, study, say, dry)
    except UserError as error:
        return Published(study, error=error)


def _publish(plan: Plan, name: str, say: Say, dry: bool) -> Published:
    say("loading")
    study = plan.project.load(name)
    if not plan.drafts:
        require_confirmed(plan.project.data / name, study)
    ledger = make_ledger(study)
    say("comparing")
    made = made_here(plan.project, study, ledger, versions(plan.place, name)[-1:])
    failed: set[Number] = set()
    for _ in range(ATTEMPTS):
        found = versions(plan.place, name)
        if found and found[-1].release.documents == made.documents:
            if not dry:
                settle(plan.project, plan.place, name, study.file.title)
            return Published(name, found[-1].release)
        _require_sound(plan, found)
        following = next_release(plan, name, made, found)
        if dry:
            return Published(name, following, is_new=True)
        if (release := _numbered(plan.place, following, failed)) is None:
            continue
        if _added(plan, Edition(study, ledger, release, plan.engine), say):
            settle(plan.project, plan.place, name, study.file.title)
            return Published(name, release, is_new=True)
        failed.add(release.number)
    mend = "run it again when they are done"
    raise PlaceFailed(Problem(plan.place.name, f"others publish {name} again and again; nothing is changed", mend=mend))


def _require_sound(plan: Plan, found: Sequence[Version]) -> None:
    """Raise DamagedVersion where a version is not as it was published, and PlaceFailed for a date before the newest.

    A new version tells what changed since each of them.
    """
    if not found:
        return
    study, newest = found[-1].release.study, found[-1].release
    every = [Wanted(f"{study}@{version.number.name}", study, version.number) for version in found]
    states = [verify(plan.place, one, anew=False, kept=None, say=lambda stage: None) for one in every]
    if problems := [problem for state in states if state.error for problem in state.error.problems]:
        raise DamagedVersion(*problems)
    if plan.dated and plan.date < newest.date:
        message = "the new version would be older than the newest one"
        mend = "give a later --date"
        where = f"{plan.place.name}/{study}"
        raise PlaceFailed(Problem(where, message, expected=f"{newest.date} or later", found=plan.date, mend=mend))


def _added(plan: Plan, edition: Edition, say: Say) -> bool:
    with own_folder(plan.project.workshop / "jobs", "job-") as made:
        out = made / edition.release.number.name
        build(plan.project, edition, out, say)
        say(f"adding {edition.release.number.name}")
        return plan.place.add(edition.study.id, edition.release.number, out)


def made_here(project: Project, study: Study, ledger: Ledger, known: Sequence[Version] = ()) -> Made:
    """What a comparison needs of the study as it is in the project now.

    Where a known version was made from the very same, its sums are taken: the same inputs say the same.
    """
    snapshot = read_snapshot(ledger_json(ledger), f"data/{study.id}")
    own, files = f"data/{study.id}/", inputs(project, study.id)
    people = {name.removeprefix(own): path for name, path in files.items() if name.startswith(own)}
    texts = {name: path.read_bytes().decode("utf-8", "replace") for name, path in people.items()}
    sources = frozenset(name for source in study.file.sources.values() for name in source.files())
    sums = {name: sum_of_file(path) for name, path in files.items()}
    same = [version for version in known if _made_from(version, sums)]
    says = same[0].release.documents if same else documents(project, study, ledger)
    return Made(snapshot, sums, texts, sources, code_sum(), packages(), says)


def _made_from(version: Version, inputs: Mapping[str, str]) -> bool:
    """Whether exactly these inputs made the version, by exactly what runs here (the engine changes no words)."""
    manifest = version.manifest
    before = {path: file.sha256 for path, file in manifest.files.items() if path.startswith(f"{INSIDE}/")}
    tools = {name: known for name, known in manifest.packages.items() if name != "quarto"}
    return before == {f"{INSIDE}/{name}": known for name, known in inputs.items()} and (manifest.code, tools) == (
        code_sum(),
        packages(),
    )


def next_release(plan: Plan, study: str, made: Made, found: Sequence[Version]) -> Release:
    """The record of the version that follows those found, with what changed since each of them, newest first."""
    since = tuple(since_version(plan.place, version, made) for version in reversed(found))
    following = found[-1].number.next("major" if since[0].is_major else "minor") if found else FIRST
    date = max(plan.date, found[-1].release.date) if found else plan.date
    return Release(study, following, date, made.documents, since)


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


def _numbered(place: Place, release: Release, failed: Set[Number]) -> Release | None:
    """The release under a number that nobody has begun; under its own, where the very same was begun and left.

    None where somebody has finished meanwhile. What could not be completed under a number in `failed` has the same
    record and other files: another engine or other packages made it.
    """
    deadline = monotonic() + PATIENCE
    waited = False
    while release.number in (begun := place.begun(release.study)):
        again = _left(place, release)
        if again is not None and release.number not in failed:
            return again
        if monotonic() > deadline:
            return replace(release, number=max(begun).next(release.kind))
        waited = True
        sleep(1)
    return None if waited else release


def _left(place: Place, release: Release) -> Release | None:
    """The release under the date of one that was begun, where that is the same otherwise and its record is whole."""
    try:
        left = from_json(text_of(place, f"{release.study}/{release.number.name}/{RECORD}"), RECORD)
    except DamagedVersion:
        return None
    again = replace(release, date=left.date)
    return again if to_json(again) == to_json(left) else None
