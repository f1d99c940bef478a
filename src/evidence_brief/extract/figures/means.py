"""Means and medians with what follows them: "7.46±6.26", "7.5 (SD 6.3)", "median 6 [4–18]"."""

from __future__ import annotations

import re

from evidence_brief.extract.figures import intervals
from evidence_brief.extract.figures.estimates import interval_of
from evidence_brief.extract.figures.scan import Found, Scan
from evidence_brief.extract.figures.units import Unit, own_unit, unit_after
from evidence_brief.study.kinds import Kind, read_value

_PLUS = re.compile(r"\s?(?:±|\+/[-−–]|\+[-−–])\s?(?:sd |sem |se )?")
_SE = re.compile(r"(?:^|[^a-z])(?:s\.?e\.?m?\.?|standard errors?(?: of the mean)?)(?![a-z])")
_SD = re.compile(r"(?:^|[^a-z])(?:s\.?d\.?s?|standard deviations?|stdev)(?![a-z])")
_SPREAD = re.compile(
    r"(?P<unit>\s?[a-z%°µμ/²²0-9.]{0,12}(?: [a-z/]{1,10})?)?\s?[,;]?\s?[\[(]?\s?(?P<word>s\.?d\.?"
    r"|s\.?e\.?m?\.?|standard deviation|standard error(?: of the mean)?)"
    r"(?:\s?[\[(]sd[\])])?\s?[:=,±]?\s?(?:of )?[±]?\s?"
)
_OPEN = re.compile(r"\s?(?P<unit>[a-zµμ°/%²]{0,12})\s?[\[(]\s?±?\s?")
_MEDIAN = re.compile(r"(?:^|[^a-z])(?:medians?|mdn)(?![a-z])")
_MEAN = re.compile(r"(?:^|[^a-z])(?:means?|averag(?:e|ed|ing)|mean\w{0,3})(?![a-z])")
_NAMED = re.compile(
    r"(?P<unit>\s?[a-z%°µμ/²-]{0,16}(?: [a-z/]{1,12})?)\s?[\[(;,]\s?(?:with (?:an? )?)?(?P<word>inter-?quartile range"
    r"|iqr|q1\s?[-–]\s?q3|25th ?(?:-|–|to|and) ?75th percentiles?|quartiles|range|min(?:imum)?\s?[-–]\s?max(?:imum)?)"
    r"(?:\s?[\[(]iqr[\])])?\s?[:=,]?\s?(?:of |from |was )?[\[(]?\s?"
)
_M = re.compile(r"(?:^|[^a-z.])m\s?=\s?$")


def plus_minus(scan: Scan, i: int) -> int:
    """A mean, ± and its spread. How many numbers it takes."""
    spread = scan.at(i + 1)
    if spread is None or _PLUS.fullmatch(scan.gap(i + 1)) is None:
        return 0
    token = scan.tokens[i]
    inside = scan.gap(i + 1).strip(" ±+/-−–")
    after = re.match(r"\s?\(?(s\.?e\.?m?|sd|s\.d\.)\.?\)?(?![a-z])", scan.low[spread.stop : spread.stop + 10])
    printed = after[1].replace(".", "") if after else inside
    context = scan.context(i)
    error = printed.startswith("se") or (
        not printed and _SE.search(context) is not None and _SD.search(context) is None
    )
    unit = unit_after(scan, i + 1)
    percent = unit is not None and unit.kind == "percent"
    words = None if unit is None or unit.kind in ("things", "persons") or (percent and token.percent) else unit.words
    found = _add(scan, "mean_sd", token.start, spread.stop if spread.percent else spread.end, words)
    if found is None:
        return 0
    found["spread"] = "se" if error else "sd"
    scan.anchor = None
    return 2


def _add(scan: Scan, kind: Kind, start: int, end: int, unit: str | None, **fields: object) -> Found | None:
    end = intervals.closed(scan, start, end)
    try:
        read_value(scan.text[start:end], kind, unit, scan.mark)
    except ValueError:
        return None
    return scan.add(kind, start, end, unit=unit, **fields)


def mean(scan: Scan, i: int) -> int:
    """A mean in words, with its spread in a bracket where there is one. How many numbers it takes."""
    token, after = scan.tokens[i], scan.at(i + 1)
    if token.word:
        return 0
    if after is not None and (named := _SPREAD.fullmatch(scan.gap(i + 1))) is not None:
        unit = own_unit(scan, token.stop, token.percent) or unit_after(scan, i + 1)
        words = unit.words if unit and unit.kind in ("time", "dose", "measured") else None
        if (found := _add(scan, "mean_sd", token.start, after.stop, words)) is not None:
            found["spread"] = "se" if named["word"].replace(".", "").startswith(("se", "standard e")) else "sd"
            return 2
    context = scan.context(i)
    if (
        after is not None
        and not token.percent
        and not after.percent
        and (opened := _OPEN.fullmatch(scan.gap(i + 1))) is not None
        and scan.low[after.stop : after.stop + 1] in (")", "]")
    ):
        word = (
            "se"
            if re.search(r"[(\[±,] ?(?:se|s\.e\.|sem|standard error)", context)
            else "sd"
            if re.search(r"[(\[±,] ?(?:sd|s\.d\.|standard dev)", context)
            else None
        )
        word = word or ("sd" if "±" in opened.group() else None)
        if word is not None and (token.decimals or after.decimals or "(s" in scan.gaps[i] or "±" in opened.group()):
            unit = own_unit(scan, token.stop) or unit_after(scan, i + 1) or own_unit(scan, after.stop + 1)
            words = unit.words if unit and unit.kind in ("time", "dose", "measured") else None
            if (found := _add(scan, "mean_sd", token.start, after.stop, words)) is not None:
                found["spread"] = word
                return 2
    return _alone(scan, i, context)


def _alone(scan: Scan, i: int, context: str) -> int:
    """A mean without a spread, whose sentence says that it is one."""
    token, gap = scan.tokens[i], scan.gaps[i]
    close = _MEAN.search(gap) is not None and "median" not in gap
    last = scan.found[-1] if scan.found else None
    listed = (
        last is not None
        and last["type"] == "mean_sd"
        and token.start - last["end"] < 48
        and token.decimals
        and _MEAN.search(context) is not None
    )
    if not (close or listed or _M.search(gap)):
        return 0
    unit = unit_after(scan, i)
    if unit is not None and unit.kind == "persons":
        return 0
    if not token.decimals and (unit is None or unit.kind in ("things",)):
        return 0
    words = unit.words if unit and unit.kind in ("time", "dose", "measured") else None
    j = i + 1
    if (
        scan.at(j) is not None
        and intervals.level_at(scan, j)
        and scan.tokens[j].text == "95"
        and scan.gap(j).strip() in ("(", "[")
    ):
        taken = _with_interval(scan, i, words)
        if taken:
            return taken
    found = scan.add("mean_sd", token.start, token.stop if token.percent else token.end, unit=words)
    return 1 + (interval_of(scan, j, found) or _range_of(scan, j, words))


def _with_interval(scan: Scan, i: int, unit: str | None) -> int:
    high = scan.at(i + 3)
    if high is None or intervals.SEPARATOR.fullmatch(scan.gap(i + 3)) is None:
        return 0
    found = _add(scan, "mean_sd", scan.tokens[i].start, high.stop, unit, spread="ci95")
    return 4 if found is not None else 0


def median(scan: Scan, i: int) -> int:
    """A median, with its quartiles or its range where they follow. How many numbers it takes."""
    token, gap = scan.tokens[i], scan.gaps[i]
    context = ""
    if gap.endswith((" per ", "/")):
        return 0  # "a median of 1.9 per 24 hours"
    if ("median" not in gap and "mdn" not in gap) or _MEDIAN.search(gap) is None:
        context = scan.context(i)
        if "median" not in context and "mdn" not in context:
            return 0
        last = scan.found[-1] if scan.found else None
        near = (
            last is not None
            and last["type"] in ("median_iqr", "range", "confidence_interval")
            and token.start - last["end"] < 48
        )
        if _MEDIAN.search(context) is None or not (near or _quartiles_follow(scan, i)):
            return 0
        if token.percent and last is not None and last.get("unit") != "%" and not last["value"].endswith("%"):
            return 0
    elif _MEAN.search(gap[gap.rfind("median") :]):
        return 0
    unit = unit_after(scan, i)
    if (unit is not None and unit.kind == "persons") or (intervals.dashed(scan, i) and not _quartiles_follow(scan, i)):
        return 0
    return _median(scan, i, unit, context or scan.context(i))


def _quartiles_follow(scan: Scan, i: int) -> bool:
    return (
        scan.at(i + 2) is not None
        and (_NAMED.fullmatch(scan.gap(i + 1)) is not None or scan.gap(i + 1).strip()[-1:] in ("(", "["))
        and intervals.bracketed_pair(scan, i + 1)
    )


def _median(scan: Scan, i: int, unit: Unit | None, context: str) -> int:
    token = scan.tokens[i]
    words = unit.words if unit is not None and not (unit.kind == "percent" and token.percent) else None
    named = _NAMED.fullmatch(scan.gap(i + 1))
    high = scan.at(i + 2)
    pair = high is not None and intervals.SEPARATOR.fullmatch(scan.gap(i + 2)) is not None
    bare = _OPEN.fullmatch(scan.gap(i + 1)) is not None and intervals.bracketed_pair(scan, i + 1)
    if high is not None and pair and (named is not None or bare):
        words = words or _unit_of_pair(scan, i + 2)
        ranged = (
            named["word"].startswith(("range", "min")) if named else "range" in context.replace("quartile range", "")
        )
        if not ranged:
            found = _add(scan, "median_iqr", token.start, high.stop, words, spread="iqr")
            if found is not None:
                return 3
        else:
            scan.add("median_iqr", token.start, token.end, unit=words)
            scan.add("range", scan.tokens[i + 1].start, high.stop if high.percent else high.end, unit=words)
            return 3
    found = scan.add("median_iqr", token.start, token.stop if token.percent else token.end, unit=words)
    return 1 + interval_of(scan, i + 1, found)


def _unit_of_pair(scan: Scan, i: int) -> str | None:
    unit = own_unit(scan, scan.tokens[i].stop) or own_unit(scan, scan.tokens[i].stop + 1)
    return unit.words if unit is not None and unit.kind in ("time", "dose", "measured") else None


def _range_of(scan: Scan, i: int, unit: str | None) -> int:
    """The range that follows a mean or a number: "54 years (range 18–80)"."""
    high = scan.at(i + 1)
    named = _NAMED.fullmatch(scan.gap(i)) if high is not None else None
    if (
        high is None
        or named is None
        or not named["word"].startswith(("range", "min"))
        or intervals.SEPARATOR.fullmatch(scan.gap(i + 1)) is None
    ):
        return 0
    scan.add("range", scan.tokens[i].start, high.stop if high.percent else high.end, unit=unit)
    return 2
