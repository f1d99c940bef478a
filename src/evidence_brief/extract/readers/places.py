"""What an element is called, what text is in it, and where it stands in its file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from evidence_brief.extract.readers.signs import collapsed, seen


def local(element: Any) -> str:
    """The name of an element without its namespace; "" of a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def text_of(element: Any) -> str:
    """All the text inside an element on one line, for a title or a name."""
    return collapsed(seen("".join(element.itertext())))


class Places:
    """Where an element stands: its line, and the path of elements to it."""

    def __init__(self, from_ids: bool) -> None:
        self._steps: dict[Any, str] = {}
        self._paths: dict[Any, str] = {}
        self._from_ids = from_ids

    def of(self, element: Any) -> str:
        """The place in words, with the path from the nearest element that has an id where ids are short paths."""
        return f"line {element.sourceline}, {self._path(element)}"

    def _path(self, element: Any) -> str:
        below: list[Any] = []
        at = element
        while at is not None and at not in self._paths:
            below.append(at)
            at = at.getparent()
        path = "" if at is None else self._paths[at]
        for one in reversed(below):
            named = self._from_ids and one.get("id")
            path = f"#{one.get('id')[:60]}" if named else f"{path}/{self._step(one)}"
            self._paths[one] = path
        return path

    def _step(self, element: Any) -> str:
        parent = element.getparent()
        if parent is None:
            return local(element)
        if element not in self._steps:
            totals, seen = Counter(local(child) for child in parent), Counter[str]()
            for child in parent:
                tag = local(child)
                seen[tag] += 1
                self._steps[child] = tag if totals[tag] == 1 else f"{tag}[{seen[tag]}]"
        return self._steps[element]
