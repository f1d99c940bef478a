"""Turn pydantic's errors into problems in plain words, each at its line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from evidence_brief.errors import Problem
from evidence_brief.study.yaml_lines import Document, Path_

Fields = Mapping[str, list[str]]

_KEYS = "keys with values"
_ID_RULE = "letters, digits, and . _ - between them, at most 80, for example ivig.n"
# By pydantic's type of error: what is wrong, what was expected, and how to mend it.
_WORDS: dict[str, tuple[str, str, str]] = {
    "string_type": ("is no text", "a text", "write one text, in quotes"),
    "tuple_type": ("is no list", "a list", "write it in brackets, for example [first, second]"),
    "dict_type": ("is not as it must be", _KEYS, "write `name: value` on indented lines below it"),
    "model_type": ("is not as it must be", _KEYS, "write `name: value` on indented lines below it"),
    "too_short": ("is empty", "at least one entry", "add one, or take the key out if it may be absent"),
    "string_too_short": ("is empty", "a text", "write the text, in quotes"),
    "string_too_long": ("is too long", "a short text", "shorten it"),
    "too_long": ("is too long", "a short text", "shorten it"),
    "int_type": ("is no whole number", "a whole number, 1 or more", "write digits only, for example 2"),
    "int_parsing": ("is no whole number", "a whole number, 1 or more", "write digits only, for example 2"),
    "int_from_float": ("is no whole number", "a whole number, 1 or more", "write digits only, for example 2"),
    "greater_than_equal": ("is too small", "a whole number, 1 or more", "count from 1"),
    "bool_type": ("is neither true nor false", "true or false", "write true or false"),
    "bool_parsing": ("is neither true nor false", "true or false", "write true or false"),
}
_READ_AS: tuple[tuple[type, str], ...] = (
    (bool, "the truth value "),
    (int, "the number "),
    (float, "the number "),
    (date, "the date "),
)
_PATTERNS = {
    "sha256": ("64 digits of 0-9 and a-f, in quotes", "`sha256sum` followed by the file's name prints it"),
    "language": ("a code such as en, de or pt-BR", "write the code of the language"),
}


def problems_of(error: ValidationError, document: Document, fields: Fields) -> list[Problem]:
    """What pydantic found, by line; `fields` gives the known keys by the name of the place ("claims", …)."""
    problems = [problem for item in error.errors() for problem in _problems(dict(item), document, fields)]
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.message))


def _problems(item: dict[str, Any], document: Document, fields: Fields) -> Iterator[Problem]:
    path: Path_ = tuple(step for step in item["loc"] if step != "[key]")
    kind, context = item["type"], item.get("ctx", {})
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "the study")
    if kind == "too_short" and item["input"]:
        return  # it has entries: what is wrong with them is said of each
    if kind == "extra_forbidden":
        yield _unknown_key(path, document, fields)
    elif kind == "missing":
        yield document.problem(path, f"`{name}` is missing", mend=f"add `{name}:`{_how(name)}")
    elif kind == "slips":
        for field, message in context["slips"]:
            found = _described(item["input"].get(field) if isinstance(item["input"], dict) else None)
            mend = f"correct `{field}:` or take it out"
            yield document.problem((*path, field), f"`{field}` {message}", found=found, mend=mend)
    elif kind == "literal_error":
        yield _choice(item, path, name, document)
    elif kind in ("value_error", "string_pattern_mismatch"):
        yield _refused_text(item, path, name, document)
    else:
        yield _wrong_form(item, path, name, document)


def _wrong_form(item: dict[str, Any], path: Path_, name: str, document: Document) -> Problem:
    message, expected, mend = _WORDS.get(item["type"], (str(item["msg"]), "", ""))
    if item["input"] is None:
        message, mend = "has no value", f"write one{_how(name)}, or take the key out if it may be absent"
    if name == "claims" and item["type"] == "tuple_type":
        mend = "begin each claim with - on a line of its own"
    what = f"an entry of `{name}`" if isinstance(path[-1], int) else f"`{name}`"
    return document.problem(path, f"{what} {message}", expected=expected, found=_described(item["input"]), mend=mend)


def _unknown_key(path: Path_, document: Document, fields: Fields) -> Problem:
    # Keys stand in the study itself, in an entry of a list or mapping of it, or in a file that a source names.
    place = path[0] if len(path) > 1 else ""
    known = list(fields.get(str(path[2]) if place == "sources" and len(path) == 4 else str(place), ()))
    if str(path[-1]).rstrip(":") in known:
        what = f"`{path[-1]}` has no value"
        return document.problem(path, what, mend="write a space and a value after the colon")
    near = difflib.get_close_matches(str(path[-1]), known, 1)
    mend = f"did you mean `{near[0]}`?" if near else "take it out"
    return document.problem(path, f"unknown key `{path[-1]}`", expected=", ".join(known), mend=mend)


def _choice(item: dict[str, Any], path: Path_, name: str, document: Document) -> Problem:
    choices = item["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    near = difflib.get_close_matches(str(item["input"]), choices, 1, 0.7) if name != "decimal_mark" else []
    mend = f"did you mean `{near[0]}`?" if near else "write one of those that are expected"
    expected = item["ctx"]["expected"] if name == "decimal_mark" else ", ".join(choices)
    found = _described(item["input"])
    return document.problem(path, f"`{name}` is none of its choices", expected=expected, found=found, mend=mend)


def _refused_text(item: dict[str, Any], path: Path_, name: str, document: Document) -> Problem:
    """A text that breaks its rule: the rule of ids, unless the key has another one."""
    if item["type"] == "value_error":
        message = str(item["ctx"]["error"])
        mend = "put it in quotes, exactly as printed" if "must be text" in message else f"correct `{name}:`{_how(name)}"
        return document.problem(path, f"`{name}` {message}", found=_described(item["input"]), mend=mend)
    expected, mend = _PATTERNS.get(name, (_ID_RULE, "write a name of that form"))
    what = "is not of the right form" if name in _PATTERNS else "is no name that can be referred to"
    return document.problem(path, f"`{name}` {what}", expected=expected, found=_described(item["input"]), mend=mend)


def _how(name: str) -> str:
    examples = {
        "id": ", a name of its own, for example ivig.n",
        "quote": ", the words of the source around the figure",
        "value": ', the figure as printed, in quotes, for example "91.7%"',
        "type": ", for example count, proportion or p_value",
        "sha256": "; `sha256sum` followed by the file's name prints it",
        "reason": ", one sentence",
        "minimum": ", for example 0",
        "maximum": ", for example 100",
        "step": ", for example 1",
    }
    return examples.get(name, "")


def _described(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return _KEYS
    if isinstance(value, list):
        short = 0 < len(value) < 6 and all(isinstance(part, str) for part in value)
        return f"the list [{', '.join(value)}]" if short else "a list" if value else "an empty list"
    kind = next((word for type_, word in _READ_AS if isinstance(value, type_)), "")
    text = kind + (str(value).lower() if isinstance(value, bool) else str(value))
    return text if len(text) <= 120 else f"{text[:120]}…"
