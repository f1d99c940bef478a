"""Coverage: every numeral of the sources belongs to a claim or to a reasoned exclusion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.study.anchors import line_of
from evidence_brief.study.load import Study

_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
]
NUMERAL = re.compile(rf"\d+(?:[.,·]\d+)*|[.·]\d+|\b(?:{'|'.join(_WORDS)})\b", re.I)
"""Numbers in digits, and the words for the whole numbers that articles spell out ("one" is mostly no figure)."""


def uncovered(study: Study) -> list[tuple[str, int, str]]:
    """(source, line from 1, numeral) of every numeral that stands in no claim's value and in no exclusion."""
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in study.texts}
    for anchor in (*study.anchors.values(), *study.excluded):
        spans[anchor.source].append((anchor.value_start, anchor.value_end))
    return [
        (name, line_of(text, match.start()), match.group())
        for name, text in study.texts.items()
        for match in NUMERAL.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in spans[name])
    ]


def check_coverage(study: Study) -> Iterator[Judgement | Finding]:
    """A figure that no claim names was not checked; the brief must say so."""
    if left := uncovered(study):
        shown = ", ".join(f"{numeral} (line {line})" for _, line, numeral in left[:12])
        more = f" and {len(left) - 12} more" if len(left) > 12 else ""
        are = "numeral of the sources is" if len(left) == 1 else "numerals of the sources are"
        sentence = f"{len(left)} {are} neither a claim nor excluded with a reason: {shown}{more}."
        yield Finding("source.uncovered", "warning", (), sentence, "", {"numerals": str(len(left))})
