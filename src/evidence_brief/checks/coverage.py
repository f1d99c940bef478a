"""Coverage: every numeral of the sources belongs to a claim or to a reasoned exclusion."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.study.load import Study

_TEENS = "ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "(?:twen|thir|for|fif|six|seven|eigh|nine)ty"
_UNITS = "two|three|four|five|six|seven|eight|nine"
NUMERAL = re.compile(rf"\d+(?:[.,·]\d+)*|[.·]\d+|\b(?:{_TENS}(?:[- ](?:one|{_UNITS}))?|{_TEENS}|{_UNITS})\b", re.I)
"""Numbers in digits, and the words for the whole numbers that articles spell out ("one" is mostly no figure)."""

SHOWN = 12


def uncovered(study: Study) -> list[tuple[str, int, str]]:
    """(source, line from 1, numeral) of every numeral that stands in no claim's value and in no exclusion."""
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in study.texts}
    for anchor in (*study.anchors.values(), *study.excluded):
        spans[anchor.source].append((anchor.value_start, anchor.value_end))
    return [found for name, text in study.texts.items() for found in _left(name, text, sorted(spans[name]))]


def _left(name: str, text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, int, str]]:
    breaks = [match.start() for match in re.finditer("\n", text)]
    for start, end in outside(text, spans):
        yield name, bisect_right(breaks, start) + 1, text[start:end]


def outside(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The numerals outside all spans, which are sorted; by bisection, since a source may hold a hundred thousand."""
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max))
    for match in NUMERAL.finditer(text):
        before = bisect_right(starts, match.start())
        if before == 0 or furthest[before - 1] < match.end():
            yield match.span()


def check_coverage(study: Study) -> Iterator[Judgement | Finding]:
    """Every number in the text is a figure of the study file, or excluded there with a reason.

    A figure that the study file does not name was not checked, and the brief says so.
    """
    if left := uncovered(study):
        several = len(study.texts) > 1
        places = [f"{numeral} ({name + ', ' if several else ''}line {line})" for name, line, numeral in left[:SHOWN]]
        more = f" and {len(left) - SHOWN} more" if len(left) > SHOWN else ""
        are = "numeral of the sources is" if len(left) == 1 else "numerals of the sources are"
        sentence = f"{len(left)} {are} neither a claim nor excluded with a reason: {', '.join(places)}{more}."
        yield Finding("source.uncovered", "warning", (), sentence, "", {"numerals": str(len(left))})
