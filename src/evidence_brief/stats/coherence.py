"""Do a printed estimate, its confidence interval and its P value fit together? Ratios on the log scale.

Everything printed is an `Interval`: every value in it is tried, so that rounding never accuses anybody. `log`
is True for ratios (RR, OR, HR, IRR), False for differences (RD, MD, SMD, β). `level` is that of the interval;
with `df` the t distribution takes the place of the normal one. Ends of printed intervals count as values.
Functions raise ValueError unless 0 < level < 1, df > 0, and ratios have a value above 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.stats.limits import normal_quantile, tail

Range = tuple[float, float]


@dataclass(frozen=True)
class ImpliedP:
    """P values that the printed figures imply: with the SE from the width, and with it from either half too.

    Exact, profile and bootstrap intervals are not symmetric: their P may lie anywhere in the widest range.
    """

    low: float
    high: float
    widest_low: float
    widest_high: float


def inside(estimate: Interval, low: Interval, high: Interval) -> bool:
    """Whether some value of the estimate lies between some values of the two limits, ends included."""
    return _between(low, high).overlaps(estimate)


def symmetric(estimate: Interval, low: Interval, high: Interval, *, log: bool) -> bool:
    """Whether some value of the estimate is the middle of some interval: geometric where `log`.

    Wald intervals are symmetric so; t intervals of differences as well. A ratio's lower limit printed as 0 stands
    for every value above 0 that prints so. Decided in whole numbers.

    Source: Altman & Bland 2011, BMJ 343:d2304 (SE from the width of a symmetric interval).
    """
    if log:
        estimate, low, high = _positive(estimate), _positive(low), _positive(high)
    if low.low > high.high:
        return False
    lower, upper = min(low.high, high.high), max(high.low, low.low)
    if log:
        return estimate.low**2 <= lower * high.high and low.low * upper <= estimate.high**2
    return 2 * estimate.low <= lower + high.high and low.low + upper <= 2 * estimate.high


def implied_se_range(
    low: Interval, high: Interval, level: float = 0.95, *, log: bool, df: float | None = None
) -> Range | None:
    """Smallest and largest SE, of ln(ratio) where `log`: width/(2 z). None where no value of low is below high.

    Infinite where a ratio's lower limit may be 0.

    Source: Altman & Bland 2011, BMJ 343:d2304, step 1.
    """
    widths = _half_widths(_scaled(low, log), _scaled(high, log))
    quantile = _quantile(level, df)
    return None if widths is None else (widths[0] / quantile, widths[1] / quantile)


def implied_p_range(
    estimate: Interval,
    low: Interval,
    high: Interval,
    level: float = 0.95,
    *,
    log: bool,
    null: Fraction | int | None = None,
    df: float | None = None,
) -> ImpliedP | None:
    """Two-sided P values against `null` (1 where `log`, else 0) that values of the printed figures imply.

    None where no value of the lower limit is below the upper one.

    Source: Altman & Bland 2011, BMJ 343:d2304, with the distribution itself for their approximation.
    """
    against = Fraction(int(log) if null is None else null)
    if log and against <= 0:
        raise ValueError(f"the null value of a ratio must be above 0, got {null}")
    middle, lower, upper = (_scaled(each, log, against) for each in (estimate, low, high))
    widths = _half_widths(lower, upper)
    if widths is None:
        return None
    nearest, farthest = _distances(middle)
    ratios = [(_quotient(nearest, widths[1]), _quotient(farthest, widths[0]))]
    ratios += _from_half(middle, lower)
    ratios += _from_half((-middle[1], -middle[0]), (-upper[1], -upper[0]))
    ps = [(_p(most, level, df), _p(least, level, df)) for least, most in ratios]
    return ImpliedP(*ps[0], min(p for p, _ in ps), max(p for _, p in ps))


def ci_from_p(
    estimate: float, p: float, level: float = 0.95, *, log: bool, df: float | None = None
) -> tuple[float, float]:
    """Interval (lower, upper) of an estimate with this two-sided P against no effect, SE = estimate/z.

    ValueError unless the estimate is finite, not that of no effect (and above 0 where `log`), and 0 < p < 1.

    Source: Altman & Bland 2011, BMJ 343:d2090, with the quantile itself for their approximation.
    """
    if not math.isfinite(estimate) or (log and estimate <= 0):
        raise ValueError(f"the estimate must be finite, and above 0 on the log scale, got {estimate}")
    value = math.log(estimate) if log else estimate
    if not 0 < p < 1 or value == 0:
        raise ValueError("an interval follows from P only if 0 < P < 1 and there is some effect")
    half_width = abs(value) / _quantile(1 - p, df) * _quantile(level, df)
    lower, upper = value - half_width, value + half_width
    return (math.exp(lower), math.exp(upper)) if log else (lower, upper)


def p_agrees_with_ci(
    p: Interval, low: Interval, high: Interval, *, null: Fraction | int, level: Fraction = Fraction(95, 100)
) -> bool:
    """Whether values of the three agree: the interval leaves out `null` exactly if P < 1 − level.

    This holds where P and interval come from one test. Fisher's P beside a conditional interval, or any P of
    another test, may differ near the border.

    Source: Altman & Bland 2011, BMJ 343:d2304; Greenland et al. 2016, Eur J Epidemiol 31:337.
    """
    alpha = 1 - Fraction(level)
    leaves_out = low.high > null or high.low < null
    holds = null in _between(low, high)
    below = p.low < alpha
    not_below = p.high > alpha or alpha in p
    return (leaves_out and below) or (holds and not_below)


def _between(low: Interval, high: Interval) -> Interval:
    return Interval(low.low, high.high, low.includes_low, high.includes_high)


def _positive(printed: Interval) -> Interval:
    """The values above 0 of a printed ratio; ValueError where there is none."""
    if printed.high <= 0:
        raise ValueError("a ratio and its limits must be above 0")
    return printed if printed.low > 0 else Interval(Fraction(0), printed.high, False, printed.includes_high)


def _scaled(printed: Interval, log: bool, null: Fraction | None = None) -> Range:
    """The ends less the null value, on the log scale where `log`: −∞ for a ratio of 0; 0 only for the null."""
    if not log:
        return float(printed.low - (null or 0)), float(printed.high - (null or 0))
    positive = _positive(printed)
    low, high = positive.low / (null or 1), positive.high / (null or 1)
    return math.log(low) if low else -math.inf, math.log(high)


def _half_widths(lower: Range, upper: Range) -> Range | None:
    widest = (upper[1] - lower[0]) / 2
    return (max(0.0, (upper[0] - lower[1]) / 2), widest) if widest > 0 else None


def _distances(values: Range) -> Range:
    """Smallest and largest distance from 0."""
    nearest = 0.0 if values[0] <= 0 <= values[1] else min(map(abs, values))
    return nearest, max(map(abs, values))


def _quotient(distance: float, half_width: float) -> float:
    if half_width == math.inf or distance == 0:
        return 0.0
    return distance / half_width if half_width else math.inf


def _from_half(middle: Range, lower: Range) -> list[Range]:
    """Range of |middle|/(middle − lower), the test statistic over the quantile; none if no value is above lower.

    The quotient rises or falls in each of the two throughout, so that its ends lie at corners, at a middle of 0,
    or where the half-width vanishes.
    """
    if middle[1] <= lower[0]:
        return []
    corners = [_quotient(abs(a), a - b) for a in middle for b in lower if a > b]
    crosses = middle[0] <= 0 <= middle[1] and lower[0] < 0
    vanishes = lower[1] >= middle[0]
    return [(0.0 if crosses else min(corners), math.inf if vanishes else max(corners))]


def _quantile(level: float, df: float | None) -> float:
    if df is None:
        return normal_quantile(level)
    from scipy.special import stdtrit  # here, because importing SciPy takes long

    if not df > 0:
        raise ValueError(f"degrees of freedom must be above 0, got {df}")
    return -float(stdtrit(df, tail(level)))


def _p(ratio: float, level: float, df: float | None) -> float:
    """Two-sided P of a statistic that is `ratio` times the quantile of the interval's level."""
    if ratio in (0.0, math.inf):
        return 0.0 if ratio else 1.0
    statistic = ratio * _quantile(level, df)
    if df is None:
        return math.erfc(statistic / math.sqrt(2))
    from scipy.special import stdtr

    return 2 * float(stdtr(df, -statistic))
