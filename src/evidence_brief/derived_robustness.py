"""What two proportions imply beyond their difference: ratios, number needed, fragility, probability, E-value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.agree import Figure, rounded
from evidence_brief.printed import show
from evidence_brief.stats import bayes, exact, fragility, odds_ratios, ratios, sensitivity
from evidence_brief.stats.intervals import newcombe
from evidence_brief.study.load import Study

LEVEL = Fraction(95, 100)


@dataclass(frozen=True)
class Found:
    """A figure with its name, limits (the estimate twice where it has none), text, method, and both paths."""

    name: str
    estimate: float
    low: float
    high: float
    text: str
    method: str
    figures: tuple[Figure, ...]


def _with_interval(name: str, method: str, first: tuple[float, ...], second: tuple[object, ...]) -> Found:
    parts = (name, f"{name}, lower limit", f"{name}, upper limit")
    figures = tuple(Figure(part, a, b, 2) for part, a, b in zip(parts, first, second, strict=True))
    estimate, low, high = (show(rounded(figure.first), 2) for figure in figures)
    return Found(name, first[0], first[1], first[2], f"{estimate} ({low} to {high})", method, figures)


def _relative_risk(study: Study, x1: int, n1: int, x2: int, n2: int) -> Found | None:
    """Relative risk with its log interval (Katz); None where no event in a group leaves it without one."""
    if not (x1 and x2):
        return None
    first = ((x1 / n1) / (x2 / n2), *ratios.katz(x1, n1, x2, n2))
    second = (exact.relative_risk(x1, n1, x2, n2), *(exact.relative_risk_log(x1, n1, x2, n2, LEVEL) or ()))
    return _with_interval("relative risk", "Log interval (Katz)", first, second)


def _odds_ratio(study: Study, x1: int, n1: int, x2: int, n2: int) -> Found | None:
    """Odds ratio with Woolf's interval; None where a cell is empty."""
    if not (x1 and x2 and x1 < n1 and x2 < n2):
        return None
    first = ((x1 / (n1 - x1)) / (x2 / (n2 - x2)), *odds_ratios.woolf(x1, n1, x2, n2))
    second = (exact.odds_ratio(x1, n1, x2, n2), *(exact.odds_ratio_log(x1, n1, x2, n2, LEVEL) or ()))
    return _with_interval("odds ratio", "Log interval (Woolf)", first, second)


def _number_needed(study: Study, x1: int, n1: int, x2: int, n2: int) -> Found | None:
    """1/RD with the reciprocals of Newcombe's limits: two parts through infinity where these hold 0 (Altman 1998).

    "NNT" where the first group has the event more often, since events may be good or bad.
    """
    difference = Fraction(x1, n1) - Fraction(x2, n2)
    if not difference:
        return None
    limits, exact_limits = newcombe(x1, n1, x2, n2), exact.newcombe(x1, n1, x2, n2, LEVEL)
    if not all(limits):
        return None
    first = (1 / float(x1 / n1 - x2 / n2), *(1 / end for end in limits))
    second = (1 / difference, *(1 / end for end in exact_limits))
    names = ("number needed", "number needed, one limit", "number needed, other limit")
    figures = tuple(Figure(name, a, b, 1) for name, a, b in zip(names, first, second, strict=True))
    estimate, one, other = (show(abs(rounded(figure.first)), 1) for figure in figures)
    if limits[0] > 0 or limits[1] < 0:
        low, high = sorted((one, other), key=float)
        text = f"{estimate} ({low} to {high})"
    else:
        same, opposite = (other, one) if difference > 0 else (one, other)
        text = f"{estimate} ({same} to ∞ to {opposite} the other way)"
    return Found(
        "number needed to treat", first[0], first[1], first[2], text, "Reciprocal of the risk difference", figures
    )


def _fragility(study: Study, x1: int, n1: int, x2: int, n2: int) -> Found | None:
    """How many patients with another outcome turn the significance of Fisher's test at 5% (Walsh 2014; Khan 2020)."""
    first, second = fragility.fragility_index(x1, n1, x2, n2), exact.fragility_index(x1, n1, x2, n2)
    significant = first is None or first.index != 0
    if not significant:
        first = fragility.reverse_fragility_index(x1, n1, x2, n2)
        second = exact.reverse_fragility_index(x1, n1, x2, n2)
    if first is None or first.index is None or second is None:
        return None
    index = first.index
    figure = Figure("fragility index", float(index), Fraction(second), 0)
    patients = "1 patient" if index == 1 else f"{index} patients"
    text = f"{patients} to {'lose' if significant else 'gain'} significance"
    return Found("fragility index", index, index, index, text, "Fisher's exact test at 5%", (figure,))


def _probability(study: Study, x1: int, n1: int, x2: int, n2: int) -> Found | None:
    """Probability that the first proportion is the higher one, with a uniform prior for each."""
    first, second = bayes.probability_greater(x1, n1, x2, n2), exact.probability_greater(x1, n1, x2, n2)
    if second is None:
        return None
    figure = Figure("probability", 100 * first, 100 * second, 1)
    text = f"{show(rounded(figure.first), 1)}%"
    return Found("probability", first, first, first, text, "Beta-binomial, uniform priors", (figure,))


def _e_value(study: Study, x1: int, n1: int, x2: int, n2: int) -> Found | None:
    """How strong confounding would have to be to explain the relative risk away; not of randomised trials."""
    if re.search(r"randomi[sz]|\brct\b", study.file.design or "", re.I) or not study.file.design:
        return None
    if not (x1 and x2) or x1 * n2 == x2 * n1:
        return None
    low, high = ratios.katz(x1, n1, x2, n2)
    if low <= 1 <= high:
        return None  # no confounding is needed where the interval holds 1
    ratio = Fraction(x1 * n2, n1 * x2)
    first = sensitivity.e_value((x1 / n1) / (x2 / n2)).point
    figure = Figure("E-value", first, exact.e_value(ratio), 2)
    text = show(rounded(figure.first), 2)
    return Found("E-value", first, first, first, text, "VanderWeele and Ding, of the relative risk", (figure,))


ROBUSTNESS: dict[str, Callable[[Study, int, int, int, int], Found | None]] = {
    "rr": _relative_risk,
    "or": _odds_ratio,
    "nnt": _number_needed,
    "fragility": _fragility,
    "bayes": _probability,
    "evalue": _e_value,
}
"""By the last part of the figure's id."""
