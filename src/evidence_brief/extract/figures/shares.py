"""Counts and their shares: "12 of 40 patients (30%)", "12/40 (30%)", "30% (12/40)", "12 (30%) of 40 patients"."""

from __future__ import annotations

import re

from evidence_brief.extract.figures import intervals
from evidence_brief.extract.figures.estimates import interval_of
from evidence_brief.extract.figures.lexer import Token
from evidence_brief.extract.figures.scan import Found, Scan

_WORDS = r"(?:[^\W\d_][\w’'/-]{0,20} ?){0,7}"
_FEW_WORDS = r"(?:[^\W\d_][\w’'/-]{0,20} ?){0,4}"
_OF = re.compile(
    r" ?(?:[^\W\d_][\w’'-]{0,20} ){0,3}(?:out )?of (?:the |all |all the |a total of "
    r"|these |those |our )?(?:n ?= ?)?|\s?/\s?"
)
_OF_NEXT = re.compile(rf"\)?\]? {_WORDS}(?:out )?of (?:the |all |all the |a total of |these |those )?")
_TO_SHARE = re.compile(
    rf"\s?{_WORDS}\s?[\[(]\s?(?:i\.e\.,? |or |= )?|\s?(?:[^\W\d_]{{1,20}}\s?)?[,:=]\s?(?:i\.e\.,? |or |= )?|; ?"
)
_IN_BRACKET = re.compile(rf"\s?{_WORDS}[\[(]\s?(?:n\s?[=:]\s?)?|; ")
_BACK = re.compile(rf"\s?(?:{_FEW_WORDS})?[\[(;:=]\s?(?:n\s?[=:]\s?|representing |i\.e\.,? )?")
_NO_SHARE = re.compile(r"(?:grade|stage|visual acuity|blood pressure|bp|of)s?\s?$")
# Behind the second number: a unit or a grade, so that it is no number of patients.
_NO_WHOLE = re.compile(
    r"[\s-]?(?:mm ?hg|mg|µg|μg|ug|mcg|g|kg|ml|l|dl|iu|units?|mm|cm|m|km|nm|%|min(?:ute)?s?|h|hours?|hrs?|days?|weeks?"
    r"|wks?|months?|years?|yrs?|s|sec(?:ond)?s?|points?|grade|scale|to \d|hz|db|°|c|kcal|kj|mmol|nmol|µmol|bp|beats"
    r"|repetitions|reps|hundred|thousand|million|billion|rm)(?![a-z])|\s\d{3}(?!\d)|/\d|-(?:year|month|week|day|hour|to)"
)
_LIST_OF_SHARES = re.compile(r",?\s(?:and )?\d[\d.·]*\s?%")


def share(scan: Scan, i: int) -> int:
    """Counts with their share that begin at number i. How many numbers it takes."""
    token = scan.tokens[i]
    if token.percent:
        return _share_first(scan, i)
    if not _countable(token):
        return 0
    return _count_of_whole(scan, i) or _count_first(scan, i)


def _countable(token: Token | None) -> bool:
    return token is not None and token.whole is not None and not token.percent and token.text[:1] not in "-+−–"


def _pair(scan: Scan, i: int) -> bool:
    """Whether numbers i and i+1 are "n of N" or "n/N"."""
    one, two = scan.at(i), scan.at(i + 1)
    if (
        one is None
        or two is None
        or not (_countable(one) and _countable(two))
        or _OF.fullmatch(scan.gap(i + 1)) is None
    ):
        return False
    before = scan.low[max(one.start - 1, 0) : one.start]
    if before.isalnum() or before == "/" or _is_a_hundred(scan, i):
        return False  # "ACR20/50", "one hundred and seventy-six"
    return (one.whole or 0) <= (two.whole or 0) and _NO_WHOLE.match(scan.low, two.stop) is None


def _is_a_hundred(scan: Scan, i: int) -> bool:
    """Whether number i is the end of a longer one in words: "one hundred and seventy-six"."""
    return re.search(r"\b(?:hundred|thousand)(?:[- ]and)?[- ]$", scan.gap(i)) is not None


def _count_of_whole(scan: Scan, i: int) -> int:
    if not _pair(scan, i):
        return 0
    slash = scan.gap(i + 1).strip() == "/"
    proportion = scan.at(i + 2)
    joined = (
        proportion is not None
        and proportion.percent
        and _TO_SHARE.fullmatch(scan.gap(i + 2)) is not None
        and _LIST_OF_SHARES.match(scan.low, proportion.stop) is None
        and not intervals.level_at(scan, i + 2)
    )
    if (
        slash
        and not joined
        and (_NO_SHARE.search(scan.gaps[i]) or scan.tokens[i + 1].whole in (7,) or scan.tokens[i].word)
    ):
        return 0
    count, whole = _counts(scan, i)
    if not joined or proportion is None:
        return 2
    return 3 + _share_of(scan, i + 2, count, whole)


def _counts(scan: Scan, i: int) -> tuple[Found, Found]:
    one, two = scan.tokens[i], scan.tokens[i + 1]
    count = scan.add("count", one.start, one.end)
    whole = scan.add("count", two.start, two.end)
    count["of"] = whole["name"]
    return count, whole


def _share_of(scan: Scan, i: int, count: Found | None, whole: Found | None) -> int:
    """The proportion at number i; how many numbers its interval takes."""
    token = scan.tokens[i]
    found = scan.add("proportion", token.start, token.stop)
    if count is not None:
        found["count"] = count["name"]
    if whole is not None:
        found["of"] = whole["name"]
    return interval_of(scan, i + 1, found)


def _share_first(scan: Scan, i: int) -> int:
    """The share first: "30% (12/40)", "30% (12 of 40)", "30% (n = 12)", "30% of 40 patients"."""
    token, one = scan.tokens[i], scan.at(i + 1)
    if token.text[:1] in "-+−–" or one is None or not _countable(one):
        return 0
    gap = scan.gap(i + 1)
    if _BACK.fullmatch(gap) is not None or (gap == ", " and scan.gap(i + 2).strip() == "/"):
        if _pair(scan, i + 1) and gap.strip() == ";" and "/" not in scan.gap(i + 2):
            return 0
        if _pair(scan, i + 1) and ("/" in scan.gap(i + 2) or gap.strip()[-1:] in "([=" or "of" in scan.gap(i + 2)):
            found = scan.add("proportion", token.start, token.stop)
            count, whole = _counts(scan, i + 1)
            found |= {"count": count["name"], "of": whole["name"]}
            return 3 + interval_of(scan, i + 3, found)
        closes = scan.low[one.stop : one.stop + 1] in (")", "]") or re.match(
            r" (?:patients|participants|subjects|of|women|men|children|cases)\b", scan.low[one.stop : one.stop + 14]
        )
        if gap.strip()[-1:] in ("(", "[", "=") and closes and not one.word:
            found = scan.add("proportion", token.start, token.stop)
            found["count"] = scan.add("count", one.start, one.end)["name"]
            return 2
    if re.fullmatch(r" of (?:the |all |all the |a total of |these )?", gap) and (
        scan.low[one.end : one.end + 1] == " "
        and (one.whole or 0) > 1
        and _NO_WHOLE.match(scan.low, one.end) is None
        and re.match(r" [\w-]+ (?:group|arm)\b", scan.low[one.end : one.end + 30]) is None
    ):
        found = scan.add("proportion", token.start, token.stop)
        found["of"] = scan.add("count", one.start, one.end)["name"]
        return 2
    return 0


def _count_first(scan: Scan, i: int) -> int:
    """The count first: "12 (30%)", "12 patients (30%) of 40"."""
    proportion = scan.at(i + 1)
    if (
        proportion is None
        or not proportion.percent
        or proportion.text[:1] in "-+−–"
        or _IN_BRACKET.fullmatch(scan.gap(i + 1)) is None
    ):
        return 0
    if scan.low[proportion.stop : proportion.stop + 1] not in (")", "]", ",", ";", ":") or (scan.gap(i + 1) == "; "):
        return 0
    token = scan.tokens[i]
    if i and scan.gap(i) == " of " and _is_a_hundred(scan, i - 1):
        return 0  # "Two-hundred-fifty of 1,063 (23.5%)"
    if _is_a_hundred(scan, i) or _NO_WHOLE.match(scan.low, token.end) or scan.above_hundred(proportion):
        return 0
    count = scan.add("count", token.start, token.end)
    whole = scan.at(i + 2)
    taken = _share_of(scan, i + 1, count, None)
    if (
        taken == 0
        and whole is not None
        and _countable(whole)
        and _OF_NEXT.fullmatch(scan.gap(i + 2))
        and (whole.whole or 0) >= (token.whole or 0)
    ):
        of = scan.add("count", whole.start, whole.end)
        count["of"] = of["name"]
        next(f for f in reversed(scan.found) if f["type"] == "proportion")["of"] = of["name"]
        return 3
    return 2 + taken
