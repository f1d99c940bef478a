"""What is left: ranges, dates, durations, doses, percentages and counts, each read by its unit."""

from __future__ import annotations

import re

from evidence_brief.extract.figures import intervals
from evidence_brief.extract.figures.estimates import interval_of
from evidence_brief.extract.figures.means import _range_of
from evidence_brief.extract.figures.scan import Scan
from evidence_brief.extract.figures.units import Unit, own_unit, stops, unit_after, unit_before

_BOUND = re.compile(
    r"(?:[<>≤≥⩽⩾~≈∼≦≧]\s?=?\s?|(?:^|[^a-z])(?:more than|less than|greater than|fewer than"
    r"|at least|at most|up to|approximately|approx\.?|about|around|nearly|almost"
    r"|roughly|above|below|exceed(?:ing|ed|s)?|older than|younger than|(?:a )?minimum(?: of)?"
    r"|(?:a )?maximum(?: of)?|no more than|as many as|as few as|over|under|higher than"
    r"|lower than|longer than|shorter than|close to|beyond|c\.|ca\.?|circa|as much as|as little as"
    r"|not exceeding|some)\s)(?:a |an |the )?(?:median of |mean of )?$"
)
_OVER = re.compile(r"(?:over|under|beyond) (?:a |an |the )?(?:median of |mean of )?$")
_OR_MORE = re.compile(
    r"\+|\s?(?:%|[a-z]{1,8})?(?: of age)? (?:or|and) (?:more|older|over|above|less|younger"
    r"|greater|higher|fewer|longer|under|lower|below)|\s?[<>≤≥]"
)
_CHANGE = re.compile(
    r"(?:increas|decreas|declin|reduc|improv|fell|rose|drop|chang|went|grew|lower|rais"
    r"|shift)\w{0,6}\b[^.;]{0,40}from $"
)
_BY = re.compile(
    r"(?:increas|decreas|declin|reduc|improv|fell|rose|drop|chang|lower|rais|elevat|higher"
    r"|greater|grew|diminish|enhanc|cut|drop)\w{0,6}\b[^.;]{0,50}(?:by|of|an additional) (?:an? )?$|by $"
)
_AFTER_BY = re.compile(
    r" (?:reduction|increase|decrease|decline|improvement|lower|higher|greater|less|more"
    r"|change|relative|absolute|drop|fall|rise|gain|loss)"
)
_MEASURED = re.compile(
    r"(?:hba ?1c|a1c|ejection fraction|lvef|fev1|h(?:a)?ematocrit|saturation|spo2|sao2"
    r"|hemoglobin|fio2|fev|pulse oximetry|adherence|compliance|accuracy|humidity|recovery)[^.;]{0,30}$"
)
_MONTHS = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?"
    r"|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_MONTH_BEFORE = re.compile(rf"(?:^|[^a-z])(?P<month>{_MONTHS}),? $")
_DATE_HEAD = re.compile(rf"(?:^|[^a-z])(?P<month>{_MONTHS}) $")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?(?: of)? {_MONTHS}(?P<year>,? (?:19|20)[0-9]{{2}})?(?![a-z0-9])")
_YEAR_NEXT = re.compile(r"(?:st|nd|rd|th)?,? ")
_N = re.compile(r"(?:^|[^a-z0-9])(?:n|total|sample size|no\. of \w{1,20}|number of \w{1,20})\s?[=:]\s?$")
_ALPHA = re.compile(
    r"(?:alpha|α|significance(?: level)?|type i error(?: rate)?|type 1 error|level of significance)[^.;]{0,24}$"
)
_POWER = re.compile(r"power[^.;]{0,24}$")
_POWER_AFTER = re.compile(
    r"\s?(?:statistical )?power\b|\s?(?:significance )?level\b| confidence\b| two-sided| one-sided"
)
_AGE_AFTER = re.compile(r"[ -](?:years?|months?|yrs?|weeks?|days?)(?:[ -]old| of age)")
_AGE_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:aged?|ages|mean age|median age|age (?:was|of|range|group)s?)[^.;a-z]{0,3}(?:from "
    r"|between |range |was |of )?[(]?$"
)
_COEFFICIENT = re.compile(
    r"(?:^|[^a-z])(?:i2|i²|r2|r²|η2|η²|ηp2|kappa|κ|α|alpha|auc|auroc|icc|ω|c-statistic"
    r"|c-index|d|g|w|tau2|df|se|sd|mse|b|β|λ|ph)\s?[=:]\s?$"
)
_WORD_TIMES = re.compile(r" ?(?:times|fold|-fold)")
_RATIO = re.compile(r"\s?:\s?")
_LISTED = re.compile(r"(?:^|[;:.,]\s|\n|\band )\(?$")
_PER = (100, 1000, 10000, 100000)
_RATE = re.compile(r"(?:/ ?|(?:^|[^a-z])per )$")
_PRODUCT = re.compile(r"\s?[×x]\s?[0-9]")
_BIG = re.compile(r"[ -](?:hundred|thousand|million|billion)\b")


def aside(scan: Scan, i: int) -> int:
    """What is no claim at all: bounds, levels of significance, power, ratios such as 2:1, thousands in words."""
    token, gap = scan.tokens[i], scan.gaps[i]
    if token.percent and (_POWER_AFTER.match(scan.low, token.stop) or _ALPHA.search(gap) or _POWER.search(gap)):
        scan.leave(i, "level or power of a test")
        return 1
    if token.decimals and _ALPHA.search(gap):
        scan.leave(i, "level of significance")
        return 1
    if scan.low.startswith(" min read", token.end):
        scan.leave(i, "furniture of a web page")
        return 1
    if scan.low.startswith(")", token.end) and token.whole is not None and token.whole < 20 and _LISTED.search(gap):
        scan.leave(i, "number of a list")
        return 1
    if token.whole in _PER and _RATE.search(gap):
        scan.leave(i, "the whole of a rate")
        return 1
    if _PRODUCT.match(scan.low, token.stop):
        scan.leave(i, "a product or a power of ten")
        return 1
    bound = _BOUND.search(gap)
    unit = unit_after(scan, i)
    if (
        bound is not None
        and not (_OVER.search(gap) and unit is not None and unit.kind == "time" and "for over" not in gap)
    ) or _OR_MORE.match(scan.low, token.stop):
        scan.leave(i, "a bound or an estimate, which cannot be a claim")
        if i + 1 < len(scan.tokens) and intervals.dashed(scan, i):
            scan.leave(i + 1, "a bound or an estimate, which cannot be a claim")
            return 2
        return 1
    if _BIG.match(scan.low, token.stop):
        scan.leave(i, "a number that is partly in words")
        return 1
    if _WORD_TIMES.match(scan.low, token.stop) or (gap.rstrip()[-1:] in ("=", ":") and _COEFFICIENT.search(gap)):
        scan.leave(i, "a multiple or a coefficient, for which there is no type of claim")
        return 1
    if i + 1 < len(scan.tokens) and _RATIO.fullmatch(scan.gap(i + 1)) and token.whole is not None:
        scan.leave(i, "a ratio of numbers")
        scan.leave(i + 1, "a ratio of numbers")
        return 2
    return 0


def date(scan: Scan, i: int) -> int:
    """A date of the calendar: "May 17, 2012", "17 May 2012", "January 2005", "2005 to 2009"."""
    token, gap = scan.tokens[i], scan.gaps[i]
    if token.whole is None or token.percent or token.word:
        return 0
    head = _DATE_HEAD.search(gap)
    offset = token.start - len(gap)
    if head is not None and token.whole <= 31:
        year = scan.at(i + 1)
        both = (
            year is not None and _YEAR_NEXT.fullmatch(scan.gap(i + 1)) is not None and 1850 <= (year.whole or 0) <= 2100
        )
        end = year.end if both and year is not None else token.end
        scan.add("date", offset + head.start("month"), end)
        return 2 if both else 1
    if token.whole <= 31 and (after := _MONTH_AFTER.match(scan.low, token.end)) is not None:
        if scan.low[token.end : token.end + 5] == " may " and after["year"] is None:
            return 0
        scan.add("date", token.start, after.end())
        return 2 if after["year"] else 1
    if not 1850 <= token.whole <= 2100 or len(token.text) != 4:
        return 0
    if (month := _MONTH_BEFORE.search(gap)) is not None:
        scan.add("date", offset + month.start("month"), token.end)
        return 1
    unit = own_unit(scan, token.end)
    if unit is not None and unit.kind in ("persons", "time", "dose", "measured"):
        return 0
    if re.search(
        r"(?:^|[^a-z])(?:in|since|during|until|from|to|and|between|by|through|year|years"
        r"|early|late|before|after|mid|of)[\s-]$|[-–—/]$",
        gap,
    ):
        scan.add("date", token.start, token.end)
        return 1
    return 0


def range_(scan: Scan, i: int) -> int:
    """Two ends with a dash or "to" between them, and a unit or a word that says what they are."""
    low, high = scan.tokens[i], scan.at(i + 1)
    if high is None or low.word or high.word:
        return 0
    gap, before = scan.gap(i + 1), scan.gaps[i]
    dash = intervals.dashed(scan, i)
    between = gap in (" and ", " or ") and re.search(r"between (?:the ages of )?$", before) is not None
    named = (
        re.search(r"(?:^|[^a-z])range[\s:=,(]{1,3}(?:of |from |was |between )?$", before) is not None
        and intervals.SEPARATOR.fullmatch(gap) is not None
    )
    if not (dash or between or named) or (low.percent and not high.percent):
        return 0
    if gap.strip() == "to" and (
        _CHANGE.search(before) or (before.endswith("from ") and not re.search(r"rang\w{0,3} from $", before))
    ):
        return 0
    unit = unit_after(scan, i + 1)
    if (
        unit is None
        and not named
        and not re.search(r"rang(?:ed|ing|es|e)[^.;]{0,20}$", before)
        and unit_before(scan, i) is None
    ):
        return 0
    if unit is not None and unit.kind in ("persons",):
        return 0
    words = None if unit is None or (unit.kind == "percent") else unit.words
    fields = {"outcome": "age"} if _AGE_BEFORE.search(before) or _AGE_AFTER.match(scan.low, high.stop) else {}
    scan.add("range", low.start, high.stop if high.percent else high.end, unit=words or unit_before(scan, i), **fields)
    return 2


def quantity(scan: Scan, i: int) -> int:
    """A number with a unit of time, a dose, a percentage, or a count. How many numbers it takes."""
    token, gap = scan.tokens[i], scan.gaps[i]
    unit = unit_after(scan, i)
    if unit is not None and unit.kind == "percent":
        return _percentage(scan, i, unit)
    if unit is not None and unit.kind == "time":
        fields = {"outcome": "age"} if _AGE_BEFORE.search(gap) or _AGE_AFTER.match(scan.low, token.stop) else {}
        scan.add("duration", token.start, token.end, unit=unit.words, **fields)
        return 1 + _range_of(scan, i + 1, unit.words)
    if unit is not None and unit.kind == "dose":
        scan.add("dose", token.start, token.end, unit=unit.words)
        return 1
    if unit is not None and unit.kind == "measured":
        if token.decimals:
            found = scan.add("mean_sd", token.start, token.end, unit=unit.words)
            return 1 + interval_of(scan, i + 1, found)
        return 0
    if (before := unit_before(scan, i)) is not None and token.whole is not None:
        scan.add("duration", token.start, token.end, unit=before)
        return 1
    return _count(scan, i, unit)


def _percentage(scan: Scan, i: int, unit: Unit) -> int:
    token, gap = scan.tokens[i], scan.gaps[i]
    end = token.stop if token.percent else token.end
    fields = {} if token.percent else {"unit": "%"}
    negative = token.text[:1] in "-+−–"
    if scan.above_hundred(token) and not token.percent:
        return 0  # "m/z 3,400, 61.0%" is no list of percentages
    if (
        not negative
        and not scan.above_hundred(token)
        and not _BY.search(gap)
        and not _AFTER_BY.match(scan.low, token.stop)
        and not _MEASURED.search(gap)
    ):
        found = scan.add("proportion", token.start, end, **fields)
    elif _MEASURED.search(gap) and not negative:
        found = scan.add("mean_sd", token.start, end, **fields)
    else:
        found = scan.add("estimate", token.start, end, **fields)
        found |= {"measure": None, "adjusted": False}
    return 1 + interval_of(scan, i + 1, found)


def _count(scan: Scan, i: int, unit: Unit | None) -> int:
    token, gap = scan.tokens[i], scan.gaps[i]
    if token.whole is None or token.text[:1] in "-+−–" or token.decimals:
        return 0
    if _N.search(gap):
        scan.add("count", token.start, token.end)
        return 1
    if unit is not None:
        scan.add("count", token.start, token.end, unit=unit.words)
        return 1
    if (
        not token.word
        and scan.low[token.end : token.end + 1] == " "
        and stops(scan, token.end)
        and not re.search(r"(?:scores?|index|=|±|ph|scale|rating|value|level)[^.;]{0,24}$", gap)
    ):
        scan.add("count", token.start, token.end)
        return 1
    return 0
