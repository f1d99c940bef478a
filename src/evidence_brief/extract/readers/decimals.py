"""Which sign stands between the units and the tenths."""

from __future__ import annotations

import re

_WITH_COMMA = frozenset(
    {"de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "sv", "da", "nb", "no", "fi", "cs", "hu"}
)
_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|0,\d")
_POINTS = re.compile(r"(?<![\d.,])\d*[.·]\d+(?![\d.,]*\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,]*\d)")
_COMMAS = re.compile(r"(?<![\d.,])\d+,(?:\d{1,2}|(?<=(?<!\d)0,)\d{3,})(?![\d,]|\.\d)")
_SURE = re.compile(r"(?<![\d.,])0,\d+(?![\d,])|(?<![\d.,])\d+,\d{1,2} ?%|[=<>≤≥±] ?[-−–]?\d+,\d{1,2}(?![\d,])")


def decimal_mark(text: str, language: str | None = None) -> str:
    """Return "," where the text prints 0,05 for 0.05, else ".".

    Numbers such as "1,204" say nothing, nor do lists such as "1,2,3". In a language that writes commas most of the
    decimals must have them (1.204 is none); elsewhere there must also be some that cannot be anything else,
    such as "p=0,03".
    """
    if _COMMA.search(text) is None:
        return "."
    commas, points = len(_COMMAS.findall(text)), len(_POINTS.findall(text))
    if (language or "").lower()[:2] in _WITH_COMMA:
        return "," if commas > points - len(_THOUSANDS.findall(text)) else "."
    sure = len(_SURE.findall(text))
    return "," if sure >= 1 and commas > 2 * points else "."
