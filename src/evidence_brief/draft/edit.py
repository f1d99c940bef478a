"""Edits of a study file that leave every byte alone but those that they are about: comments, order and style stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from evidence_brief.draft import spans
from evidence_brief.draft.spans import Edit
from evidence_brief.draft.yaml_text import Value, in_braces, item
from evidence_brief.folders import write_whole
from evidence_brief.study.model import StudyFile
from evidence_brief.study.yaml_lines import Document, document_of, text_of

FIRST = ""
"""The place before all claims."""

_ONE = ("count", "of", "within", "restates")
_SEVERAL = ("compares", "parts", "product", "discordant")
_NEEDS = {"compares": ("paired", "discordant"), "within": ("every",)}
"""What a claim cannot say without another field."""


class StudyText:
    """The text of a study file, to be edited. Claims are named by their ids; KeyError where there is none such.

    Edits check no meaning: `load_study(folder, text=study.text())` says what is wrong with the result.
    """

    def __init__(self, text: str, name: str = "study.yml") -> None:
        self.name = name
        self._bom = "\ufeff" if text.startswith("\ufeff") else ""
        self._text = text.removeprefix("\ufeff")
        self._tree: MappingNode | None = None
        self.document()  # what is no plain YAML is refused

    @classmethod
    def load(cls, path: Path, name: str = "study.yml") -> StudyText:
        """Read a study file, called `name` in messages. Raises InvalidStudy where it is no YAML of a study file."""
        return cls(text_of(path, name, keep=True), name)

    def text(self) -> str:
        """The whole text, with the byte order mark and the line ends that it had."""
        return self._bom + self._text

    def save(self, path: Path) -> None:
        """Write it in one step. Raises OSError."""
        write_whole(path, self.text().encode())

    def document(self) -> Document:
        """The study as plain data, and the lines of its parts."""
        return document_of(self._text.replace("\r\n", "\n"), self.name)

    def claims(self) -> dict[str, dict[str, Any]]:
        """The claims as they stand there, by id."""
        return {str(claim["id"]): claim for claim in self.document().data.get("claims") or ()}

    def set_claim(self, id: str, fields: Mapping[str, Value | None]) -> None:
        """Set fields of a claim: what it has is replaced where it stands, other is added; None takes a field out.

        Another `id` is not told to claims that refer to it: `rename_claim` does so.
        """
        self._set([(self._claim(id), fields)])

    def set_status(self, ids: Iterable[str], status: str | None) -> None:
        """Set `status` of claims; None takes it out, as if a person had written them."""
        self._set([(self._claim(id), {"status": status}) for id in ids])

    def add_claim(self, fields: Mapping[str, Value], after: str | None = None) -> None:
        """Add a claim behind another one, or at the end."""
        self.add_claims([fields], after)

    def add_claims(self, several: Sequence[Mapping[str, Value]], after: str | None = None) -> None:
        """Add claims behind another one, or at the end."""
        self.add_claims_at([(after, several)])

    def add_claims_at(self, places: Iterable[tuple[str | None, Sequence[Mapping[str, Value]]]]) -> None:
        """Add claims at several places: behind the claim that each names, before all of them (FIRST), or at the end."""
        claims = self._list("claims")
        at: dict[str | None, int] = {
            _field(node, "id"): i for i, node in enumerate(claims.value, 1) if isinstance(node, MappingNode)
        }
        at[FIRST] = 0
        edits = [
            spans.items_added(self._text, claims, len(claims.value) if after is None else at[after], several)
            for after, several in places
            if several
        ]
        self._apply(edits)

    def remove_claim(self, id: str) -> None:
        """Take a claim out, and every reference to it."""
        self._claim(id)
        self._set(list(self._without(id)))
        self._forget_accepted(id)
        self._remove(id)

    def rename_claim(self, id: str, new: str) -> None:
        """Give a claim another id, also where others refer to it."""
        node = self._claim(id)
        own = next(value for key, value in node.value if key.value == "id")
        self._apply(spans.replaced(self._text, each, new, "id") for each in [own, *self._references(id)])

    def merge_claims(self, id: str, other: str) -> None:
        """Make one claim of two: `id` takes the fields that it lacks from `other`, and its references; `other` goes."""
        self._set([(node, fields) for node, fields in self._without(id) if node is self._claim(other)])
        self._set([(node, fields) for node, fields in self._without(other) if _names_both(node, id, other)])
        claims = self.claims()
        own = {key: value for key, value in claims[other].items() if key not in claims[id] and key != "occurrence"}
        own.pop("status", None)
        self._apply(spans.replaced(self._text, node, id, "id") for node in self._references(other))
        self._remove(other)
        self.set_claim(id, own)

    def exclude(self, quote: str, reason: str, occurrence: int | None = None, source: str | None = None) -> None:
        """Leave a passage out, with a reason."""
        fields: dict[str, Value | None] = {"source": source, "quote": quote, "occurrence": occurrence, "reason": reason}
        self.exclude_several([{key: value for key, value in fields.items() if value is not None}])

    def exclude_several(self, several: Sequence[Mapping[str, Value]]) -> None:
        """Leave passages out: the fields of each exclusion."""
        node = self._top("exclusions")
        if isinstance(node, SequenceNode):
            self._apply([spans.items_added(self._text, node, len(node.value), several)])
        else:
            self._apply([self._section("exclusions", node, "\n".join(item(each) for each in several))])

    def add_group(self, name: str, label: str, n: str | None = None) -> None:
        """Add a group of patients, whose number is the claim `n`."""
        self._entry("groups", name, {"label": label} | ({"n": n} if n else {}))

    def set_group(self, name: str, fields: Mapping[str, Value | None]) -> None:
        """Set fields of a group; None takes one out."""
        self._set([(self._group(name), fields)])

    def merge_groups(self, name: str, other: str) -> None:
        """Make one group of two: all that names `other` names `name`; the entry of `other` goes."""
        self._group(name)
        self._group(other)
        self._apply(spans.replaced(self._text, node, name, "group") for node in self._naming(other))
        groups = self._top("groups")
        assert isinstance(groups, MappingNode)
        self._apply(spans.fields_changed(self._text, groups, {other: None}))

    def add_scale(self, name: str, label: str) -> None:
        """Add a scale."""
        self._entry("scales", name, {"label": label})

    def _group(self, name: str) -> MappingNode:
        groups = self._top("groups")
        for key, value in groups.value if isinstance(groups, MappingNode) else ():
            if key.value == name and isinstance(value, MappingNode):
                return value
        raise KeyError(name)

    def _naming(self, group: str) -> Iterator[Node]:
        """Every place that names a group."""
        groups = self._top("groups")
        entries = [node for _, node in groups.value] if isinstance(groups, MappingNode) else []
        for nodes, field in ((self._list("claims").value, "group"), (entries, "parts")):
            for key, value in (pair for node in nodes if isinstance(node, MappingNode) for pair in node.value):
                for one in value.value if isinstance(value, SequenceNode) else [value]:
                    if key.value == field and one.value == group:
                        yield one

    def _entry(self, key: str, name: str, fields: Mapping[str, Value]) -> None:
        node = self._top(key)
        if isinstance(node, MappingNode):
            self._apply([spans.entry_added(self._text, node, name, fields)])
        else:
            self._apply([self._section(key, node, in_braces(fields, f"  {name}: ", len(name) + 4))])

    def _section(self, key: str, node: Node | None, lines: str) -> Edit:
        """A part of the file that is not there yet, or stands there empty, at its usual place."""
        if node is not None:
            at = spans.line_end(self._text, spans.start_of(node))
            return Edit(at, at, f"\n{lines}")
        order = list(StudyFile.model_fields)
        before = [value for name, value in self._root.value if name.value in order[: order.index(key)]]
        if not before:
            return Edit(start := spans.start_of(self._root), start, f"{key}:\n{lines}\n\n")
        at = spans.line_end(self._text, max(spans.end_of(self._text, value) for value in before))
        return Edit(at, at, f"\n\n{key}:\n{lines}")

    def _set(self, wishes: Iterable[tuple[MappingNode, Mapping[str, Value | None]]]) -> None:
        """Change and take out fields of mappings, then add those that they lack."""
        wishes = [(node, fields) for node, fields in wishes if fields]
        places = [(self._where(node), fields) for node, fields in wishes]
        self._apply(e for node, fields in wishes for e in spans.fields_changed(self._text, node, fields))
        edits = []
        for place, fields in places:
            node = self._root
            for step in place:
                node = node.value[step][1] if isinstance(node, MappingNode) else node.value[step]
            has = {key.value for key, _ in node.value}
            if new := {key: value for key, value in fields.items() if value is not None and key not in has}:
                edits.append(spans.fields_added(self._text, node, new))
        self._apply(edits)

    def _where(self, wanted: Node) -> tuple[int, ...]:
        """The way to an entry of one of the parts of the file."""
        for i, (_, part) in enumerate(self._root.value):
            if not isinstance(part, ScalarNode):
                for j, each in enumerate(part.value):
                    if wanted is (each[1] if isinstance(each, tuple) else each):
                        return i, j
        raise ValueError("the node is not of this text")

    def _apply(self, edits: Iterable[Edit]) -> None:
        self._text = spans.applied(self._text, edits)
        self._tree = None

    def _remove(self, id: str) -> None:
        claims = self._list("claims")
        self._apply([spans.item_removed(self._text, claims, claims.value.index(self._claim(id)))])

    @property
    def _root(self) -> MappingNode:
        if self._tree is None:
            self._tree = YAML(typ="rt").compose(self._text)
        assert isinstance(self._tree, MappingNode)
        return self._tree

    def _top(self, key: str) -> Node | None:
        return next((value for name, value in self._root.value if name.value == key), None)

    def _list(self, key: str) -> SequenceNode:
        node = self._top(key)
        if not isinstance(node, SequenceNode):
            raise KeyError(key)
        return node

    def _claim(self, id: str) -> MappingNode:
        for node in self._list("claims").value:
            if isinstance(node, MappingNode) and _field(node, "id") == id:
                return node
        raise KeyError(id)

    def _references(self, id: str) -> Iterator[Node]:
        """Every place that refers to a claim."""
        for node, names in self._referring():
            for key, value in node.value:
                for each in [value] if isinstance(value, ScalarNode) else value.value:
                    if key.value in names and isinstance(each, ScalarNode) and each.value == id:
                        yield each

    def _referring(self) -> Iterator[tuple[MappingNode, tuple[str, ...]]]:
        """Every entry that may refer to a claim, and the fields in which it does."""
        for key, names in (("claims", (*_ONE, *_SEVERAL)), ("groups", ("n",)), ("accepted", ("claims",))):
            part = self._top(key)
            for each in part.value if isinstance(part, SequenceNode | MappingNode) else ():
                node = each[1] if isinstance(each, tuple) else each
                if isinstance(node, MappingNode):
                    yield node, names

    def _without(self, id: str) -> Iterator[tuple[MappingNode, dict[str, Value | None]]]:
        """What claims and groups say when they do not speak of a claim any more."""
        for node, names in self._referring():
            fields: dict[str, Value | None] = {}
            for key, value in node.value:
                if key.value not in names or "claims" in names:
                    continue
                found = [value.value] if isinstance(value, ScalarNode) else [each.value for each in value.value]
                if id in found:
                    rest = [each for each in found if each != id]
                    fields[key.value] = rest if len(rest) > 1 else None
                    for other in _NEEDS.get(key.value, ()) if len(rest) < 2 else ():
                        fields[other] = None
            yield node, fields

    def _forget_accepted(self, id: str) -> None:
        """Take out accepted findings of this claim, which are found no more."""
        accepted = self._top("accepted")
        for i, node in reversed(list(enumerate(accepted.value if isinstance(accepted, SequenceNode) else ()))):
            claims = next((value for key, value in node.value if key.value == "claims"), None)
            if isinstance(claims, SequenceNode) and id in [each.value for each in claims.value]:
                list_ = self._list("accepted")
                self._apply([spans.item_removed(self._text, list_, i)])


def _names_both(node: MappingNode, id: str, other: str) -> bool:
    """Whether the entry is of the one claim, or has both in one list: then it cannot name one for the other."""
    lists = [[each.value for each in value.value] for _, value in node.value if isinstance(value, SequenceNode)]
    return _field(node, "id") == id or any(id in found and other in found for found in lists)


def _field(node: MappingNode, name: str) -> str | None:
    return next((str(value.value) for key, value in node.value if key.value == name), None)
