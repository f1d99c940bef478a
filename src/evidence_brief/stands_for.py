"""The values that a printed figure stands for, in words."""

from __future__ import annotations

from evidence_brief.printed import Interval, Number, show
from evidence_brief.study.kinds import Value, p_interval
from evidence_brief.study.model import Claim


def stands_for(claim: Claim, value: Value) -> str:
    """Every interval of values that prints as the claim: "38.45 ≤ x ≤ 38.55; 34.25 ≤ x ≤ 34.35"."""
    if claim.type == "p_value":
        return _between(p_interval(value))
    return "; ".join(_between(number.interval, number) for number in value.numbers)


def _between(interval: Interval, number: Number | None = None) -> str:
    decimals = max(number.decimals + 1, 0) if number else 5
    low, high = (show(end, decimals) for end in (interval.low, interval.high))
    if number is None:
        low, high = (text.rstrip("0").rstrip(".") or "0" for text in (low, high))
    sign = "%" if number and number.percent else ""
    return (
        f"{low}{sign} {'≤' if interval.includes_low else '<'} x {'≤' if interval.includes_high else '<'} {high}{sign}"
    )
