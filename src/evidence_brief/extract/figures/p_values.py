"""P values in all their spellings, and what each belongs to where it stands right beside it."""

from __future__ import annotations

import re

from evidence_brief.extract.figures.scan import Found, Scan

_QUALIFIER = (
    r"(?:trend|interaction|heterogeneity|het|int|adj(?:usted)?|fdr|corr(?:ected)?"
    r"|bonf\w{0,8}|log-?rank|group|time|difference|value|noninferiority)"
)
_RELATION = r"(?P<relation>=?\s?[<>≤≥⩽⩾≦≧＜＞˂˃]\s?=?|[=＝]|less than|greater than|(?:lower|smaller|higher) than|below)"
_P = re.compile(
    rf"(?:^|[^a-z0-9.])(?P<p>p(?:[ -]?values?|[’']s|s|[0-9])?)(?P<middle>[-_ ]?{_QUALIFIER}{{1,2}}"
    rf"|[- ]for[- ][a-z -]{{1,34}}|\s?[(\[][a-z –-]{{1,24}}[)\]])?"
    rf"(?P<link>\s?(?:was|were|is|of|:|,|are))?\s{{0,2}}{_RELATION}?\s{{0,2}}$"
)
_READABLE = re.compile(
    r"p(?:[- ]?values?)?(?:[- _]?(?:trend|interaction|heterogeneity)| for [a-z]+(?: [a-z]+)?)?\s{0,2}(?:of "
    r"|[:,])?\s?(?:[<>≤≥⩽⩾≦≧＜＞˂˃]=?|[=＝]|less than|greater than)?\s{0,2}"
)
_NEXT = re.compile(r"\s?(?:,|;|and|or|,? and|to)\s(?:[=<>≤≥]\s?)?")
_ALPHA_BEFORE = re.compile(
    r"significance(?: level)?(?: was| were| is)? ?(?:set|defined|considered|accepted|established|determined|declared"
    r"|assumed|of|as)\b"
    r"[^.;()]{0,30}$"
    r"|significant (?:if|when|for)\b[^.;()]{0,30}$|level of significance[^.;()]{0,30}$"
    r"|(?:alpha|α|threshold|cut-?off)\b[^.;()]{0,30}$"
)
_ALPHA_AFTER = re.compile(
    r"\)?,?\s?(?:was|were|is|being)?\s?(?:(?:a|the) )?(?:considered|regarded|taken|deemed"
    r"|defined|set|accepted|used|indicat|denot|as (?:the )?(?:level|significan)|level|significance level"
    r"|threshold|to be (?:considered )?significant)"
)
_TEST = (
    r"(?P<test>(?:(?:two|one|2|1)[- ](?:sided|tailed) )?(?:(?:paired|unpaired|independent"
    r"|student[’']?s|welch[’']?s) )?(?:t[- ]tests?|fisher[’']?s? exact tests?|(?:chi|χ)[- ]?(?:squared?"
    r"|2|²)(?: tests?)?"
    r"|log-?rank(?: tests?)?|mann[-–]whitney(?: u)?(?: tests?)?|wilcoxon(?: (?:signed|rank)[- ](?:rank"
    r"|sum))?(?: tests?)?|mcnemar[’']?s?(?: tests?)?|kruskal[-–]wallis(?: tests?)?"
    r"|friedman[’']?s?(?: tests?)?|an(?:c)?ova|cochran[-–]mantel[-–]haenszel(?: tests?)?))"
)
_TEST_BEFORE = re.compile(rf"{_TEST}[\s,;:(]{{0,3}}p[^a-z]{{0,5}}$")
_TEST_AFTER = re.compile(rf"[\s,;(]{{1,3}}(?:by |using |with |from )?(?:the |a )?{_TEST}")
_SIDED_BEFORE = re.compile(r"(?P<test>(?:stratified |nominal )?(?:one|1)[- ](?:sided|tailed))[\s,]{0,2}p[^a-z]{0,5}$")
_BREAK = re.compile(r"\.\s|\n")
NS = re.compile(
    r"[Pp](?:[- ]?[Vv]alue)?\s?[=:,]?\s?(?:n\.s\.?|[Nn]\.?[Ss](?![A-Za-z])|N\.S\.?|not (?:statistically )?significant)"
)
_JUDGED = ("test_statistic", "correlation", "confidence_interval", "estimate")
_NS_AFTER = re.compile(r"[0-9)%\]][,;]\s{0,2}(?P<ns>n\.\s?s\.?|ns)(?![a-z])")
_ADJUSTED = re.compile(
    r"(?:(?<!un)adjusted|corrected|bonferroni|holm|fdr|tukey)[- ](?:p\b|p[- ]values?)[^0-9]{0,6}$"
    r"|p[-_ ]?(?:adj|corr|fdr|bonf)[a-z]{0,12}[^0-9a-z]{0,6}$"
)
_POWER = re.compile(r"10[\^+\-−–⁻⁺]|[x×]")
REACH = 90  # characters between a statistic or an interval and its P value


def p_value(scan: Scan, i: int) -> int:
    """A P value whose number is number i. How many numbers it takes; 0 where it is none."""
    gap, token = scan.gaps[i], scan.tokens[i]
    if token.percent or token.word or "p" not in gap or (match := _P.search(gap)) is None:
        return 0
    fraction = (
        (token.decimals and token.text.lstrip("+-−–0")[:1] in (".", "·", "⋅", ",", "∙"))
        or _POWER.search(token.text) is not None
        or "e-" in token.text.lower()
    )
    if not (fraction or (token.whole in (0, 1) or token.text in ("1.0", "1.00", "1.000", "1·0", "1·00", "1.0000"))):
        return 0
    if match["relation"] is None and not fraction and "." not in token.text:
        return 0  # "appendix p 10"
    if (
        match["relation"] is None
        and (not fraction or (match["p"] == "p" and match["middle"] is None and match["link"] not in (":", ",")))
        and not (fraction and match["link"] is None and match.start() == len(gap) - len(match.group()))
    ):
        return 0
    if re.match(r"[-−–]\d", scan.low[token.end : token.end + 2]) and token.text == "10":
        return 0  # "p = 10−11": ten to the power of −11, whose raised sign is lost
    if scan.low[token.end : token.end + 1] == "," and scan.low[token.end + 1 : token.end + 2].isdigit():
        return 0
    if _ALPHA_BEFORE.search(gap) or _ALPHA_AFTER.match(scan.low, token.stop):
        scan.leave(i, "level of significance")
        return 1
    _add(scan, i, _start(match, token.start - len(gap)), _test(scan, i, gap))
    return 1 + _more(scan, i + 1)


def _start(match: re.Match[str], offset: int) -> int:
    """From the letter P on where the value is then readable, else from the sign of comparison."""
    if _READABLE.fullmatch(match.string, match.start("p")):
        return offset + match.start("p")
    relation = match["relation"]
    if relation is None or relation[:1] not in "=<>≤≥⩽⩾≦≧＜＞＝˂˃l":
        return offset + len(match.string)
    skipped = len(relation) - len(relation.lstrip("= ")) if len(relation) > 1 and relation[0] == "=" else 0
    return offset + match.start("relation") + skipped


def _add(scan: Scan, i: int, start: int, test: str | None) -> None:
    of = belongs(scan, start)
    if _ADJUSTED.search(scan.low, max(0, start - 40), scan.tokens[i].start):
        scan.add("p_value", start, scan.tokens[i].end, test=test, adjusted=True)
    else:
        scan.add("p_value", start, scan.tokens[i].end, of=of["name"] if of else None, test=test)


def _more(scan: Scan, i: int) -> int:
    """P values that go on a list: "p values 0.03 and 0.04"."""
    count = 0
    while (token := scan.at(i)) is not None and token.decimals and not token.percent and _NEXT.fullmatch(scan.gap(i)):
        if token.text[:2] not in ("0.", "0·") and token.text[:1] not in ".·":
            break
        if scan.low[token.stop : token.stop + 1] not in (")", ",", ";", ".", "") and not scan.low.startswith(
            (" and", " for", " respectively"), token.stop
        ):
            break
        relation = re.search(r"[=<>≤≥]\s?$", scan.gap(i))
        scan.add("p_value", token.start - len(relation.group()) if relation else token.start, token.end)
        i, count = i + 1, count + 1
    return count


def belongs(scan: Scan, start: int) -> Found | None:
    """The last statistic, estimate or interval, where a P value at this place belongs to it; it then has its own."""
    anchor = scan.anchor
    if anchor is None or start - anchor["end"] > REACH or _BREAK.search(scan.low, anchor["end"], start):
        return None
    if re.search(r"[)\]][^(\[]{8,}[(\[]", scan.low[anchor["end"] : start]):
        return None  # it stands in a bracket of its own, behind other words
    scan.anchor = None
    return anchor


def _test(scan: Scan, i: int, gap: str) -> str | None:
    token = scan.tokens[i]
    before = _TEST_BEFORE.search(gap) or _SIDED_BEFORE.search(gap)
    if before is not None:
        offset = token.start - len(gap)
        return scan.text[offset + before.start("test") : offset + before.end("test")]
    after = _TEST_AFTER.match(scan.low, token.stop)
    return scan.text[after.start("test") : after.end("test")] if after else None


def not_significant(scan: Scan) -> None:
    """Find "P = NS", and "NS" after a statistic, which hold no number."""
    ends = {found["end"]: found for found in scan.found}
    for match in NS.finditer(scan.text):
        if match.start() == 0 or not scan.text[match.start() - 1].isalnum():
            _add_ns(scan, ends, match.start(), match.end())
    for match in _NS_AFTER.finditer(scan.low):
        _add_ns(scan, ends, match.start("ns"), match.end("ns"))


def _add_ns(scan: Scan, ends: dict[int, Found], start: int, end: int) -> None:
    """A P value "NS", of the statistic or estimate that ends just before it."""
    at = start
    while at > start - 4 and at not in ends and scan.low[at - 1 : at] in (" ", ",", ";", ")", "]"):
        at -= 1
    found = ends.get(at)
    of = found["name"] if found is not None and found["type"] in _JUDGED else None
    scan.add("p_value", start, end, of=of)
