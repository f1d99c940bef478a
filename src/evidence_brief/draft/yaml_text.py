"""YAML as the study files in data/ are written: one entry a line in braces, wrapped, values in quotes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

Scalar = str | int | bool
Value = Scalar | Sequence[str]

WIDTH = 110
QUOTED = frozenset(("quote", "value", "label", "note", "reason", "cite", "title", "sha256"))
"""Keys whose texts are always put into quotes: what is printed, and sentences."""

_PLAIN = re.compile(r"(?:\d+ )?[A-Za-z][\w.-]*(?: [\w.-]+)*", re.A)
_WORDS_OF_YAML = re.compile(r"(?:true|false|null|yes|no|on|off|y|n|inf|nan)", re.I)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def encoded(value: Value, quoted: bool = False) -> str:
    """The value as YAML that may stand inside braces; lists and texts on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        return f"[{', '.join(encoded(each) for each in value)}]"
    if not quoted and _PLAIN.fullmatch(value) and not _WORDS_OF_YAML.fullmatch(value):
        return value
    return f'"{"".join(_escaped(sign) for sign in value)}"'


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    if sign.isprintable() or sign in "\u00a0\u2009\u202f\u2007\u3000":
        return sign
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def folded(key: str, text: str, indent: int) -> list[str]:
    """`key: text` on one line, or where that is long, as a folded text below it."""
    line = f"{' ' * indent}{key}: {encoded(text, key != 'title' and key in QUOTED)}"
    plain = " ".join(text.split()) == text and text.isprintable()
    if len(line) <= WIDTH or not plain:
        return [line]
    space = " " * (indent + 2)
    lines = textwrap.wrap(text, WIDTH - 8, break_long_words=False, break_on_hyphens=False)
    return [f"{' ' * indent}{key}: >-", *(f"{space}{each}" for each in lines)]


def pairs(fields: Mapping[str, Value]) -> list[str]:
    """`key: value` of every field."""
    return [f"{key}: {encoded(value, key in QUOTED)}" for key, value in fields.items()]


def in_braces(fields: Mapping[str, Value], head: str, indent: int) -> str:
    """`head{key: value, …}`, wrapped between its entries; further lines begin with so many spaces and one more."""
    lines = [f"{head}{{"]
    found = pairs(fields)
    for i, pair in enumerate(found):
        end = "}" if i == len(found) - 1 else ","
        space = " " if i else ""
        if i and len(lines[-1]) + len(space + pair + end) > WIDTH:
            lines.append(" " * (indent + 1) + pair + end)
        else:
            lines[-1] += space + pair + end
    return "\n".join(lines)


def item(fields: Mapping[str, Value], indent: int = 2) -> str:
    """An entry of a list."""
    return in_braces(fields, " " * indent + "- ", indent + 2)
