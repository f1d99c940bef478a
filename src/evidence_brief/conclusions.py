"""What a reader concludes from a figure: which side is higher, and whether it differs at 5%.

Two versions of a brief are compared by it: a printed figure may change and mean the same, or mean the opposite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from evidence_brief.patients import tables
from evidence_brief.printed import Interval, number
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

Direction = Literal["higher", "lower", "equal"]
"""The first of two compared figures against the second, or an estimate against the value of no difference."""

ALPHA, LEVEL = Fraction(1, 20), Fraction(19, 20)
NULL = {"RR": 1, "OR": 1, "HR": 1, "RD": 0, "MD": 0, "SMD": 0}
"""The value of each measure that says "no difference"."""
DERIVED_NULL = {"rr": 1.0, "or": 1.0, "difference": 0.0, "mean difference": 0.0}
"""The same by the kind of a derived figure; other kinds compare nothing."""

_NUMBER = r"\d{0,9}\.\d{1,30}"
_P = re.compile(rf"(?P<less><)?(?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER}))?(?P<most> or less)?(?![\w.])")


@dataclass(frozen=True)
class Conclusion:
    """`significant` at 5%, two-sided, and the `direction`; None where the figure alone does not say."""

    significant: bool | None = None
    direction: Direction | None = None

    @property
    def turned(self) -> Conclusion:
        """The same of the two compared the other way round."""
        return replace(self, direction=None if self.direction is None else _TURNED[self.direction])


_TURNED: dict[Direction, Direction] = {"higher": "lower", "lower": "higher", "equal": "equal"}


def conclusion(study: Study, claim: Claim) -> Conclusion:
    """What the printed text of a claim concludes."""
    value = study.values[claim.id]
    if claim.type == "p_value":
        return Conclusion(_below(p_interval(value)), _between(study, claim))
    if claim.type == "confidence_interval":
        return _of_interval(study, claim)
    null = _null(study, claim)
    return Conclusion() if null is None else Conclusion(None, _direction(value.first.value, Fraction(null)))


def _null(study: Study, claim: Claim) -> int | None:
    """The value of a figure that says "no difference" or "no relation"; None where there is none."""
    if claim.type == "correlation" or (claim.type in ("mean_sd", "median_iqr") and claim.change):
        return 0
    if claim.type in ("estimate", "confidence_interval"):
        return NULL.get(claim.measure or study.values[claim.id].letter)
    return None


def _of_interval(study: Study, claim: Claim) -> Conclusion:
    """Which side of "no difference" an interval lies on; its ends may be printed the wrong way round.

    One of a higher level than 95% may hold what one of 95% excludes, and one of a lower level the reverse.
    """
    of, value = study.claims.get(claim.of or ""), study.values[claim.id]
    if (null := _null(study, claim)) is None and of is not None:
        null = _null(study, of)
    if null is None:
        return Conclusion()
    low, high = (number.interval for number in sorted(value.numbers, key=lambda number: number.value))
    level = value.level or LEVEL
    if level >= LEVEL and (low.low > null or high.high < null):
        return Conclusion(True, "higher" if low.low > null else "lower")
    return Conclusion(False if level <= LEVEL and low.high <= null <= high.low else None)


def _below(p: Interval) -> bool | None:
    """Whether every P value that is meant is below 5% (True), or none is (False); None too where none is meant.

    "P≤.05" says significant as "P<.05" does: nothing tells the one from the other.
    """
    if p.low > p.high:
        return None
    if p.high < ALPHA or (p.high == ALPHA and (p.low == 0 or not p.includes_high)):
        return True
    return False if p.low >= ALPHA else None


def _between(study: Study, claim: Claim) -> Direction | None:
    if len(claim.compares) != 2:
        return None
    one, two = (_size(study, study.claims[name]) for name in claim.compares)
    return None if one is None or two is None else _direction(one, two)


def _size(study: Study, claim: Claim) -> Fraction | None:
    """What a compared figure is compared by. 22 of 24 patients are more than 30 of 60: a count alone says nothing."""
    if claim.type == "count":
        found = tables(study, claim)
        return Fraction(*found[0]) if len(found) == 1 else None
    numbers = study.values[claim.id].numbers
    return numbers[0].value * numbers[0].scale if numbers else None


def _direction(one: Fraction, two: Fraction) -> Direction:
    return "equal" if one == two else "higher" if one > two else "lower"


def recomputed_significance(text: str | None) -> bool | None:
    """Whether a recomputed P value, as the ledger writes it ("0.649 to 0.965"), is below 5%; None if it is none.

    Its digits are rounded: "0.050" may be either.
    """
    match = _P.match(text or "")
    if match is None:
        return None
    low, high = (number(match[end] or match["low"]) for end in ("low", "high"))
    if high.interval.high < ALPHA or (match["less"] and not match["high"] and high.value <= ALPHA):
        return True
    return False if low.interval.low >= ALPHA and not match["less"] and not match["most"] else None


def derived_conclusion(kind: str, estimate: float, low: float, high: float) -> Conclusion:
    """What a derived difference or ratio with its 95% interval concludes."""
    if (null := DERIVED_NULL.get(kind)) is None:
        return Conclusion()
    return Conclusion(not low <= null <= high, _direction(Fraction(estimate), Fraction(null)))
