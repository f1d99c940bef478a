"""Where the parts of a YAML text stand, and the smallest changes of it that set, add or take out one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from evidence_brief.draft.yaml_text import QUOTED, WIDTH, Value, encoded, in_braces, item, pairs

Fields = Mapping[str, Value]
Pair = tuple[Node, Node]


@dataclass(frozen=True)
class Edit:
    """A span of the text, and what stands there instead."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits, whose spans do not overlap; new lines end as those of the text do."""
    ends = "\r\n" if "\r\n" in text else "\n"
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text.replace("\n", ends) + text[edit.end :]
    return text


def start_of(node: Node) -> int:
    """Where the node begins."""
    return int(node.start_mark.index)


def end_of(text: str, node: Node) -> int:
    """Where what the node says ends: comments and empty lines behind it are no part of it."""
    assert isinstance(node, ScalarNode | SequenceNode | MappingNode)
    if isinstance(node, ScalarNode) or node.flow_style or not node.value:
        end = int(node.end_mark.index)
        is_block = isinstance(node, ScalarNode) and node.style in ("|", ">")
        return len(text[:end].rstrip()) if is_block else end
    last = node.value[-1]
    return end_of(text, last[1] if isinstance(last, tuple) else last)


def line_end(text: str, position: int) -> int:
    """Where the line of the position ends, before its line break."""
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" and end > position else end


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _behind_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def _column(text: str, position: int) -> int:
    return position - _line_start(text, position)


def replaced(text: str, node: Node, value: Value, key: str) -> Edit:
    """Another value in the place of one."""
    return Edit(start_of(node), end_of(text, node), encoded(value, key in QUOTED))


def fields_changed(text: str, node: MappingNode, fields: Mapping[str, Value | None]) -> Iterator[Edit]:
    """Replace the fields that the mapping has already; None takes one out."""
    gone: list[int] = []
    for i, (key, value) in enumerate(node.value):
        new = fields.get(key.value)
        if new is not None:
            yield replaced(text, value, new, key.value)
        elif key.value in fields:
            gone.append(i)
    yield from _taken_out(text, node, gone)


def _taken_out(text: str, node: MappingNode, gone: Sequence[int]) -> Iterator[Edit]:
    found: Sequence[Pair] = node.value
    if not node.flow_style:
        for i in gone:
            start, end = start_of(found[i][0]), end_of(text, found[i][1])
            if i == 0 and len(found) > 1:  # what stands behind the dash
                yield Edit(start, start_of(found[1][0]), "")
            else:
                yield Edit(_line_start(text, start), _behind_line(text, end), "")
        return
    for first, last in _in_a_row(gone):
        if last + 1 < len(found):
            yield Edit(start_of(found[first][0]), start_of(found[last + 1][0]), "")
        else:
            start = end_of(text, found[first - 1][1]) if first else start_of(found[0][0])
            yield Edit(start, end_of(text, found[last][1]), "")


def _in_a_row(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    first = last = -1
    for number in numbers:
        if first >= 0 and number != last + 1:
            yield first, last
            first = number
        first = number if first < 0 else first
        last = number
    if first >= 0:
        yield first, last


def fields_added(text: str, node: MappingNode, fields: Fields) -> Edit:
    """New fields behind the last one of the mapping."""
    end = end_of(text, node.value[-1][1])
    if not node.flow_style:
        space = " " * int(node.value[0][0].start_mark.column)
        at = line_end(text, end)
        return Edit(at, at, "".join(f"\n{space}{pair}" for pair in pairs(fields)))
    column, made = _column(text, end), ""
    space = " " * (_column(text, start_of(node)) + 1)
    for pair in pairs(fields):
        if column + len(pair) + 3 > WIDTH:
            made, column = f"{made},\n{space}{pair}", len(space + pair)
        else:
            made, column = f"{made}, {pair}", column + len(pair) + 2
    return Edit(end, end, made)


def items_added(text: str, node: SequenceNode, at: int, several: Sequence[Fields]) -> Edit:
    """New entries of a list, before the one that is number `at` now (from 0), or at the end."""
    items: Sequence[Node] = node.value
    if not items:
        return Edit(start_of(node), end_of(text, node), "".join(f"\n{item(fields)}" for fields in several))
    if node.flow_style:
        made = ", ".join("{" + ", ".join(pairs(fields)) + "}" for fields in several)
        if at < len(items):
            return Edit(start_of(items[at]), start_of(items[at]), f"{made}, ")
        end = end_of(text, items[-1])
        return Edit(end, end, f", {made}")
    lines = [item(fields, int(node.start_mark.column)) for fields in several]
    if at == 0:
        start = _line_start(text, start_of(node))
        return Edit(start, start, "".join(f"{line}\n" for line in lines))
    end = line_end(text, end_of(text, items[at - 1]))
    return Edit(end, end, "".join(f"\n{line}" for line in lines))


def item_removed(text: str, node: SequenceNode, at: int) -> Edit:
    """Take an entry out of a list; comments above it stay."""
    items: Sequence[Node] = node.value
    if len(items) == 1:
        made = "[]" if node.flow_style or _column(text, start_of(node)) else "  []"
        return Edit(start_of(node), end_of(text, node), made)
    start, end = start_of(items[at]), end_of(text, items[at])
    if node.flow_style:
        if at + 1 < len(items):
            return Edit(start, start_of(items[at + 1]), "")
        return Edit(end_of(text, items[at - 1]), end, "")
    dash = text.rfind("-", 0, start)
    return Edit(_line_start(text, dash), _behind_line(text, end), "")


def entry_added(text: str, node: MappingNode, name: str, fields: Fields) -> Edit:
    """A new entry of a mapping of entries, such as the groups."""
    if not node.value:
        made = in_braces(fields, f"  {name}: ", 2 + len(name) + 2)
        return Edit(start_of(node), end_of(text, node), "\n" + made)
    end = end_of(text, node.value[-1][1])
    if node.flow_style:
        return Edit(end, end, f", {name}: {{{', '.join(pairs(fields))}}}")
    indent, at = int(node.value[0][0].start_mark.column), line_end(text, end)
    return Edit(at, at, "\n" + in_braces(fields, f"{' ' * indent}{name}: ", indent + len(name) + 2))
