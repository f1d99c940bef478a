"""The fewest words around a figure that stand in the text once, and what a selected passage might be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args

from evidence_brief.review.article import Span, sentence_at
from evidence_brief.study.anchors import NotAnchored, find_quote, find_value
from evidence_brief.study.kinds import Kind, read_value

_MOST_WORDS = 12
_LEAST = 12  # characters: a quote that a person recognises
# The order in which a passage is taken for a type: what says so itself first.
_SIGNS: tuple[tuple[Kind, str], ...] = (
    ("p_value", r"(?i)^p\b|^[<>≤≥]|significant|^n\.?s\.?$"),
    ("test_statistic", r"^[tFzUrQH]\s?\(|^[χX]"),
    ("confidence_interval", r"\bCI\b"),
    ("proportion", r"%$"),
    ("mean_sd", r"±|\(.*\d.*\)"),
    ("estimate", r"(?i)^a?(rr|or|hr|rd|md|smd|nnt)\b"),
    ("correlation", r"^r\s?="),
    ("range", r"\d\s?(?:[-–]|to)\s?\d"),
    ("count", r""),
)


def quote_of(text: str, span: Span, *, value: bool = True, apart_from: Sequence[Span] = ()) -> dict[str, Any]:
    """`quote`, and `occurrence` where no words of the sentence stand once.

    With `value`, the passage of the span stands in the quote once as a figure of its own; `apart_from` are spans that
    the quote should not hold.
    """
    low, high = sentence_at(text, span[0])
    words = [(low + word.start(), low + word.end()) for word in re.finditer(r"\S+", text[low:high])]
    before = [start for start, end in words if start < span[0]][::-1][:_MOST_WORDS]
    after = [end for start, end in words if end > span[1]][:_MOST_WORDS]
    starts, ends = [span[0], *before], [span[1], *after]
    for total in range(len(starts) + len(ends) - 1):
        for right in range(total + 1):
            left = total - right
            if left < len(starts) and right < len(ends):
                passage = (starts[left], ends[right])
                if _serves(text, passage, span, value, apart_from):
                    return {"quote": _plain(text, passage)}
    return _by_occurrence(text, span)


def _serves(text: str, passage: Span, span: Span, value: bool, apart_from: Sequence[Span]) -> bool:
    quote = _plain(text, passage)
    if len(quote) < _LEAST or any(start < passage[1] and end > passage[0] for start, end in apart_from):
        return False
    try:
        if find_quote(text, quote, None) != passage:
            return False
        return not value or find_value(text[passage[0] : passage[1]], _plain(text, span)) is not None
    except NotAnchored:
        return False


def _by_occurrence(text: str, span: Span) -> dict[str, Any]:
    quote = _plain(text, span)
    for occurrence in range(1, text.count(quote.split()[0]) + 1):
        try:
            if find_quote(text, quote, occurrence) == span:
                return {"quote": quote, "occurrence": occurrence}
        except NotAnchored:
            break
    return {"quote": quote}


def _plain(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


def kind_of(value: str, decimal_mark: str = ".", first: Sequence[str] = ()) -> str:
    """The type that a printed value can be read as: one of `first`, or the one that its signs speak for."""
    signed = [kind for kind, sign in _SIGNS if re.search(sign, value)]
    for kind in (*first, *signed, *get_args(Kind)):
        try:
            read_value(value, kind, None, decimal_mark)
        except ValueError:
            continue
        return str(kind)
    return "count"
