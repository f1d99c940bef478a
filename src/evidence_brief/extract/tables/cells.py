"""What a single cell prints: numbers, and the signs between them. What they stand for is not decided here."""

from __future__ import annotations

import re

LONGEST = 80  # characters of a cell of figures; a longer one is prose
SIGNS = "*†‡§¶#‖∗⁎ªº\u1d43-\u1dbf\u02b0-\u02e3\u2071\u207f"  # marks of footnotes, as a class of characters
_RAISED = f"[{SIGNS}$^¹²³⁴⁵⁶⁷⁸⁹]"
_MARK = rf"(?:\s*{_RAISED}(?:\s?,\s?{_RAISED})*|\s*\+{{1,3}}(?![\d.])|\s*(?<=[)\]\s])[a-h](?:,[a-h])*)*"
_SPACES = "\u2009\u202f\u00a0 "
_PLAIN = rf"(?:[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}}|,\d{{3}})+(?!\d)(?:[.·]\d+)?|\d+(?:[.·]\d+)?|[.·]\d+)"
_NUMBER = rf"[-−–+]?{_PLAIN}"
# "1459,1864" may be one number that is misprinted; "1.13,2.24" are two, and so are "67, 52".
_BETWEEN = r"\s*(?:[-–−‐‑;]|,\s|(?<=[.·]\d),|(?<=[.·]\d\d),|(?<=[.·]\d{3}),|\bto\b|\band\b)\s*"
_WORD = r"(?:95\s?%\s?CI:?\s*|IQR:?\s*|range:?\s*)?"

CELL = re.compile(
    rf"\s*[*†‡§¶#]*(?P<lead>[<>≤≥~≈=]\s*)?(?P<x>{_NUMBER})(?P<xp>\s?%)?(?:"
    rf"\s*/\s*(?P<of>{_PLAIN})(?:\s*[(\[]\s*(?P<share>{_PLAIN})(?P<sharep>\s?%)?\s*[)\]]"
    rf"|,?\s+(?P<share2>{_PLAIN})(?P<share2p>\s?%))?"
    rf"|\s*(?:±|\+/-|\+-)\s*(?P<sd>{_PLAIN})(?P<sdp>\s?%)?(?:\s*[(\[]\s*{_WORD}(?P<more>[^()\[\]]*)[)\]])?"
    rf"|\s*[,;]?\s*[(\[]\s*{_WORD}(?P<low>{_NUMBER})\s?%?{_BETWEEN}(?P<high>{_NUMBER})(?P<highp>\s?%)?\s*(?P<end1>[)\]])"
    rf"|\s*[(\[]\s*(?P<pm>±\s*)?(?P<y>{_NUMBER})(?P<yp>\s?%)?\s*(?P<end2>[)\]])"
    rf"|{_BETWEEN}(?P<to>{_NUMBER})"
    rf")?{_MARK}\s*"
)
"""A cell of figures: x is the first number, and one of `of`, `sd`, `low` and `high`, `y` or `to` may follow it."""

P = re.compile(
    r"\s*[*†‡§¶#]*\s*(?P<p>(?:[Pp](?:[- ]?value)?\s*)?(?:[<>=≤≥]\s*)?(?:[01]?[.·]\d+|[01])|[Nn]\.?[Ss]\.?)"
    rf"(?P<mark>{_MARK})\s*"
)
INTERVAL = re.compile(rf"\s*[(\[]?\s*(?P<low>{_NUMBER}){_BETWEEN}(?P<high>{_NUMBER})\s*[)\]]?{_MARK}\s*")

_EMPTY = re.compile(r"[\s\-–—−.*/†‡§]*|N/?A|n/?a|\.\.\.|…|ND|nd|NR|None|[Rr]ef(?:erence)?\.?|\s*[Rr]eference.*")
_SWAPPED = str.maketrans(",.", ".,")


def with_point(content: str, decimal_mark: str) -> str:
    """The content with a point as decimal mark, every character in its place."""
    return content.translate(_SWAPPED) if decimal_mark == "," else content


def is_empty(content: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, "NA"."""
    return _EMPTY.fullmatch(content) is not None


def whole(number: str) -> int | None:
    """The whole number that is printed, thousands separated or not; None where it is none."""
    plain = re.sub(rf"[,{_SPACES}](?=\d{{3}}(?!\d))", "", number)
    return int(plain) if plain.isdigit() and len(plain) < 12 else None


def is_percentage(number: str) -> bool:
    """Whether the number lies between 0 and 100."""
    plain = number.replace("·", ".")
    return plain.replace(".", "", 1).isdigit() and float(plain) <= 100
