"""What a reader concludes from a figure: which side is higher, and whether it differs at 5%.

Two versions of a brief are compared by it: a printed figure may change and mean the same, or mean the opposite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evidence_brief.printed import Interval
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

Direction = Literal["higher", "lower", "equal"]
"""The first of two compared figures against the second, or an estimate against the value of no difference."""

ALPHA = Fraction(1, 20)
NULL = {"RR": 1, "OR": 1, "HR": 1, "RD": 0, "MD": 0, "SMD": 0}
"""The value of each measure that says "no difference"."""
DERIVED_NULL = {"rr": 1.0, "or": 1.0, "difference": 0.0, "mean difference": 0.0}
"""The same by the kind of a derived figure; other kinds compare nothing."""

_P = re.compile(r"(?P<less><)?(?P<low>\d*\.\d+)(?: to (?P<high>\d*\.\d+))?\b")


@dataclass(frozen=True)
class Conclusion:
    """`significant` at 5%, two-sided, and the `direction`; None where the figure alone does not say."""

    significant: bool | None = None
    direction: Direction | None = None


def conclusion(study: Study, claim: Claim) -> Conclusion:
    """What the printed text of a claim concludes."""
    if claim.type == "p_value":
        return Conclusion(_below(p_interval(study.values[claim.id])), _between(study, claim))
    measure = claim.measure or study.values[claim.id].letter or _measured(study, claim)
    if claim.type not in ("estimate", "confidence_interval") or measure not in NULL:
        return Conclusion()
    numbers, null = study.values[claim.id].numbers, Fraction(NULL[measure])
    if claim.type == "estimate":
        return Conclusion(None, _direction(numbers[0].value, null))
    excluded = numbers[0].interval.low > null or numbers[-1].interval.high < null
    included = numbers[0].interval.high <= null <= numbers[-1].interval.low
    return Conclusion(True if excluded else False if included else None)


def _measured(study: Study, claim: Claim) -> str | None:
    """The measure of the estimate that an interval is of."""
    of = study.claims.get(claim.of or "")
    return (of.measure or study.values[of.id].letter) if of is not None and of.type == "estimate" else None


def _below(p: Interval) -> bool | None:
    """Whether every P value that is meant is below 5% (True), or none is (False)."""
    if p.high < ALPHA or (p.high == ALPHA and not p.includes_high):
        return True
    return False if p.low >= ALPHA else None


def _between(study: Study, claim: Claim) -> Direction | None:
    if len(claim.compares) != 2:
        return None
    one, two = (study.values[name].numbers for name in claim.compares)
    return _direction(one[0].value * one[0].scale, two[0].value * two[0].scale) if one and two else None


def _direction(one: Fraction, two: Fraction) -> Direction:
    return "equal" if one == two else "higher" if one > two else "lower"


def recomputed_significance(text: str | None) -> bool | None:
    """Whether a recomputed P value, as the ledger writes it ("0.649 to 0.965"), is below 5%; None if it is none."""
    match = _P.match(text or "")
    if match is None:
        return None
    low, high = Fraction(match["low"]), Fraction(match["high"] or match["low"])
    if high < ALPHA or (match["less"] and high <= ALPHA):
        return True
    return False if low >= ALPHA and not match["less"] else None


def derived_conclusion(kind: str, estimate: float, low: float, high: float) -> Conclusion:
    """What a derived difference or ratio with its 95% interval concludes."""
    if (null := DERIVED_NULL.get(kind)) is None:
        return Conclusion()
    return Conclusion(not low <= null <= high, _direction(Fraction(estimate), Fraction(null)))
