"""Honest papers on single values: means of groups, before and after, correlations, medians, times, doses."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff
from tests.acceptance.honest import Paper

KINDS = ("normal", "normal", "skewed", "likert", "nrs", "items", "binary", "halves", "age")
Values = np.ndarray[Any, Any]

WORDS: dict[str, tuple[str, ...]] = {
    "student": ("t test", "Student's t-test", "unpaired t-test", "independent samples t test", "test t de Student"),
    "welch": ("Welch's t-test", "t test", "unequal variances t-test", "Welch t test", "Welch-Test"),
    "student_one_sided": ("one-sided t-test", "Student's t test, one-tailed"),
    "ranks": ("Mann-Whitney U test", "Wilcoxon rank-sum test", "Mann-Whitney-Test", "test de Wilcoxon"),
    "permutation": ("permutation test",),
    "anova": ("ANOVA", "one-way analysis of variance", "einfaktorielle ANOVA"),
    "kruskal": ("Kruskal-Wallis test",),
    "welch_anova": ("Welch's ANOVA",),
    "paired": ("paired t-test", "dependent samples t-test", "gepaarter t-Test", "Student's paired t test", "t test"),
    "signed_ranks": ("Wilcoxon signed-rank test", "Wilcoxon matched-pairs test"),
}


SCALES: dict[str, dict[str, Any]] = {
    "likert": {"minimum": 1, "maximum": 7},
    "nrs": {"minimum": 0, "maximum": 10},
    "items": {"minimum": 1, "maximum": 5, "items": 4},
    "binary": {"minimum": 0, "maximum": 1},
    "halves": {"minimum": 0, "maximum": 10, "step": "0.5"},
    "age": {},
}


def _items(paper: Paper, n: int, shift: float) -> Values:
    """Scores that are the mean of four items of 1 to 5."""
    return np.clip(np.round(paper.rng.normal(3 + shift, 1.2, (n, 4))), 1, 5).mean(axis=1)


def sample(paper: Paper, kind: str, n: int, shift: float) -> Values:
    """Raw values of a kind: normal or skewed (with their own digits), whole scores of 1 to 7, or of 0 to 10."""
    rng = paper.rng
    if kind == "normal":
        return np.round(rng.normal(50 + 10 * shift, 10, n), 1)
    if kind == "skewed":
        return np.round(np.exp(rng.normal(1 + shift, 0.8, n)), 2)
    if kind == "likert":
        return np.clip(np.round(rng.normal(4 + shift, 1.5, n)), 1, 7)
    if kind == "items":
        return _items(paper, n, shift)
    if kind == "binary":
        return rng.binomial(1, min(max(0.5 + shift / 2, 0.02), 0.98), n).astype(float)
    if kind == "halves":
        return np.clip(np.round(2 * rng.normal(5 + shift, 2, n)) / 2, 0, 10)
    if kind == "age":
        return np.round(rng.normal(45 + 5 * shift, 12, n))
    return np.clip(np.round(rng.normal(5 + shift, 3.5, n)), 0, 10)


def scale_of(paper: Paper, kind: str) -> str | None:
    """The scale of the scores, as the study file describes it."""
    if kind in ("normal", "skewed"):
        return None
    paper.data["scales"][kind] = {"label": kind, "step": 1, **SCALES[kind]}
    return kind


def exact_mean(values: Values) -> Fraction:
    """The mean without binary noise: single values have at most two decimals."""
    return Fraction(int(np.round(values * 100).sum()), 100 * len(values))


def mean_sd(
    paper: Paper, name: str, values: Values, decimals: tuple[int, int], spread: str = "sd", **about: Any
) -> str:
    """Mean ± SD (or SE) of the values."""
    sd = float(values.std(ddof=1)) / (sqrt(len(values)) if spread == "se" else 1)
    mean, shown = paper.number(exact_mean(values), decimals[0]), paper.number(sd, decimals[1])
    text = paper.pick(f"{mean}±{shown}", f"{mean} ± {shown}", f"{mean} ({shown})")
    return paper.claim(name, text, "mean_sd", spread=spread if spread == "se" or paper.chance(0.5) else None, **about)


def one_mean(paper: Paper) -> None:
    """The mean of one group, with its 95% (or 90%, or 99%) interval beside it or as what follows it."""
    kind, n = paper.pick("normal", "likert", "nrs", "age", "halves"), paper.whole(3, paper.pick(6, 30, 300))
    values, scale, decimals = sample(paper, kind, n, 0.0), scale_of(paper, kind), digits(paper, kind)
    paper.group("all", n)
    about = {"group": "all", "outcome": "score", "scale": scale}
    level = paper.pick(0.95, 0.95, 0.90, 0.99)
    half = float(values.std(ddof=1) / sqrt(n) * stats.t.ppf((1 + level) / 2, n - 1))
    mean = exact_mean(values)
    low, high = (paper.number(float(mean) + sign * half, decimals[0]) for sign in (-1, 1))
    if level == 0.95 and paper.chance(0.5):
        paper.claim("mean", f"{paper.number(mean, decimals[0])} ({low} to {high})", "mean_sd", spread="ci95", **about)
        return
    mean_sd(paper, "mean", values, decimals, **about)
    prefix = "" if level == 0.95 else f"{100 * level:.0f}% CI "
    paper.claim("mean.ci", f"{prefix}{low} to {high}", "confidence_interval", of="mean")


def digits(paper: Paper, kind: str) -> tuple[int, int]:
    """Decimals of mean and SD."""
    least = 0 if kind in ("normal", "age") else 1
    first = paper.whole(least, 3)
    return first, first if paper.chance(0.8) else min(first + 1, 3)


def several_means(paper: Paper) -> None:
    """Two to four groups: t tests or analysis of variance, their statistic, the difference and its interval."""
    kind, groups = paper.pick(*KINDS), paper.pick(2, 2, 2, 3, 4)
    scale, decimals, spread = scale_of(paper, kind), digits(paper, kind), paper.pick("sd", "sd", "sd", "se")
    missing = paper.whole(1, 4) if paper.chance(0.2) else 0
    samples, names = [], []
    for i in range(groups):
        n = paper.whole(2, paper.pick(4, 15, 40, 120, 1200))
        values = sample(paper, kind, n, float(paper.rng.normal(0, 0.5)))
        paper.group(f"g{i}", n + missing)
        of = paper.claim(f"g{i}.of", str(n), "count", group=f"g{i}", outcome="assessed") if missing else None
        names.append(mean_sd(paper, f"m{i}", values, decimals, spread, group=f"g{i}", outcome="score", scale=scale,
                             of=of))  # fmt: skip
        samples.append(values)
    if all(values.std() == 0 for values in samples):
        return
    if groups == 2:
        _two(paper, samples, names, decimals[0], kind)
    else:
        _many(paper, samples, names)


def _two(paper: Paper, samples: list[Values], names: list[str], decimals: int, kind: str) -> None:
    key = paper.pick("student", "student", "welch", "student_one_sided", "ranks")
    one, two = samples
    named = key in ("student_one_sided", "ranks") or paper.chance(0.5)
    result = stats.ttest_ind(one, two, equal_var=key != "welch")
    p = {
        "student_one_sided": result.pvalue / 2,
        "ranks": stats.mannwhitneyu(one, two).pvalue,
    }.get(key, result.pvalue)
    if named or paper.chance(0.7):
        paper.claim("p", paper.p(p), "p_value", compares=names, test=paper.pick(*WORDS[key]) if named else None)
    if key not in ("student", "welch"):
        if key == "ranks":
            _ranks(paper, samples, names)
        return
    if paper.chance(0.4):
        df = paper.number(result.df, paper.pick(1, 2) if key == "welch" else 0)
        text = f"t({df})={paper.number(result.statistic, paper.pick(1, 2, 2, 3))}"
        paper.claim("t", text, "test_statistic", compares=names)
        paper.claim("t.p", paper.p(result.pvalue), "p_value", of="t")
    if key == "student" and paper.chance(0.2):
        text = f"F(1, {len(one) + len(two) - 2})={paper.number(result.statistic**2, paper.pick(1, 2, 3))}"
        paper.claim("f", text, "test_statistic", compares=names)
        paper.claim("f.p", paper.p(result.pvalue), "p_value", of="f")
    if paper.chance(0.4):
        _difference(paper, samples, names, decimals, result)


def _difference(paper: Paper, samples: list[Values], names: list[str], decimals: int, result: Any) -> None:
    """The difference of means with its interval and P value, or the standardised one."""
    one, two = samples
    more = decimals + paper.pick(0, 0, 1)
    exact = exact_mean(one) - exact_mean(two)
    limits = result.confidence_interval(0.95)
    text = " to ".join(paper.number(float(end), more) for end in (limits.low, limits.high))
    paper.claim("md", paper.number(exact, more), "estimate", measure="MD", compares=names)
    paper.claim("md.ci", text, "confidence_interval", of="md")
    if paper.chance(0.5):
        paper.claim("md.p", paper.p(result.pvalue), "p_value", of=paper.pick("md", "md.ci"))
    n1, n2 = len(one), len(two)
    pooled = sqrt(((n1 - 1) * one.var(ddof=1) + (n2 - 1) * two.var(ddof=1)) / (n1 + n2 - 2))
    d = float(exact) / pooled
    if paper.chance(0.5) and n1 + n2 > 3:
        g = d * (1 - 3 / (4 * (n1 + n2 - 2) - 1))
        paper.claim("smd", paper.number(paper.pick(d, g), 2), "estimate", measure="SMD", compares=names)


def _ranks(paper: Paper, samples: list[Values], names: list[str]) -> None:
    one, two = samples
    exact = len(np.unique(np.concatenate(samples))) == len(one) + len(two) and len(one) * len(two) < 400
    result = stats.mannwhitneyu(one, two, method="exact" if exact else "asymptotic", use_continuity=paper.chance(0.5))
    u = paper.pick(result.statistic, len(one) * len(two) - result.statistic)
    text = f"U={paper.number(u, 0 if float(u).is_integer() else 1)}"
    paper.claim("u", text, "test_statistic", compares=names)
    paper.claim("u.p", paper.p(result.pvalue), "p_value", of="u")


def _many(paper: Paper, samples: list[Values], names: list[str]) -> None:
    key = paper.pick("anova", "anova", "kruskal")
    named = key == "kruskal" or paper.chance(0.5)
    if key == "kruskal":
        result = stats.kruskal(*samples)
        paper.claim("h", f"H({len(samples) - 1})={paper.number(result.statistic, 2)}", "test_statistic")
        paper.claim("h.p", paper.p(result.pvalue), "p_value", of="h")
    else:
        result = stats.f_oneway(*samples)
        within = sum(map(len, samples)) - len(samples)
        if paper.chance(0.5) and within > 0:
            text = f"F({len(samples) - 1}, {within})={paper.number(result.statistic, paper.pick(1, 2, 3))}"
            paper.claim("f", text, "test_statistic", compares=names)
            paper.claim("f.p", paper.p(result.pvalue), "p_value", of="f")
    words = paper.pick(*WORDS[key]) if named else None
    paper.claim("p", paper.p(result.pvalue), "p_value", compares=names, test=words)


def before_after(paper: Paper) -> None:
    """The same patients twice: two means, the change with its SD and interval, paired t or signed ranks."""
    kind, n = paper.pick("normal", "likert", "nrs"), paper.whole(2, paper.pick(4, 20, 80, 400))
    first = sample(paper, kind, n, 0.5)
    second = first + np.round(paper.rng.normal(float(paper.rng.normal(-0.5, 0.8)), 1.2, n))
    if kind != "normal":
        second = np.clip(second, 1 if kind == "likert" else 0, 7 if kind == "likert" else 10)
    if paper.chance(0.1):
        second = second[paper.rng.permutation(n)]
    scale, decimals, spread = scale_of(paper, kind), digits(paper, kind), paper.pick("sd", "sd", "se")
    paper.group("all", n)
    about = {"group": "all", "scale": scale, "outcome": "score"}
    names = [
        mean_sd(paper, name, values, decimals, spread, time=name, **about)
        for name, values in (("before", first), ("after", second))
    ]
    change = np.round(second - first, 1)
    if change.std() == 0:
        return
    result = stats.ttest_rel(second, first)
    p, key = (result.pvalue, "paired")
    if n > 5 and paper.chance(0.2):
        p, key = stats.wilcoxon(change).pvalue, "signed_ranks"
    words = paper.pick(*WORDS[key]) if key == "signed_ranks" or paper.chance(0.5) else None
    paper.claim("p", paper.p(p), "p_value", compares=names, paired=True, test=words)
    if paper.chance(0.6):
        _change(paper, change, names, decimals, spread, about, result)


def _change(
    paper: Paper, change: Values, names: list[str], decimals: tuple[int, int], spread: str, about: Any, result: Any
) -> None:
    change = change if paper.chance(0.7) else -change
    mean_sd(paper, "change", change, decimals, spread, change=True, compares=names, **about)
    paper.claim("change.p", paper.p(result.pvalue), "p_value", of="change")
    if paper.chance(0.5):
        limits = stats.ttest_1samp(change, 0).confidence_interval(0.95)
        text = " to ".join(paper.number(float(end), decimals[0]) for end in (limits.low, limits.high))
        paper.claim("change.ci", text, "confidence_interval", of="change")
    if paper.chance(0.5):
        text = f"t({len(change) - 1})={paper.number(result.statistic, 2)}"
        paper.claim("t", text, "test_statistic", compares=names, paired=True)
        paper.claim("t.p", paper.p(result.pvalue), "p_value", of="t")


def whole_and_parts(paper: Paper) -> None:
    """A mean of all patients, and those of the groups that make them up."""
    kind = paper.pick("normal", "likert", "nrs", "items", "binary", "halves")
    scale, decimals = scale_of(paper, kind), digits(paper, kind)
    samples = [sample(paper, kind, paper.whole(2, 40), float(paper.rng.normal(0, 1))) for _ in range(paper.whole(2, 4))]
    for i, values in enumerate(samples):
        paper.group(f"part{i}", len(values))
    together = np.concatenate(samples)
    paper.group("all", len(together), tuple(f"part{i}" for i in range(len(samples))))
    for i, values in enumerate(samples):
        mean_sd(paper, f"m{i}", values, decimals, group=f"part{i}", scale=scale, outcome="score")
    mean_sd(paper, "mean", together, decimals, group="all", scale=scale, outcome="score")


def correlation(paper: Paper) -> None:
    """A correlation of Pearson or Spearman with P value and interval."""
    n = paper.whole(4, paper.pick(10, 50, 300))
    x = paper.rng.normal(size=n)
    y = x * float(paper.rng.normal(0, 0.8)) + paper.rng.normal(size=n)
    paper.group("all", n)
    spearman = paper.chance(0.3)
    result = stats.spearmanr(x, y) if spearman else stats.pearsonr(x, y)
    r = paper.number(result.statistic, paper.pick(2, 2, 3))
    letter = "rs" if spearman else "r"
    text = paper.pick(r, f"{letter}={r}", f"{letter}({n - 2})={r}")
    paper.claim("r", text, "correlation", group="all")
    paper.claim("r.p", paper.p(result.pvalue), "p_value", of="r")
    if paper.chance(0.5) and not spearman:
        limits = result.confidence_interval(0.95)
        text = " to ".join(paper.number(float(end), 2) for end in (limits.low, limits.high))
        paper.claim("r.ci", text, "confidence_interval", of="r")


def medians(paper: Paper) -> None:
    """Median, quartiles by one of several definitions, range, and mean of the same values."""
    kind, n = paper.pick("normal", "skewed", "likert", "nrs", "halves", "age"), paper.whole(2, paper.pick(5, 20, 100))
    values = sample(paper, kind, n, 0.0)
    scale, decimals = scale_of(paper, kind), paper.pick(0, 1, 1, 2) if kind != "skewed" else paper.pick(1, 2)
    paper.group("all", n)
    method = paper.pick("linear", "weibull", "hazen", "median_unbiased", "inverted_cdf", "averaged_inverted_cdf")
    low, middle, high = (
        paper.number(Fraction(float(part)).limit_denominator(10**6), decimals)
        for part in np.quantile(values, (0.25, 0.5, 0.75), method=method)
    )
    middle = paper.number(Fraction(float(np.median(values))).limit_denominator(1000), decimals)
    about = {"group": "all", "outcome": "score", "scale": scale, "unit": None if scale else "points"}
    paper.claim("median", paper.pick(middle, f"{middle} ({low} to {high})"), "median_iqr", **about)
    ends = [
        paper.number(Fraction(float(end)).limit_denominator(1000), decimals) for end in (values.min(), values.max())
    ]
    paper.claim("range", " to ".join(ends), "range", **about)
    if paper.chance(0.6):
        mean_sd(paper, "mean", values, (decimals, decimals), **about)


def times(paper: Paper) -> None:
    """Times to an event inside a follow-up, with censoring: means, medians and ranges within it; Cox and log-rank."""
    n, period = paper.whole(10, 120), paper.pick(12, 24, 36, 60)
    arm = np.arange(n) % 2
    time = paper.rng.exponential(period * np.where(arm == 0, 0.8, 1.4))
    seen = time < period
    time = np.clip(np.round(np.minimum(time, period), 1), 0.1, None)
    paper.claim("period", str(period), "duration", unit="months", outcome="follow-up")
    for name, group in (("drug", time[arm == 0]), ("placebo", time[arm == 1])):
        paper.group(name, len(group))
        about = {"group": name, "outcome": "time", "unit": "months", "within": "period"}
        decimals = paper.pick(0, 1, 1)
        mean_sd(paper, f"time.{name}", group, (decimals, decimals), **about)
        median = paper.number(Fraction(float(np.median(group))).limit_denominator(1000), decimals)
        paper.claim(f"median.{name}", median, "median_iqr", **about)
        ends = " to ".join(
            paper.number(Fraction(float(end)).limit_denominator(1000), decimals) for end in (group.min(), group.max())
        )
        paper.claim(f"range.{name}", ends, "range", **about)
    if seen.sum() > 4 and min(seen[arm == 0].sum(), seen[arm == 1].sum()) > 0:
        _hazard(paper, time, seen, arm)


def _hazard(paper: Paper, time: Values, seen: Values, arm: Values) -> None:
    fitted = PHReg(time, arm.astype(float)[:, None], status=seen.astype(int), ties="efron").fit()
    low, high = np.exp(fitted.conf_int()[0])
    decimals = paper.pick(1, 2, 2)
    paper.claim("hr", paper.number(float(np.exp(fitted.params[0])), decimals), "estimate", measure="HR")
    text = " to ".join(paper.number(float(end), decimals) for end in (low, high))
    paper.claim("hr.ci", text, "confidence_interval", of="hr")
    p = paper.pick(fitted.pvalues[0], survdiff(time, seen.astype(int), arm)[1])
    paper.claim("hr.p", paper.p(float(p)), "p_value", of=paper.pick("hr", "hr.ci"))


def restated(paper: Paper) -> None:
    """Figures of the results that the abstract repeats with fewer digits, from the values or from what is printed."""
    for i in range(6):
        value = Fraction(paper.whole(-99999, 99999), 1000)
        more = paper.whole(1, 3)
        less = paper.whole(0, more)
        first = paper.number(value, more)
        again = paper.number(Fraction(paper.printed(first)) if paper.chance(0.5) else value, less)
        kind = paper.pick("estimate", "mean_sd")
        paper.claim(f"first{i}", first, kind)
        paper.claim(f"again{i}", again, kind, restates=f"first{i}")
    p = float(paper.rng.random()) ** 3
    paper.claim("p", paper.p(p), "p_value")
    paper.claim("p.again", paper.p(p), "p_value", restates="p")


def doses(paper: Paper) -> None:
    """A daily dose, the days and their product; monthly doses in a period."""
    decimals = paper.pick(0, 0, 1, 2)
    dose = Fraction(paper.whole(1, 400), 10**decimals)
    days = paper.whole(2, 30)
    paper.claim("dose", paper.number(dose, decimals), "dose", unit="mg")
    paper.claim("days", str(days), "duration", unit="days")
    paper.claim("total", paper.number(dose * days, decimals), "dose", unit="mg", product=["dose", "days"])
    months = paper.whole(3, 48)
    paper.claim("period", str(months), "duration", unit="months")
    most = paper.whole(1, months)
    paper.claim("doses", f"{paper.whole(1, most)}-{most}", "range", every="1 month", within="period")
