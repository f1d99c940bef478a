"""Confidence intervals of the between-study variance τ², from effects y and their variances v.

Those of I² and H² follow by `meta_heterogeneity.i_squared_of` and `h_squared_of` from the limits.
Review: Veroniki et al. 2016, Res Synth Methods 7:55; Viechtbauer 2007, Stat Med 26:37.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidence_brief.stats import meta_tau2
from evidence_brief.stats.meta_heterogeneity import quantile
from evidence_brief.stats.meta_likelihood import log_likelihood, maximum
from evidence_brief.stats.meta_quadratic import QForm, checked, first_above, inverse_variance, root

Floats = Sequence[float]
Limits = tuple[float, float]

KINDS = ("QP", "GENQ", "BT", "PL", "Wald", "SJ")


def tau2_interval(
    yi: Floats,
    vi: Floats,
    kind: str = "QP",
    level: float = 0.95,
    method: str = "REML",
    weights: Floats | None = None,
) -> Limits | None:
    """Limits of τ² >= 0 by one of KINDS, which say more in the functions below.

    `method` counts for PL (ML or REML) and Wald (any of `meta_tau2.METHODS`), `weights` (1/v unless given) for GENQ
    and BT. None where no τ² >= 0 fits the data, which are then more alike than chance allows, or where the search finds
    nothing within its bound. ValueError for arguments that do not fit, and for fewer than two studies.
    """
    y, v = checked(yi, vi)
    if len(y) < 2:
        raise ValueError("an interval of τ² needs at least two studies")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    z = quantile(level, None)
    if kind == "Wald":
        return wald(y, v, method, z)
    if kind == "PL":
        return profile_likelihood(y, v, method, z)
    if kind in ("QP", "SJ"):
        return (q_profile if kind == "QP" else sidik_jonkman)(y, v, (1 - level) / 2)
    form = inverse_variance(v) if weights is None else meta_tau2.weighted(weights, len(y))
    tail = meta_tau2.tail_of_q(y, v, form) if kind == "GENQ" else biggerstaff_tweedie(y, v, form)
    return _between_tails(tail, (1 - level) / 2, max(v))


def q_profile(y: Floats, v: Floats, alpha: float) -> Limits | None:
    """τ² for which Q with weights 1/(v + τ²) lies between the alpha quantiles of χ², k − 1 df, of either side.

    Source: Viechtbauer 2007, Stat Med 26:37; Knapp, Biggerstaff & Jackson 2006, Biom J 48:271.
    """
    from scipy.special import chdtri  # here, because importing SciPy takes long

    upper, lower = float(chdtri(len(y) - 1, alpha)), float(chdtri(len(y) - 1, 1 - alpha))
    if inverse_variance(v).value(y) < lower:
        return None
    return meta_tau2.where_q_is(upper, y, v), meta_tau2.where_q_is(lower, y, v)


def sidik_jonkman(y: Floats, v: Floats, alpha: float) -> Limits:
    """(k − 1)·τ² of SJ over the alpha quantiles of χ², k − 1 df (Sidik & Jonkman 2005, J R Stat Soc C 54:367)."""
    from scipy.special import chdtri

    df = len(y) - 1
    scaled = df * meta_tau2.sidik_jonkman(y, v).value
    return scaled / float(chdtri(df, alpha)), scaled / float(chdtri(df, 1 - alpha))


def biggerstaff_tweedie(y: Floats, v: Floats, form: QForm) -> Callable[[float], float]:
    """Tail of Q at each τ² by the gamma distribution of its mean and variance (1997, Stat Med 16:753).

    The tail of GENQ is exact (`meta_tau2.tail_of_q`; Jackson 2013, Res Synth Methods 4:220).
    """
    from scipy.special import gammaincc

    q = form.value(y)

    def tail(value: float) -> float:
        variances = [each + value for each in v]
        mean, variance = form.trace(variances), 2 * form.trace_of_square(variances)
        return float(gammaincc(mean * mean / variance, q * mean / variance))

    return tail


def _between_tails(tail: Callable[[float], float], alpha: float, start: float) -> Limits | None:
    if tail(0.0) > 1 - alpha:
        return None
    low = meta_tau2.where_risen_to(alpha, tail, start)
    high = meta_tau2.where_risen_to(1 - alpha, tail, start)
    return None if low is None or high is None else (low, high)


def profile_likelihood(y: Floats, v: Floats, method: str, z: float) -> Limits | None:
    """τ² about the estimate whose log-likelihood is less by at most z²/2 (Hardy & Thompson 1996, Stat Med 15:619)."""
    if method not in ("ML", "REML"):
        raise ValueError(f"a profile likelihood is that of ML or REML, not {method!r}")
    restricted = method == "REML"
    value = maximum(y, v, restricted)
    least = log_likelihood(y, v, value, restricted) - z * z / 2

    def deficit(tau2: float) -> float:
        return least - log_likelihood(y, v, tau2, restricted)

    high = first_above(deficit, value + max(v))
    if high is None:
        return None
    return root(deficit, 0.0, value) if deficit(0.0) > 0 else 0.0, root(deficit, value, high)


def wald(y: Floats, v: Floats, method: str, z: float) -> Limits | None:
    """τ² ± z standard errors, cut off at 0 (Biggerstaff & Tweedie 1997, Stat Med 16:753)."""
    found = meta_tau2.tau2(y, v, method)
    if found is None or found.se is None:
        return None
    return max(0.0, found.value - z * found.se), found.value + z * found.se
