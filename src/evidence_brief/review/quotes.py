"""Words around a selected figure, and what it might be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import get_args

from evidence_brief.draft.quotes import Quotes
from evidence_brief.study.kinds import Kind, read_value

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


@lru_cache(maxsize=8)
def quotes_in(text: str) -> Quotes:
    """The quotes of a text, which is indexed once."""
    return Quotes(text)


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
