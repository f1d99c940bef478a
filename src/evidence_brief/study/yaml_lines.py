"""Read YAML with the line of every key. Only plain YAML is taken: no tags, anchors or deep nesting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, DocumentStartEvent, NodeEvent
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

from evidence_brief.errors import InvalidStudy, Problem

Path_ = tuple[str | int, ...]

LARGEST_FILE = 1_000_000  # bytes: some thousand claims
_DEEPEST = 20

# What the YAML reader says (a part of it), what that means, and how to mend it.
_MEANINGS = (
    ("duplicate key", "", "keep one of the two"),
    ("'\\t'", "a tab stands where only spaces may", "indent with spaces"),
    (
        "mapping values",
        "a colon stands where none may",
        "put the text that holds it into quotes; check the indentation",
    ),
    (
        "expected ','",
        "a bracket is not closed, or a text within it needs quotes",
        "close it, or put the text in quotes",
    ),
    ("end of stream", "a quotation mark is not closed", "close it"),
    ("cannot start any token", "a text begins with a character that it may not begin with", "put the text in quotes"),
    ("escape character", "a backslash stands within double quotes", "write it twice, or use single quotes"),
    ("another document", "the file holds more than one document", "take the line --- or ... out"),
    ("looks like", "", "put it in quotes, exactly as printed"),
    ("key must be text", "", "put the key in quotes"),
)
_MOST_REFUSALS = 20  # of one file: a thousand aliases need no thousand messages


@dataclass(frozen=True)
class Document:
    """A YAML mapping as it was written: plain data, and the tree that knows the lines; None for one in memory."""

    name: str
    data: dict[str, Any]
    tree: CommentedMap | None

    def line(self, path: Path_) -> int:
        """The line (from 1) of the deepest part of the path that stands in the file."""
        node: Any = self.tree
        line = 0
        for step in path:
            if isinstance(node, CommentedMap) and step in (node.lc.data or ()):
                line = node.lc.key(step)[0]
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                line = node.lc.item(step)[0]
            else:
                break
            node = node[step]
        return int(line) + 1

    def claim_at(self, path: Path_) -> str | None:
        """The id of the claim that the path leads into."""
        if len(path) < 2 or path[0] != "claims" or not isinstance(path[1], int):
            return None
        claims = self.data.get("claims")
        claim = claims[path[1]] if isinstance(claims, list) and path[1] < len(claims) else None
        named = isinstance(claim, dict) and isinstance(claim.get("id"), str) and claim["id"].strip()
        return str(named) if named else f"number {path[1] + 1}"

    def problem(self, path: Path_, message: str, **parts: str | None) -> Problem:
        """A problem at this place of the file; a study that stands in no file has no lines."""
        line = None if self.tree is None else self.line(path)
        return Problem(self.name, message, line=line, claim=self.claim_at(path), **parts)


class _Constructor(RoundTripConstructor):
    """Names the line of a number or date that cannot be one ("2012-13-45")."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            what = f"{str(node.value)[:40]!r} looks like a number or a date, but is none"
            raise ConstructorError(None, None, what, node.start_mark) from error

    def check_mapping_key(self, node: Node, key_node: Node, mapping: Any, key: Any, value: Any) -> bool:
        if not isinstance(key, str):
            raise ConstructorError(None, None, "a key must be text", key_node.start_mark)
        return bool(super().check_mapping_key(node, key_node, mapping, key, value))


def read_document(path: Path, name: str) -> Document:
    """Read a YAML file whose top level is a mapping. Raises InvalidStudy, with the line, when it is not."""
    return document_of(text_of(path, name), name)


def document_of(text: str, name: str) -> Document:
    """Read YAML whose top level is a mapping; its lines end as those of Unix do. Raises InvalidStudy."""
    try:
        if problems := list(islice(_refused(text, name), _MOST_REFUSALS)):
            raise InvalidStudy(*problems)
        tree = _yaml().load(StringIO(text))
    except MarkedYAMLError as error:
        raise InvalidStudy(_yaml_problem(error, name)) from error
    except (OverflowError, ValueError) as error:  # ruamel checks the digits of "\U00110000", not the character
        escape = re.search(r"\\U[0-9A-Fa-f]{8}", text)
        line = text.count("\n", 0, escape.start()) + 1 if escape else None
        mend = "type the character itself"
        raise InvalidStudy(Problem(name, "is not valid YAML: an escape is no character", line, mend=mend)) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found = f"the character U+{ord(text[error.position]):04X}"
        mend = "take the character out; it cannot be seen in most editors"
        raise InvalidStudy(Problem(name, "is not valid YAML", line=line, found=found, mend=mend)) from error
    if not isinstance(tree, CommentedMap):
        kind = "a list" if isinstance(tree, CommentedSeq) else "a single text or number"
        found = "an empty file" if tree is None else kind
        expected, mend = "keys such as id, title, claims", "write it as the study files in data/ are written"
        raise InvalidStudy(Problem(name, "holds no study", line=1, expected=expected, found=found, mend=mend))
    return Document(name, _plain(tree), tree)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    return yaml


def text_of(path: Path, name: str, *, keep: bool = False) -> str:
    """The text of a study file; `keep` leaves the byte order mark and the line ends as they are.

    Raises InvalidStudy where there is none, or too much of it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InvalidStudy(Problem(name, f"cannot be read: {error.strerror}")) from error
    return decoded(content, name, keep=keep)


def decoded(content: bytes, name: str, *, keep: bool = False) -> str:
    """The same of a file's content. Raises InvalidStudy."""
    if len(content) > LARGEST_FILE:
        raise InvalidStudy(Problem(name, "is larger than 1 MB", mend="a study file holds claims, not the article"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        mend = "save the file with the encoding UTF-8"
        raise InvalidStudy(Problem(name, "is not UTF-8 text", line=line, mend=mend)) from error
    return text if keep else text.removeprefix("\ufeff").replace("\r\n", "\n")


def _refused(text: str, name: str) -> Iterator[Problem]:
    """What YAML allows and a study file has no use for: each would make it mean other than it looks."""
    depth = 0
    for event in _yaml().parse(StringIO(text)):
        line = event.start_mark.line + 1
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            yield Problem(name, "is nested too deeply", line=line, mend="look for a bracket that was never closed")
            return
        if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
            first = next((i for i, words in enumerate(text.split("\n"), 1) if words.startswith("%")), line)
            yield Problem(name, "has a % directive", line=first, mend="take the lines that begin with % out")
        if isinstance(event, NodeEvent) and event.anchor:
            sign = "alias *" if isinstance(event, AliasEvent) else "anchor &"
            yield Problem(name, f"has the {sign}{event.anchor}", line=line, mend="write the value out, in quotes")
        if any("\ud800" <= character <= "\udfff" for character in getattr(event, "value", None) or ""):
            yield Problem(name, "holds half a character (a surrogate)", line=line, mend="type the character itself")
        if getattr(event, "tag", None):
            mend = "take the tag out, and put the value in quotes"
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            yield Problem(name, f"has the YAML tag {tag}", line=line, mend=mend)


def _yaml_problem(error: MarkedYAMLError, name: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    # ruamel explains at length how to allow duplicate keys; the first line says what is wrong.
    said = (error.problem or "cannot be read").strip().splitlines()[0].split(" with value")[0]
    meanings = ((meaning or said, mend) for part, meaning, mend in _MEANINGS if part in said)
    what, mend = next(meanings, (said, "put texts that hold : # { } [ ] % or quotes into quotes"))
    return Problem(name, f"is not valid YAML: {what}", line=mark.line + 1 if mark else None, mend=mend)


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node
