"""What a single cell prints: numbers, and the signs between them. What they stand for is not decided here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SPACES = "\u2009\u202f\u00a0 "
SIGNS = "*†‡§¶#‖∗⁎ªº\u1d43-\u1dbf\u02b0-\u02e3\u2071\u207f"  # marks of footnotes, as a class of characters
_MARK = rf"(?:\s*[{SIGNS}$^¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[)\]\s])[a-h](?:,[a-h])*)*"


def _number(decimal_mark: str) -> str:
    point, comma = ("[.·]", ",") if decimal_mark == "." else (",", r"\.")
    return (
        rf"(?:[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}}|{comma}\d{{3}})+(?!\d)(?:{point}\d+)?|\d+(?:{point}\d+)?|{point}\d+)"
    )


@dataclass(frozen=True)
class Shape:
    """The patterns for one decimal mark."""

    cell: re.Pattern[str]
    p: re.Pattern[str]
    interval: re.Pattern[str]


@lru_cache(maxsize=2)
def shape(decimal_mark: str) -> Shape:
    """The pattern of a cell. Its names: x is the first number, then one of of, sd, y, low and high."""
    plain = _number(decimal_mark)
    number = rf"[-−–+]?{plain}"
    between = (
        r"\s*(?:[-–−—‐‑;/~]|\bto\b|\band\b)\s*" if decimal_mark == "," else r"\s*(?:[-–−—‐‑,;/~]|\bto\b|\band\b)\s*"
    )
    level = r"(?:95\s?%\s?CI:?\s*|IQR:?\s*|range:?\s*)?"
    cell = (
        rf"[*†‡§¶#]*(?P<lead>[<>≤≥~≈=]\s*)?(?P<x>{number})(?P<xp>\s?%)?(?:"
        rf"\s*/\s*(?P<of>{plain})(?:\s*[(\[]\s*(?P<share>{plain})(?P<sharep>\s?%)?\s*[)\]]|,?\s+(?P<share2>{plain})\s?%)?"
        rf"|\s*(?:±|\+/-|\+-)\s*(?P<sd>{plain})(?P<sdp>\s?%)?(?:\s*[(\[]\s*{level}(?P<more>[^()\[\]]*)[)\]])?"
        rf"|\s*[,;]?\s*[(\[]\s*{level}(?P<low>{number})\s?%?{between}(?P<high>{number})\s?%?\s*(?P<close1>[)\]])"
        rf"|\s*[(\[]\s*(?P<pm>±\s*)?(?P<y>{number})(?P<yp>\s?%)?\s*(?P<close2>[)\]])"
        rf"|{between}(?P<to>{number})"
        rf")?{_MARK}"
    )
    point = "[.·]" if decimal_mark == "." else ","
    p = rf"(?:[Pp](?:[- ]?value)?\s*)?(?:[<>=≤≥]\s*)?(?:[01]?{point}\d+|[01])|[Nn]\.?[Ss]\.?"
    interval = rf"[(\[]?\s*(?P<low>{number}){between}(?P<high>{number})\s*[)\]]?{_MARK}"
    return Shape(
        re.compile(rf"\s*{cell}\s*"),
        re.compile(rf"\s*[*†‡§¶#]*\s*(?P<p>{p})(?P<mark>{_MARK})\s*"),
        re.compile(rf"\s*{interval}\s*"),
    )


_EMPTY = re.compile(r"[\s\-–—−.*/†‡§]*|N/?A|n/?a|\.\.\.|…|ND|nd|NR|None|[Rr]ef(?:erence)?\.?|\s*[Rr]eference.*")


def is_empty(cell: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, "NA"."""
    return _EMPTY.fullmatch(cell) is not None
