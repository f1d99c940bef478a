"""Pooled effect of a meta-analysis by inverse variance, from effects y and their variances v on one scale.

Ratios are pooled on the log scale, and their results stay there. An equal-effects (fixed-effect) analysis has τ² = 0,
a random-effects one the τ² of `meta_tau2`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evidence_brief.stats import meta_tau2
from evidence_brief.stats.meta_heterogeneity import (
    chi_square_p,
    h_squared,
    h_squared_of,
    heterogeneity,
    i_squared,
    i_squared_of,
    quantile,
    two_sided,
)
from evidence_brief.stats.meta_quadratic import checked, inverse_variance
from evidence_brief.stats.meta_tau2 import Tau2

Floats = Sequence[float]

EQUAL_EFFECTS = ("EE", "FE", "CE")
"""Names of the equal-effects (fixed-effect, common-effect) analysis: three names, one method."""

TESTS = ("z", "t", "knha", "adhoc")
"""Normal; t with k − 1 df; Hartung & Knapp's; Hartung & Knapp's where it does not narrow the interval."""

PREDICTIONS = ("higgins", "t", "z")


@dataclass(frozen=True)
class Pooled:
    """A pooled effect of k studies, on the scale of the effects; `low` and `high` are the limits of its interval.

    `statistic` is estimate/se, with `df` degrees of freedom (None: normal); it and `p` are None where se is 0. `q` is
    Cochran's statistic with `q_df` df. `i2` (percent) and `h2` are those of τ², in an equal-effects analysis those of
    q. `tau2_se` is None where τ² was not estimated.
    """

    method: str
    test: str
    level: float
    k: int
    estimate: float
    se: float
    statistic: float | None
    df: int | None
    p: float | None
    low: float
    high: float
    tau2: float
    tau2_se: float | None
    q: float
    q_df: int
    q_p: float
    i2: float
    h2: float


def pool(
    yi: Floats,
    vi: Floats,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    weights: Floats | None = None,
    tau2: float | None = None,
) -> Pooled | None:
    """Effects yi with variances vi pooled by a method of EQUAL_EFFECTS or of `meta_tau2.METHODS`, one of TESTS.

    Weights are 1/(v + τ²) unless given (positive, one for each study; GENQ and GENQM also estimate τ² with them).
    A given τ² >= 0, as a paper prints it, is taken for the estimate. None where `meta_tau2.tau2` is None. ValueError
    for arguments that do not fit, and for a t distribution without two studies.

    Source: DerSimonian & Laird 1986, Control Clin Trials 7:177; knha: Hartung 1999, Biom J 41:901, Sidik & Jonkman
    2002, Stat Med 21:3153, Knapp & Hartung 2003, Stat Med 22:2693; adhoc, which never takes a factor below 1:
    Knapp & Hartung 2003, Röver et al. 2015, BMC Med Res Methodol 15:99.
    """
    y, v = checked(yi, vi)
    if test not in TESTS:
        raise ValueError(f"test must be one of {', '.join(TESTS)}, got {test!r}")
    if test != "z" and len(y) < 2:
        raise ValueError(f"test {test!r} needs at least two studies")
    between = _between(y, v, method, weights, tau2)
    if between is None:
        return None
    form = inverse_variance(v, between.value)
    chosen = form if weights is None else meta_tau2.weighted(weights, len(y))
    variances = [each + between.value for each in v]
    variance = math.fsum(a * a * each for a, each in zip(chosen.weights, variances, strict=True)) / chosen.total**2
    if test in ("knha", "adhoc"):
        factor = form.value(y) / (len(y) - 1)
        variance *= max(1.0, factor) if test == "adhoc" else factor
    found = heterogeneity(y, v)
    typical = None if method in EQUAL_EFFECTS else found.typical
    return summary(
        method, test, level, len(y), chosen.mean(y), math.sqrt(variance), between, found.q, found.df, typical
    )


def _between(y: Floats, v: Floats, method: str, weights: Floats | None, given: float | None) -> Tau2 | None:
    if given is not None and (method in EQUAL_EFFECTS or not (math.isfinite(given) and given >= 0)):
        raise ValueError(f"a given τ² must be finite and at least 0, and its method of random effects, got {given}")
    if method in EQUAL_EFFECTS:
        return Tau2(0.0, None)
    if given is not None and method in meta_tau2.METHODS:
        return Tau2(given, None)
    return meta_tau2.tau2(y, v, method, weights)


def summary(
    method: str,
    test: str,
    level: float,
    k: int,
    estimate: float,
    se: float,
    between: Tau2,
    q: float,
    q_df: int,
    typical: float | None = None,
) -> Pooled:
    """An estimate and its standard error with test, interval and heterogeneity; ValueError unless 0 < level < 1.

    The typical within-study variance makes I² and H² those of τ²; without it they are those of Q.
    """
    df = None if test == "z" else k - 1
    half_width = quantile(level, df) * se
    statistic = estimate / se if se else None
    return Pooled(
        method=method,
        test=test,
        level=level,
        k=k,
        estimate=estimate,
        se=se,
        statistic=statistic,
        df=df,
        p=None if statistic is None else two_sided(statistic, df),
        low=estimate - half_width,
        high=estimate + half_width,
        tau2=between.value,
        tau2_se=between.se,
        q=q,
        q_df=q_df,
        q_p=chi_square_p(q, q_df),
        i2=i_squared(q, q_df) if typical is None else i_squared_of(between.value, typical),
        h2=h_squared(q, q_df) if typical is None else h_squared_of(between.value, typical),
    )


def prediction_interval(pooled: Pooled, kind: str = "higgins") -> tuple[float, float] | None:
    """Interval for the effect in a new study, estimate ± quantile·√(τ² + se²), at the level of the pooled effect.

    `kind` is the distribution: "higgins" t with k − 2 df, "t" with k − 1, "z" normal. None where df is below 1.
    ValueError for another kind and for an equal-effects analysis, which predicts no spread.

    Source: Higgins, Thompson & Spiegelhalter 2009, J R Stat Soc A 172:137; Riley et al. 2011, BMJ 342:d549.
    """
    if kind not in PREDICTIONS:
        raise ValueError(f"kind must be one of {', '.join(PREDICTIONS)}, got {kind!r}")
    if pooled.method not in meta_tau2.METHODS:
        raise ValueError(f"only a random-effects analysis predicts, not {pooled.method}")
    df = {"higgins": pooled.k - 2, "t": pooled.k - 1, "z": None}[kind]
    if df is not None and df < 1:
        return None
    half_width = quantile(pooled.level, df) * math.hypot(math.sqrt(pooled.tau2), pooled.se)
    return pooled.estimate - half_width, pooled.estimate + half_width
