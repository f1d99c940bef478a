"""Estimators of the between-study variance τ² of a random-effects meta-analysis, from effects y and their variances v.

Reviews of them all: Veroniki et al. 2016, Res Synth Methods 7:55; Langan et al. 2019, Res Synth Methods 10:83. τ² below
0 is set to 0. Solutions of equations are exact to a relative 10⁻¹⁴, and none of them depends on a starting value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidence_brief.stats.meta_likelihood import maximum
from evidence_brief.stats.meta_quadratic import QForm, checked, first_above, inverse_variance, root

Floats = Sequence[float]

SMALLEST_INITIAL = 0.01
"""Least initial τ² of SJ2 (Sidik & Jonkman 2007), meant for the scale of a log ratio."""


@dataclass(frozen=True)
class Tau2:
    """An estimate of τ² >= 0, in squared units of the effects, and its standard error, None for a single study."""

    value: float
    se: float | None


def tau2(yi: Floats, vi: Floats, method: str = "REML", weights: Floats | None = None) -> Tau2 | None:
    """τ² by the method, one of METHODS; GENQ and GENQM need positive weights, one for each study.

    A single study has τ² = 0. None where the search of GENQM finds nothing within its bound. ValueError unless the
    method is known, effects and variances are as many, finite and the variances above 0, and the weights fit.
    """
    y, v = checked(yi, vi)
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    form = None if weights is None else weighted(weights, len(y))
    if method in ("GENQ", "GENQM") and form is None:
        raise ValueError(f"{method} needs weights, one for each study")
    if len(y) == 1:
        return Tau2(0.0, None)
    if form is not None and method in ("GENQ", "GENQM"):
        return moments(y, v, form) if method == "GENQ" else median_unbiased(y, v, form)
    return _ESTIMATORS[method](y, v)


def weighted(weights: Floats, k: int) -> QForm:
    """The statistic with these weights; ValueError unless there are k of them, finite and above 0."""
    a = tuple(float(each) for each in weights)
    if len(a) != k or not all(math.isfinite(each) and each > 0 for each in a):
        raise ValueError(f"weights must be {k} finite numbers above 0, got {weights!r}")
    return QForm(a)


def _linear(y: Floats, v: Floats, form: QForm, factor: float, less: float) -> Tau2:
    """τ² = factor·Q − less, cut off at 0; its standard error is that of Q for a normal y, Var Q = 2 tr(PΣPΣ)."""
    value = max(0.0, factor * form.value(y) - less)
    return Tau2(value, factor * math.sqrt(2 * form.trace_of_square([each + value for each in v])))


def moments(y: Floats, v: Floats, form: QForm) -> Tau2:
    """Q equal to its expectation (general moments: DerSimonian & Kacker 2007, Contemp Clin Trials 28:105)."""
    scale = form.trace([1.0] * len(v))
    return _linear(y, v, form, 1 / scale, form.trace(v) / scale)


def dersimonian_laird(y: Floats, v: Floats) -> Tau2:
    """Moments with weights 1/v (DerSimonian & Laird 1986, Control Clin Trials 7:177)."""
    return moments(y, v, inverse_variance(v))


def hedges(y: Floats, v: Floats) -> Tau2:
    """Moments with equal weights: Hedges & Olkin 1985, p. 194; Cochran's analysis of variance (CA), Cochran 1954."""
    return moments(y, v, QForm((1.0,) * len(v)))


def two_step(first: Callable[[Floats, Floats], Tau2]) -> Callable[[Floats, Floats], Tau2]:
    """Moments with weights 1/(v + τ²), τ² from a first step (DerSimonian & Kacker 2007)."""
    return lambda y, v: moments(y, v, inverse_variance(v, first(y, v).value))


def hunter_schmidt(y: Floats, v: Floats) -> Tau2:
    """τ² = (Q − k)/Σw, w = 1/v (Hunter & Schmidt 1990, Methods of Meta-Analysis; Viechtbauer 2005)."""
    form = inverse_variance(v)
    return _linear(y, v, form, 1 / form.total, len(v) / form.total)


def hunter_schmidt_corrected(y: Floats, v: Floats) -> Tau2:
    """Hunter & Schmidt with k/(k − 1)·Q for Q (Brannick et al. 2019, Organ Res Methods 22:490)."""
    form, k = inverse_variance(v), len(v)
    return _linear(y, v, form, k / (k - 1) / form.total, k / form.total)


def sidik_jonkman(y: Floats, v: Floats) -> Tau2:
    """τ² = t·Q/(k − 1), weights 1/(v + t), t = Σ(y − ȳ)²/k (Sidik & Jonkman 2005, J R Stat Soc C 54:367)."""
    return _from_initial(y, v, QForm((1.0,) * len(y)).value(y) / len(y))


def sidik_jonkman_2(y: Floats, v: Floats) -> Tau2:
    """Sidik & Jonkman with t = max(0.01, Hedges' estimate) (Sidik & Jonkman 2007, Stat Med 26:1964)."""
    return _from_initial(y, v, max(SMALLEST_INITIAL, hedges(y, v).value))


def _from_initial(y: Floats, v: Floats, initial: float) -> Tau2:
    return _linear(y, v, inverse_variance(v, initial), initial / (len(v) - 1), 0.0)


def maximum_likelihood(y: Floats, v: Floats) -> Tau2:
    """ML; standard error from the expected information (Hardy & Thompson 1996; Viechtbauer 2005)."""
    value = maximum(y, v, restricted=False)
    return Tau2(value, math.sqrt(2 / math.fsum(w * w for w in inverse_variance(v, value).weights)))


def restricted_maximum_likelihood(y: Floats, v: Floats) -> Tau2:
    """REML; standard error from the expected information (Viechtbauer 2005, J Educ Behav Stat 30:261)."""
    value = maximum(y, v, restricted=True)
    return Tau2(value, math.sqrt(2 / inverse_variance(v, value).trace_of_square([1.0] * len(v))))


def paule_mandel(y: Floats, v: Floats) -> Tau2:
    """Q with weights 1/(v + τ²) equal to k − 1 (Paule & Mandel 1982, J Res Natl Bur Stand 87:377).

    The empirical Bayes estimator (EB; Morris 1983, J Am Stat Assoc 78:47) and the iterated ones of DerSimonian & Laird
    (DLIT) and of Sidik & Jonkman (SJIT) solve the same equation (Viechtbauer et al. 2015, Psychol Methods 20:360).
    """
    return _where_q_is(len(v) - 1, y, v)


def paule_mandel_median(y: Floats, v: Floats) -> Tau2:
    """As Paule & Mandel with the median of χ², k − 1 df, for its mean (Viechtbauer 2021, Eur Congr Methodology)."""
    from scipy.special import chdtri  # here, because importing SciPy takes long

    return _where_q_is(float(chdtri(len(v) - 1, 0.5)), y, v)


def _where_q_is(target: float, y: Floats, v: Floats) -> Tau2:
    value, k = where_q_is(target, y, v), len(v)
    return Tau2(value, math.sqrt(2 / (k - 1)) * k / inverse_variance(v, value).total)


def where_q_is(target: float, y: Floats, v: Floats) -> float:
    """τ² >= 0 at which Q with weights 1/(v + τ²), which falls in τ², is the target; 0 where it is never so large."""

    def excess(value: float) -> float:
        return inverse_variance(v, value).value(y) - target

    # Q is at most Σ(y − ȳ)²/τ².
    return root(excess, 0.0, 2 * QForm((1.0,) * len(v)).value(y) / target) if excess(0.0) > 0 else 0.0


def median_unbiased(y: Floats, v: Floats, form: QForm) -> Tau2 | None:
    """τ² for which the observed Q is the median of its distribution (GENQM; Viechtbauer 2021; Jackson 2013)."""
    value = where_risen_to(0.5, tail_of_q(y, v, form), max(v))
    if value is None:
        return None
    spread = math.sqrt(2 * form.trace_of_square([each + value for each in v]))
    return Tau2(value, spread / form.trace([1.0] * len(v)))


def tail_of_q(y: Floats, v: Floats, form: QForm) -> Callable[[float], float]:
    """Probability that Q exceeds the observed one, for each τ², with which it grows (Jackson 2013)."""
    q = form.value(y)
    return lambda value: 1 - form.cdf(q, [each + value for each in v])


def where_risen_to(target: float, f: Callable[[float], float], start: float) -> float | None:
    """Where f, which grows from 0 on, is the target: 0 where it begins above; None beyond the bound of the search."""
    if f(0.0) >= target:
        return 0.0
    high = first_above(lambda value: f(value) - target, start)
    return None if high is None else root(lambda value: f(value) - target, 0.0, high)


_ESTIMATORS: dict[str, Callable[[Floats, Floats], Tau2]] = {
    "DL": dersimonian_laird,
    "HE": hedges,
    "CA": hedges,
    "DL2": two_step(dersimonian_laird),
    "CA2": two_step(hedges),
    "HS": hunter_schmidt,
    "HSk": hunter_schmidt_corrected,
    "SJ": sidik_jonkman,
    "SJ2": sidik_jonkman_2,
    "ML": maximum_likelihood,
    "REML": restricted_maximum_likelihood,
    "PM": paule_mandel,
    "EB": paule_mandel,
    "DLIT": paule_mandel,
    "SJIT": paule_mandel,
    "PMM": paule_mandel_median,
}

METHODS: tuple[str, ...] = (*_ESTIMATORS, "GENQ", "GENQM")
"""Names of the methods, as the literature abbreviates them. HE is also known as HO, VC and CA, PM as MP."""
