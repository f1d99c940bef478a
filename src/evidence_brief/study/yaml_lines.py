"""Read YAML with the line of every key, and turn pydantic's errors into problems at those lines."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent

from evidence_brief.errors import InvalidStudy, Problem

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A YAML mapping as it was written: plain data, and the tree that knows the lines."""

    name: str
    data: dict[str, Any]
    tree: CommentedMap

    def line(self, path: Path_) -> int:
        """The line (from 1) of the deepest part of the path that stands in the file."""
        node: Any = self.tree
        line = 0
        for step in path:
            if not isinstance(node, CommentedMap | CommentedSeq):
                break
            try:
                line = (node.lc.key(step) if isinstance(node, CommentedMap) else node.lc.item(step))[0]
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        return int(line) + 1

    def claim_at(self, path: Path_) -> str | None:
        """The id of the claim that the path leads into."""
        if len(path) < 2 or path[0] != "claims" or not isinstance(path[1], int):
            return None
        claims = self.data.get("claims")
        claim = claims[path[1]] if isinstance(claims, list) and path[1] < len(claims) else None
        return str(claim["id"]) if isinstance(claim, dict) and "id" in claim else f"number {path[1] + 1}"

    def problem(self, path: Path_, message: str, **parts: str | None) -> Problem:
        """A problem at this place of the file."""
        return Problem(self.name, message, line=self.line(path), claim=self.claim_at(path), **parts)


def read_document(path: Path, name: str) -> Document:
    """Read a YAML file whose top level is a mapping. Raises InvalidStudy, with the line, when it is not."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InvalidStudy(
            Problem(name, "is not UTF-8 text", line=line, mend="save the file with the encoding UTF-8")
        ) from error
    try:
        _refuse_aliases(text, name)
        tree = YAML(typ="rt").load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # ruamel explains at length how to allow duplicate keys; the first line says what is wrong.
        what = (error.problem or "cannot be read").strip().splitlines()[0]
        raise InvalidStudy(
            Problem(
                name,
                f"is not valid YAML: {what}",
                line=mark.line + 1 if mark else None,
                mend=_yaml_mend(what),
            )
        ) from error
    except (YAMLError, ValueError) as error:
        raise InvalidStudy(Problem(name, f"is not valid YAML: {str(error).splitlines()[0]}")) from error
    except RecursionError as error:
        raise InvalidStudy(
            Problem(name, "is nested too deeply", mend="write it as the documentation shows")
        ) from error
    if not isinstance(tree, CommentedMap):
        found = (
            "an empty file" if tree is None else f"a {type(tree).__name__.removeprefix('Commented').lower()}"
        )
        raise InvalidStudy(
            Problem(name, "holds no study", line=1, expected="keys such as id, title, claims", found=found)
        )
    return Document(name, _plain(tree), tree)


def _refuse_aliases(text: str, name: str) -> None:
    for event in YAML(typ="rt").parse(StringIO(text)):
        if isinstance(event, AliasEvent):
            raise InvalidStudy(
                Problem(
                    name,
                    f"has the alias *{event.anchor}",
                    line=event.start_mark.line + 1,
                    mend="write the value out",
                )
            )


def _yaml_mend(what: str) -> str:
    if "duplicate key" in what:
        return "keep one of the two"
    if "tab" in what or "\\t" in what:
        return "indent with spaces"
    return "put texts that hold : # { } [ ] % or quotes into quotes"


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def problems_of(
    error: ValidationError, document: Document, fields: dict[str, Iterable[str]]
) -> list[Problem]:
    """pydantic's errors as problems; `fields` gives the known keys by the name of the place ("claims", …)."""
    problems = []
    for item in error.errors():
        path = tuple(step for step in item["loc"] if step != "[key]")
        kind = item["type"]
        if kind == "extra_forbidden":
            known = list(fields.get(str(path[0]) if len(path) > 1 else "", ()))
            near = difflib.get_close_matches(str(path[-1]), known, 1)
            mend = f"did you mean `{near[0]}`?" if near else "take it out"
            problems.append(
                document.problem(path, f"unknown key `{path[-1]}`", expected=", ".join(known), mend=mend)
            )
        elif kind == "missing":
            problems.append(document.problem(path, f"`{path[-1]}` is missing", mend=f"add `{path[-1]}:`"))
        else:
            where = ".".join(str(step) for step in path if not isinstance(step, int)) or "the study"
            message = item["msg"].removeprefix("Value error, ")
            found = repr(item["input"]) if not isinstance(item["input"], dict | list) else None
            problems.append(
                document.problem(path, f"`{where}`: {message[:1].lower()}{message[1:]}", found=found)
            )
    return problems
