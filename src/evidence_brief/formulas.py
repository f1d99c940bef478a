"""Formulas of the methods, for the derivation of each figure; plain text, so that page and paper print the same.

Unless a formula says otherwise: x of n patients are the proportion p, two groups are 1 and 2, N are all patients;
m is a mean and s an SD; a, b, c, d are x₁, n₁ − x₁, x₂, n₂ − x₂; z and t are quantiles of the level of an interval.
"""

from __future__ import annotations

import re

from evidence_brief.formulas_intervals import INTERVALS
from evidence_brief.formulas_tests import TESTS

ESTIMATES: dict[str, str] = {
    "RR": "p₁ ÷ p₂",
    "OR": "p₁(1 − p₂) ÷ (p₂(1 − p₁))",
    "RD": "p₁ − p₂",
    "NNT": "1 ÷ (p₁ − p₂), without its sign",
    "MD": "m₁ − m₂",
    "SMD": "(m₁ − m₂) ÷ s, s² = ((n₁ − 1)s₁² + (n₂ − 1)s₂²) ÷ (n₁ + n₂ − 2); times 1 − 3/(4(n₁ + n₂ − 2) − 1), nearly, "
    "for Hedges' g",
}
"""By the measure that an estimate is."""

FORMULAS: dict[str, str] = {
    **TESTS,
    "Count over number of patients": "x ÷ n, for every whole number x of patients",
    "Percentage of the patients": "percentage × n, for the whole numbers that print as the percentage",
    "Sum of the parts": "first part + second part + …",
    "Total less the other parts": "total − (first other part + second other part + …)",
    "Part of a whole": "part ≤ whole",
    "Restated figure": "the earlier figure, or the same with fewer digits",
    "Product": "first factor × second factor × …",
    "Doses in the period": "doses ≤ period ÷ time between two doses, cut to a whole number, + 1",
    "Ends of the scale": "lowest value ≤ figure ≤ highest value",
    "GRIM": "total ÷ n, for every total that n scores can have",
    "GRIMMER": "s² = (Σx² − n m²) ÷ (n − 1), for every Σx and Σx² that n scores can have",
    "Largest SD between two ends": "s ≤ √((b − m)(m − a) n/(n − 1)), a and b the two ends",
    "SD of values that reach both ends": "(b − a)/√(2(n − 1)) ≤ s ≤ √((b − m)(m − a) n/(n − 1)), a and b the two ends",
    "Order of the figures": "lower end ≤ lower quartile ≤ median ≤ upper quartile ≤ upper end",
    "Median of whole steps": "lowest value + k × step, k whole; of an even number of scores also k + ½",
    "Mean between median and range": "(a + d)/2 + (2b − a − d)/2n ≤ m ≤ (d + b)/2 + (2a − d − b)/2n, a and b the "
    "ends and d the median, for an odd n without quartiles",
    "Time inside a period": "time ≤ period",
    "Largest SD inside a period": "s ≤ √(m(T − m) n/(n − 1)), T the period",
    "Mean of the parts": "m = Σ nᵢmᵢ ÷ N; s² = (Σ (nᵢ − 1)sᵢ² + Σ nᵢ(mᵢ − m)²) ÷ (N − 1)",
    "Difference of the two means": "second mean − first mean",
    "Correlation that the three SDs imply": "r = (s₁² + s₂² − s²) ÷ (2 s₁ s₂), s the SD of the change",
    "Estimate from two figures": "first figure ÷ second figure, or first figure − second figure",
    "Estimate inside its interval": "lower limit ≤ estimate ≤ upper limit",
    "Confidence interval": "the limits of each method that was tried",
    # What follows from the figures
    "Wilson score interval": INTERVALS["proportion"]["Wilson score"],
    "Student t interval": INTERVALS["mean"]["Student t"],
    "Welch t interval": INTERVALS["MD"]["Welch t"],
    "Newcombe hybrid score interval": INTERVALS["RD"]["Newcombe hybrid score"],
    "Log interval (Katz)": INTERVALS["RR"]["Log (Katz)"],
    "Log interval (Woolf)": INTERVALS["OR"]["Log (Woolf)"],
    "Reciprocal of the risk difference": "1 ÷ (p₁ − p₂), and 1 ÷ each limit of Newcombe's interval",
    "Fisher's exact test at 5%": "the fewest patients of one group who, with the other outcome, bring P across 5%",
    "Beta-binomial, uniform priors": "probability that π₁ > π₂, each πᵢ of Beta(xᵢ + 1, nᵢ − xᵢ + 1)",
    "VanderWeele and Ding, of the relative risk": "RR + √(RR(RR − 1)), of 1 ÷ RR where RR is below 1",
}
"""By the name of the method as the ledger prints it; intervals and estimates have theirs by what they are of."""


def formula(method: str, of: str | None = None) -> str | None:
    """The formula of a method; None where the ledger's own words are all there is to say.

    `of` is what an interval or estimate is of: proportion, mean, correlation, or its measure (RR, OR, RD, MD, SMD,
    NNT). Of tests in a row ("Pearson χ² and 3 other tests") it is that of the first.
    """
    if method == "Estimate from two figures" and of in ESTIMATES:
        return ESTIMATES[of]
    known = {**FORMULAS, **INTERVALS.get(of or "", {})}
    for name in (method, *_beginnings(method)):
        if name in known:
            return known[name]
        if (two_sided := name.removesuffix(", one-sided")) != name and two_sided in known:
            return f"half of the two-sided P: {known[two_sided]}"
    return None


def _beginnings(method: str) -> list[str]:
    """What stands before each "and" of the name, the longest first."""
    return [method[: match.start()] for match in reversed(list(re.finditer(r" and ", method)))]
