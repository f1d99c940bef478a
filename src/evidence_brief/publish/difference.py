"""What changed between any two versions, or between a version and the study as it is now."""

from __future__ import annotations

from collections.abc import Callable

from evidence_brief.environment import code_sum, packages
from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.ledger import make_ledger
from evidence_brief.project import Project
from evidence_brief.publish.causes import changed_files, changed_tools, changes
from evidence_brief.publish.place import Place
from evidence_brief.publish.publish import made_here, since_version
from evidence_brief.publish.recheck import rechecked
from evidence_brief.publish.release import Since
from evidence_brief.publish.shelf import made_of, read_version
from evidence_brief.publish.wanted import resolve


def difference(place: Place, project: Callable[[], Project] | None, study: str, old: str, new: str) -> Since:
    """What changed since the version `old` until `new`, which is "draft" where a project is given.

    Two versions that follow each other are compared as their redline does. Raises InvalidStudy for a version that is
    not there, DamagedVersion for one that cannot be read.
    """
    first = read_version(place, study, resolve(place, study, old))
    if project is not None:
        here = project()
        loaded = here.load(study)
        return since_version(place, first, made_here(here, loaded, make_ledger(loaded)))
    second = read_version(place, study, resolve(place, study, new))
    if first.number == second.number:
        one = f"{study}@{second.number.name}"
        both = f"{old} and {new} both name {second.number.name}"
        raise InvalidStudy(Problem(one, "is compared with itself", found=both, mend="name two versions"))
    known = [since for since in second.release.since if since.version == str(first.number)]
    if known:
        return known[0]
    before, after = made_of(place, first), made_of(place, second)
    same = (before.code, before.packages) == (after.code, after.packages)
    as_here = (after.code, after.packages) == (code_sum(), packages())
    between = before.ledger if same else rechecked(place, first) if as_here else None
    found = changes(before, after, between)
    files, tools = changed_files(before, after), changed_tools(before, after)
    return Since(str(first.number), first.release.date, tuple(found), tuple(files), tuple(tools))
