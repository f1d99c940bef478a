"""Test statistics and correlations: "t(28) = 2.20", "F(2, 57)=3.1", "χ2 = 7.4, df = 1", "r(28)=.45"."""

from __future__ import annotations

import re

from evidence_brief.extract.figures.scan import Found, Scan
from evidence_brief.study.kinds import Kind, read_value

_CHI = r"chi[- ]?squared?|chi[ _]?-?\^?[2²]?|[χxg\ufffd?] ?\^?[2²]|[?\ufffd]{2}2|c2(?=\()"
_R = r"r_?s|rho|ρ|r"
_LETTER = rf"(?P<letter>{_CHI}|{_R}|q[-_ ]?(?:within|between|[wb])?|[tfzhuw])"
# The head that ends just before a number: a letter, perhaps degrees of freedom in a bracket, and a sign of comparison.
_HEAD = re.compile(
    rf"(?:^|(?<=[^a-z0-9.^/ηωε²-])){_LETTER}(?:[ -](?:value|test|statistic|score)s?)?"
    r"\s{0,2}(?:[\[(](?P<df>[^\])(\[]{1,40})[\])])?"
    r"\s{0,2}(?P<relation>[=<>≤≥⩽⩾]|=\s?[<>])\s{0,2}"
)
_BEFORE = re.compile(
    rf"(?:^|[^a-z0-9.^/ηωε²-]){_LETTER}(?:[ -](?:value|test|statistic|score)s?)?\s{{0,2}}(?:[\[(]\s?(?:l,\s?"
    rf"|(?:df|n|d\.f\.)\s?=\s?)?|[=<>≤≥⩽⩾]\s{{0,2}})$"
)
_DF_AFTER = re.compile(r"\s?[,;]?\s?\(?(?:df|d\.f\.)\s?=\s?")
_OPENING = frozenset("([=<>≤≥⩽⩾,")  # what may stand before the first number of a statistic
_CORRELATION = re.compile(rf"(?:{_R})$")
_SHORT_CORRELATION = re.compile(r"correlations?(?: coefficients?)?(?: \(?r\)?)?(?: (?:of|was|were|=|:))?[ (]{0,2}$")


def statistic(scan: Scan, i: int) -> int:
    """A statistic that begins at or before number i. How many numbers it takes; 0 where there is none."""
    gap = scan.gaps[i]
    before = _BEFORE.search(gap) if gap.rstrip()[-1:] in _OPENING and gap else None
    if before is None:
        return _worded(scan, i) if "correlation" in gap else 0
    token = scan.tokens[i]
    start = token.start - (len(gap) - before.start("letter"))
    head = _HEAD.match(scan.low, start)
    if head is None:
        return 0
    j = i
    while (value := scan.at(j)) is not None and value.start < head.end():
        j += 1
    if value is None or value.start != head.end() or value.percent or value.word:
        return 0
    if head["relation"] != "=":
        for k in range(i, j + 1):
            scan.leave(k, "a bound of a statistic cannot be a claim")
        return j - i + 1
    kind: Kind = "correlation" if _CORRELATION.fullmatch(head["letter"]) else "test_statistic"
    return _added(scan, i, j, start, kind, head["df"])


def _added(scan: Scan, i: int, j: int, start: int, kind: Kind, df: str | None) -> int:
    value = scan.tokens[j]
    end, last = value.end, j
    after = scan.at(j + 1)
    if df is None and after is not None and kind == "test_statistic" and _DF_AFTER.fullmatch(scan.gap(j + 1)):
        end, last = after.end, j + 1
        if "(" in scan.gap(j + 1) and scan.text[end : end + 1] == ")":
            end += 1
    if not _readable(scan, start, end, kind):
        if kind == "test_statistic" and not _readable(scan, start, end := value.end, kind):
            return 0
        start = start if kind == "test_statistic" else value.start
        end = value.end
    previous = scan.found[-1] if scan.found else None
    found = scan.add(kind, start, end)
    scan.anchor = found
    if previous is not None and _is_before(scan, previous, start):
        previous["of"], scan.anchor = found["name"], None  # "(P = .74, χ² = 0.29)"
    return last - i + 1


def _readable(scan: Scan, start: int, end: int, kind: Kind) -> bool:
    try:
        read_value(scan.text[start:end], kind, None, scan.mark)
    except ValueError:
        return False
    return True


def _worded(scan: Scan, i: int) -> int:
    token = scan.tokens[i]
    if not token.decimals or token.percent or _SHORT_CORRELATION.search(scan.gaps[i]) is None:
        return 0
    scan.anchor = scan.add("correlation", token.start, token.end)
    return 1


def _is_before(scan: Scan, last: Found, start: int) -> bool:
    """Whether a P value of nothing else opens the bracket that a statistic goes on."""
    if last["type"] != "p_value" or last.get("of") or scan.low[last["start"] - 1 : last["start"]] not in ("(", "["):
        return False
    return scan.low[last["end"] : start].strip() in (",", ";")
