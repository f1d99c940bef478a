"""Reading the RO-Crate of a version with distrust: whatever stands in it gives problems, never a traceback."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from urllib.parse import unquote

from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.crate import CONTEXT, PROFILE, ROOT, Entity, id_of
from evidence_brief.publish.files import MANIFEST, File, fault_of_path
from evidence_brief.study.fields import ID

_MEND = "restore the manifest from where the version was published; it is never edited by hand"
SUM = "a sha256: 64 of the signs 0 to 9 and a to f"


class _Repeated(ValueError):
    """A key that stands twice in an object: readers differ in which of its values they take."""


def parse(text: str, name: str) -> Any:
    """The JSON of a manifest. Raises DamagedVersion if it is none."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        found = "a document that is nested too deeply"
    # A number of thousands of digits is a ValueError too.
    except ValueError as error:
        found = str(error)
    raise DamagedVersion(Problem(name, "this is no JSON", expected="an RO-Crate", found=found, mend=_MEND))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = Counter(key for key, _ in pairs)
    if twice := [key for key, count in keys.items() if count > 1]:
        raise _Repeated(f"the key {shown(twice[0])} twice in one object")
    return dict(pairs)


def shown(value: Any) -> str:
    """A value in few words: the innards of a list or an object may have any size and depth."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if isinstance(value, str):
        return repr(value if len(value) <= 80 else value[:80] + "…")
    return "nothing" if value is None else json.dumps(value)[:80]


def is_sum(text: str) -> bool:
    """Whether this is a sha256 in hexadecimal."""
    return re.fullmatch("[0-9a-f]{64}", text) is not None


def is_id(text: str) -> bool:
    """Whether a study can have this name; it becomes part of paths."""
    return len(text) <= 80 and re.fullmatch(ID.strip("^$"), text) is not None


def is_version(text: str) -> bool:
    """Whether this is a version as 1.0; it becomes part of paths."""
    return re.fullmatch(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", text) is not None


def is_date(text: str) -> bool:
    """Whether this is a day of the calendar, as 2026-11-24."""
    try:
        return re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


class Crate:
    """The entities of a manifest by their identifiers, and the problems that reading them has met."""

    def __init__(self, document: Any, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.entities: dict[str, Entity] = {}
        context = document.get("@context") if isinstance(document, dict) else None
        graph = document.get("@graph") if isinstance(document, dict) else None
        if not isinstance(graph, list):
            self.complain("the manifest has no list @graph", "an RO-Crate", document if graph is None else graph)
            raise DamagedVersion(*self.problems)
        if not (isinstance(context, list) and context == CONTEXT):
            self.complain("the @context is another", " and ".join(CONTEXT), context)
        for number, entity in enumerate(graph, start=1):
            self._take(number, entity)
        if PROFILE not in (profiles := self.refs(ROOT, "conformsTo")):
            self.complain("the crate conforms to another profile", PROFILE, ", ".join(profiles) or None)

    def complain(self, message: str, expected: str, found: Any) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.name, message, expected=expected, found=shown(found), mend=_MEND))

    def _take(self, number: int, entity: Any) -> None:
        name = entity.get("@id") if isinstance(entity, dict) else None
        if not isinstance(name, str):
            self.complain(f"entity {number} of @graph has no @id", "an object with a text @id", name or entity)
        elif name in self.entities:
            self.complain("two entities have the same @id", "each entity once", name)
        else:
            self.entities[name] = entity

    def text(self, entity: str, key: str, expected: str, fits: Callable[[str], bool] = bool) -> str:
        """A text of an entity; the empty text, and a problem, if it is none or does not fit."""
        value = self.entities.get(entity, {}).get(key)
        if isinstance(value, str) and _is_unicode(value) and fits(value):
            return value
        what = f"{shown(entity)} has no proper {key}" if entity in self.entities else f"there is no {shown(entity)}"
        self.complain(what, f"{key}: {expected}", value)
        return ""

    def optional(self, entity: str, key: str, expected: str, fits: Callable[[str], bool] = bool) -> str | None:
        """A text of an entity that may be absent, as may the entity."""
        return self.text(entity, key, expected, fits) if key in self.entities.get(entity, {}) else None

    def refs(self, entity: str, key: str) -> list[str]:
        """The identifiers that an entity refers to under the key; what is no reference is a problem."""
        value = self.entities.get(entity, {}).get(key, [])
        names = [
            ref.get("@id") if isinstance(ref, dict) else None for ref in (value if isinstance(value, list) else [value])
        ]
        if not all(isinstance(name, str) for name in names):
            self.complain(f"{shown(entity)} has no proper {key}", "references: objects with a text @id", value)
        return [name for name in names if isinstance(name, str)]

    def of_type(self, kind: str) -> list[str]:
        """The identifiers of all entities of the type, in their order."""
        types = {name: entity.get("@type") for name, entity in self.entities.items()}
        return [name for name, found in types.items() if found == kind or (isinstance(found, list) and kind in found)]

    def files(self) -> dict[str, File]:
        """All files by their paths. The root must have exactly these as its parts."""
        names = self.of_type("File")
        parts = self.refs(ROOT, "hasPart")
        self._compare(parts, names)
        files = {self._path(name): self._file(name) for name in names}
        return {path: file for path, file in files.items() if path}

    def _compare(self, parts: Iterable[str], names: Iterable[str]) -> None:
        listed = Counter(parts)
        for name in sorted(set(names) - set(listed)):
            self.complain("a file is no part of the crate", f"{shown(ROOT)} refers to it under hasPart", name)
        for name in sorted(set(listed) - set(names)):
            self.complain("a part of the crate is not described", "an entity of type File", name)
        for name in sorted(name for name, count in listed.items() if count > 1):
            self.complain("a file is listed twice", f"once under hasPart of {shown(ROOT)}", name)

    def _path(self, name: str) -> str:
        path = unquote(name)
        fault = fault_of_path(path)
        # One path, one identifier: else two entities could be the same file.
        if fault is None and id_of(path) != name:
            fault = "another spelling of it"
        if fault is None:
            return path
        self.complain(f"{shown(name)} cannot be a file: {fault}", f"a path in the version, other than {MANIFEST}", name)
        return ""

    def _file(self, name: str) -> File:
        size = self.text(
            name, "contentSize", "a number of bytes", lambda text: bool(re.fullmatch("0|[1-9][0-9]{0,17}", text))
        )
        return File(self.text(name, "sha256", SUM, is_sum), int(size or 0))


def _is_unicode(text: str) -> bool:
    """Whether the text can be written; JSON can hold halves of surrogate pairs."""
    return not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text)
