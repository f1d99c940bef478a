"""The largest SD that values between two ends can have, by both paths."""

from __future__ import annotations

from fractions import Fraction

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.summaries import Summary
from evidence_brief.printed import Interval
from evidence_brief.stats import bounds, exact


def largest_sd(known: Summary, limits: tuple[Fraction, Fraction]) -> Figure:
    """Of n values between the limits with the printed mean (drawn inside where it lies beyond within rounding)."""
    mean = min(max(known.mean_printed, limits[0]), limits[1])
    _, first = bounds.sd_limits(Interval(mean, mean), known.n, *limits)
    return Figure("largest SD", first, Later(lambda: exact.sd_limit_attained(mean, known.n, *limits)), 4)
