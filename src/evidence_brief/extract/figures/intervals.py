"""Confidence intervals in all their spellings, and plain pairs of ends."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.figures.scan import Scan
from evidence_brief.study.kinds import read_value

_WORD = (
    r"(?:c\.?\s?i\.?(?:[’']?s)?|cri|ci|hpdi?|(?:confidence|credible|credibility|uncertainty"
    r"|fiducial)[ -](?:interval|limit|bound|range|level)s?|interval|cl)"
    r"(?:\s?[(\[]\s?(?:c\.?r?i\.?|c\.?l\.?)s?\s?[)\]])?"
)
_KIND = (
    r"(?:(?:two|one|2|1)-sided |bayesian |bootstrap(?:ped|ping)? |bca |adjusted |posterior "
    r"|bias-corrected |profile |exact |wald |highest |asymptotic )?"
)
_BY = (
    r"[\s:=,;(\[{]{0,5}(?:(?:of|from|for [a-z -]{1,40}|was|were|is|between|ranging from"
    r"|ranged from|range|range from)[\s:=,(\[]{1,3})?"
)
_LEVELLED = re.compile(rf"-?\s?-?{_KIND}{_WORD}{_BY}")
_PLAIN = re.compile(rf"(?:^|[^a-z]){_WORD}{_BY}$")
_GLUED = re.compile(r"(?:(?<=ci)|(?<=ci[ ]))$")
_AFTER_GLUED = re.compile(rf"{_BY}")
SEPARATOR = re.compile(r"\s?(?:-|–|—|−|‐|‑|‒|to|,|;|and|through|/|\.{2,3}|…|to\s?-?)\s?")
_DASH = re.compile(r"\s?(?:-|–|—|−|‐|‑|‒|to)\s?")
_TRAILING = re.compile(r"[\s]{0,2}[\])]")
LEVELS = (
    "80",
    "90",
    "95",
    "97.5",
    "98",
    "99",
    "99.9",
    "95.0",
    "95.1",
    "96",
    "97",
    "98.3",
    "99.5",
    "68",
    "85",
    "50",
    "83",
    "89",
)


def level_at(scan: Scan, i: int) -> bool:
    """Whether number i is the level of an interval ("95% CI", "CI 95%")."""
    token = scan.tokens[i]
    if token.text not in LEVELS:
        return False
    if token.percent:
        after = scan.low[token.stop : token.stop + 40]
        return re.match(rf"-?\s?-?{_KIND}{_WORD}", after) is not None or scan.low.endswith(
            ("ci ", "ci-", "ci", "intervals ", "interval "), max(token.start - 10, 0), token.start
        )
    return scan.low[token.start - 2 : token.start] == "ci"


def interval(scan: Scan, i: int, **fields: Any) -> int:
    """An interval that begins at number i, with its level or with its low end. How many numbers it takes."""
    first = scan.tokens[i].start
    if level_at(scan, i):
        gap = scan.gap(i + 1)
        glued = scan.low[max(first - 3, 0) : first].strip().endswith("ci")
        fits = (_AFTER_GLUED if glued and not gap.lstrip().startswith("c") else _LEVELLED).fullmatch(gap)
        if fits is None:
            scan.leave(i, "level of an interval")
            return 1
        if glued:
            first = scan.low.rfind("ci", 0, first)
        taken = _ends(scan, i + 1, first, level=scan.tokens[i].text, **fields)
        if not taken or scan.found[-1]["start"] > scan.tokens[i].start:
            scan.leave(i, "level of an interval")
        return 1 + taken
    match = _PLAIN.search(scan.gaps[i]) if ("c" in scan.gaps[i] or "interval" in scan.gaps[i]) else None
    if match is None:
        return 0
    word = first - len(scan.gaps[i]) + match.start() + (0 if match.start() == 0 and scan.gaps[i][:1].isalpha() else 1)
    return _ends(scan, i, word, level=None, **fields)


def _ends(scan: Scan, i: int, first: int, level: str | None, **fields: Any) -> int:
    """The two ends from number i on, as an interval whose value begins at `first` where it is readable so."""
    low, high = scan.at(i), scan.at(i + 1)
    if low is None or high is None or low.word or high.word or SEPARATOR.fullmatch(scan.gap(i + 1)) is None:
        return 0
    span = _readable(scan, first, high.stop)
    if span is None and level in (None, "95", "95.0"):
        span = _readable(scan, low.start, high.stop)
    if span is None:
        return 0
    scan.add("confidence_interval", *span, **fields)
    return 2


def closed(scan: Scan, start: int, end: int) -> int:
    """The end of a span, moved past the brackets that it opens; it stays where they are not closed there."""
    span = scan.text[start:end]
    left = span.count("(") + span.count("[") - span.count(")") - span.count("]")
    at = end
    for _ in range(min(left, 2)):
        match = _TRAILING.match(scan.text, at)
        if match is None:
            return end
        at = match.end()
    return at


def _readable(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    end = closed(scan, start, end)
    try:
        read_value(scan.text[start:end], "confidence_interval", None, scan.mark)
    except ValueError:
        return None
    return start, end


def bracketed_pair(scan: Scan, i: int) -> bool:
    """Whether numbers i and i+1 are two ends in a bracket or after a comma: "(1.2–3.0)", "[1.2, 3.0]"."""
    low, high = scan.at(i), scan.at(i + 1)
    if low is None or high is None or low.word or high.word or SEPARATOR.fullmatch(scan.gap(i + 1)) is None:
        return False
    return (
        scan.low[high.stop : high.stop + 2].lstrip()[:1] in tuple(")];,") and scan.low[high.stop : high.stop + 1] != ""
    )


def dashed(scan: Scan, i: int) -> bool:
    """Whether number i and the next are joined by a dash or "to"."""
    return i + 1 < len(scan.tokens) and _DASH.fullmatch(scan.gap(i + 1)) is not None
