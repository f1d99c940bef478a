"""Estimates of effect that are named beside their value: "adjusted odds ratio (OR) 1.9 (95% CI 1.2–3.0)"."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.figures import intervals
from evidence_brief.extract.figures.scan import Found, Scan

_NAMES: tuple[tuple[str, str | None, str], ...] = (
    (
        "irr",
        None,
        r"incidence[- ]rate[- ]ratios?|rate[- ]ratios?|irrs?|prevalence[- ]ratios?|prs?"
        r"|relative[- ]rates?|ratio of (?:geometric )?means?|geometric mean ratio|mean ratio",
    ),
    ("rrr", None, r"relative risk reductions?|rrr"),
    ("nnt", None, r"numbers?[- ]needed[- ]to[- ](?:treat|harm)|nnt|nnh"),
    ("rr", "RR", r"relative[- ]risks?|risk[- ]ratios?|rrs?|arrs?(?=.{0,12}\d\.\d)"),
    ("or", "OR", r"odds[- ]ratios?|ors?"),
    ("hr", "HR", r"hazards?[- ]ratios?|hrs?|s?hrs?|hazard"),
    ("rd", "RD", r"(?:absolute )?risk[- ]differences?|absolute risk reductions?|rds?|absolute (?:rate )?differences?"),
    ("smd", "SMD", r"standardi[sz]ed mean differences?|smds?|cohen[’']?s d|hedges[’']?s? g|d|g|effect size(?:s| d)?"),
    (
        "md",
        "MD",
        r"(?:weighted )?mean[- ](?:\w{1,16}[- ]){0,2}differences?|w?mds?|differences? (?:in"
        r"|of|between) (?:the )?means?|mean adjusted differences?",
    ),
    (
        "beta",
        None,
        r"β|b|beta|(?:regression )?coefficients?|estimates?|(?:treatment|group|adjusted"
        r"|between-group|least[- ]squares|ls) differences?|differences?|treatment effect",
    ),
)
_ANY = "|".join(f"(?P<{key}>{words})" for key, _, words in _NAMES)
_MIDDLE = (
    r"(?:\s?[(\[][a-zβ ,]{1,20}[)\]])?\)?(?P<about>,? (?:for|of|in|between|comparing"
    r"|per|with|vs\.?|versus|from|at) [^.;:()]{0,56}?)??"
)
_LINK = r"[\s,:=;(\[]{0,3}(?:was|were|of|is|at|being|equal to)?[\s=:,(\[]{0,3}"
_NAMED = re.compile(
    rf"(?:^|[^a-z])(?P<adjusted>(?:un)?adjusted |multivaria[a-z]{{1,6}} |adj\.? ?|a(?=or"
    rf"|hr|rr|irr|md))?(?P<name>{_ANY})(?![a-z]){_MIDDLE}(?P<link>{_LINK})$"
)
_HINT = re.compile(
    r"ratio|risk|differ|effect|hazard|needed|β|coeff|cohen|hedges|estimate|geometric|hazard"
    r"|(?:^|[^a-z])(?:[aw]?(?:or|s?hr|rr|irr|rd|w?md|smd|pr|nnt|nnh|rrr|arr)s?|beta|[dgb](?= ?=))(?![a-z])"
)
# Short names count in capitals only: "or" and "hr" are other words.
_CAPITAL = frozenset({"or", "hr", "rr", "irr", "rd", "md", "smd", "pr", "nnt", "nnh", "rrr", "wmd", "arr", "shr"})
_LIST = re.compile(r"\)?\]?\s?(?:,|;|and|or|vs\.?|versus|, and|; and)\s(?:[^0-9.]{0,40}[\s(:=,]{1,2})?")
_NO_ESTIMATE = re.compile(
    r"[ -]?(?:bpm|beats|patients|participants|subjects|mm|years|months|weeks|days|hours|mg|kg|h\b|±|to 1|:1)"
)
_SENTENCE = re.compile(r"[a-z)%]\.\s|\n")
_LINKED = re.compile(r"(?:was|were|of|is|at|=|:)\s?$")
_OF_SPREAD = re.compile(r"\b(?:s\.?e\.?m?|s\.?d\.?|standard (?:error|deviation)|min|max)\s?[=:]?\s?$")
_BRACKET = re.compile(r"\s?[(\[;,]\s?")
_OF_MEASURE = {key: measure for key, measure, _ in _NAMES}


def estimate(scan: Scan, i: int) -> int:
    """An estimate whose value is number i, with its interval. How many numbers it takes."""
    token, gap = scan.tokens[i], scan.gaps[i]
    if token.word:
        return 0
    named = _named(scan, i, gap) if _HINT.search(gap) else None
    if named is not None and named.pop("pending", False):
        # "The OR for the 2-year reversion was 2.88": the value comes later.
        scan.measure = (token.start, named["measure"], named["adjusted"])
        return 0
    if _OF_SPREAD.search(gap):
        return 0
    if named is not None:
        fields = named
    elif token.decimals and not token.percent and _goes_on(scan, i) and _followed(scan, i) and scan.measure is not None:
        fields = {"measure": scan.measure[1], "adjusted": scan.measure[2]}
    else:
        return 0
    if _NO_ESTIMATE.match(scan.low, token.stop):
        return 0
    followed = _followed(scan, i)
    if not token.decimals and not token.percent and not followed and fields["measure"] not in ("OR", "HR", "RR"):
        return 0
    inherited = named is None or fields["measure"] in ("RR", "OR", "HR", "MD", "SMD", None)
    scan.measure = (token.start, fields["measure"] if inherited else None, fields["adjusted"])
    start = fields.pop("start", token.start)
    found = scan.add("estimate", start, token.stop if token.percent else token.end, **fields)
    scan.anchor = found
    return 1 + interval_of(scan, i + 1, found)


def _goes_on(scan: Scan, i: int) -> bool:
    """Whether the number goes on with an estimate that was named earlier in its sentence."""
    token, gap = scan.tokens[i], scan.gaps[i]
    if scan.measure is None or token.start - scan.measure[0] > 240:
        return False
    if _SENTENCE.search(scan.low, scan.measure[0], token.start):
        return False
    return _LIST.fullmatch(gap) is not None or _LINKED.search(gap) is not None


def _named(scan: Scan, i: int, gap: str) -> dict[str, Any] | None:
    match = _NAMED.search(gap)
    if match is None:
        return None
    token = scan.tokens[i]
    offset = token.start - len(gap)
    key = next(key for key, _, _ in _NAMES if match[key])
    printed = scan.text[offset + match.start("name") : offset + match.end("name")]
    if printed.lower().rstrip("s") in _CAPITAL and not printed.rstrip("s").isupper():
        return None
    if key in ("beta", "smd") and (len(printed) == 1 and "=" not in gap[match.end("name") :]):
        return None
    adjusted = match["adjusted"] is not None and not match["adjusted"].startswith("un")
    adjusted = adjusted or (match["adjusted"] is None and re.search(r"(?<!un)adjusted|multivaria", gap) is not None)
    measure = _OF_MEASURE[key]
    if key == "beta" and not (token.decimals or token.percent):
        return None
    if printed.lower().startswith("arr"):
        measure, adjusted = ("RD", False) if token.percent else ("RR", True)
    fields: dict[str, Any] = {"measure": measure, "adjusted": adjusted}
    if match["about"] and not match["link"].strip(" ([") and not (token.decimals and _followed(scan, i)):
        fields["pending"] = True
        return fields
    if key == "nnt" and printed.isupper() and re.fullmatch(r"\s?[:=,]?\s?(?:of )?", gap[match.end("name") :]):
        fields["start"] = offset + match.start("name")
    return fields


def _followed(scan: Scan, i: int) -> bool:
    """Whether an interval follows number i."""
    j = i + 1
    if scan.at(j) is None or len(scan.gap(j)) > 40:
        return False
    if intervals.level_at(scan, j):
        return re.fullmatch(r"[^.0-9]{0,4}[(\[,; ]{1,3}(?:with a |with )?(?:ci[ -]?)?", scan.gap(j)) is not None
    return re.match(r"\s?[(\[,;]\s?\[?(?:ci|c\.i\.|confidence)", scan.gap(j)) is not None or (
        _BRACKET.fullmatch(scan.gap(j)) is not None
        and scan.gap(j).strip() in ("(", "[")
        and intervals.bracketed_pair(scan, j)
    )


def _holds(scan: Scan, i: int, whole: Found) -> bool:
    """Whether numbers i and i+1 are a pair in brackets around the estimate, as an interval without its name is."""
    if not intervals.bracketed_pair(scan, i):
        return False
    one, two = (scan.tokens[at].text.lstrip("+-−–").replace("·", ".").replace(",", ".") for at in (i, i + 1))
    value = str(whole["value"]).lstrip("+-−–").rstrip("% ").replace("·", ".").replace(",", ".")
    try:
        low, high, middle = float(one), float(two), float(value)
    except ValueError:
        return True
    return min(low, high) <= middle <= max(low, high) or scan.tokens[i].text[:1] in "-−–"


def _is_of_a_difference(scan: Scan, whole: Found, between: str) -> bool:
    """Whether the interval behind the second of two compared figures is that of their difference."""
    before = scan.low[max(0, whole["start"] - 40) : whole["start"]]
    return re.search(r"\b(?:versus|vs|than)\b", before) is not None and not between.lstrip().startswith(("(", "["))


def interval_of(scan: Scan, i: int, whole: Found) -> int:
    """The interval from number i on that belongs to a figure which ends just before it."""
    if scan.at(i) is None or len(scan.gap(i)) > 48:
        return 0
    fields: dict[str, Any] = {"of": whole["name"]}
    if whole["type"] == "estimate":
        fields |= {"measure": whole["measure"], "adjusted": whole["adjusted"]}
    if whole.get("unit"):
        fields["unit"] = whole["unit"]
    between = scan.gap(i)
    if re.search(r"\.\s|\)[^)]{4,}[(]", between):
        return 0
    if _OF_SPREAD.search(scan.low, max(0, whole["start"] - 24), whole["start"]):
        return 0
    if whole["type"] in ("proportion", "mean_sd", "median_iqr") and _is_of_a_difference(scan, whole, between):
        return 0
    if taken := intervals.interval(scan, i, **fields):
        if scan.found[-1]["type"] == "confidence_interval" and whole["type"] in ("estimate", "correlation", "mean_sd"):
            scan.anchor = scan.found[-1]
        return taken
    if whole["type"] == "estimate" and between.strip() in ("(", "[") and _holds(scan, i, whole):
        end = scan.tokens[i + 1].stop
        scan.anchor = scan.add("confidence_interval", scan.tokens[i].start, end, **fields)
        return 2
    return 0
