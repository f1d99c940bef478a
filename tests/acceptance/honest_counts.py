"""Honest papers on counts: proportions, their intervals and tests, tables of categories, the same patients twice."""

from __future__ import annotations

from fractions import Fraction
from math import exp, sqrt
from typing import Any

import numpy as np
from scipy import stats
from scipy.stats.contingency import odds_ratio
from statsmodels.stats import contingency_tables, proportion
from tests.acceptance.honest import Paper

Counts = tuple[int, int, int, int]

# Named as papers in English, German and French name them.
WORDS: dict[str, tuple[str, ...]] = {
    "pearson": ("chi-square test", "Pearson's χ² test", "χ2", "Chi-Quadrat-Test", "test du chi-deux", "chi-squared"),
    "yates": ("chi-square test with Yates' correction", "Yates-corrected chi-square", "χ² with continuity correction"),
    "fisher": ("Fisher's exact test", "Fisher exact", "exakter Test nach Fisher", "test exact de Fisher", "Fisher"),
    "likelihood": ("likelihood ratio chi-square", "G-test"),
    "pooled": ("z-test", "two-proportion z-test", "z-Test"),
    "unpooled": ("z-test", "Wald test"),
    "boschloo": ("Boschloo's exact test",),
    "fisher_one_sided": ("one-sided Fisher's exact test", "Fisher's exact test, one-tailed"),
}


def sizes(paper: Paper) -> tuple[int, int]:
    """Two numbers of patients: tiny, usual, and now and then above a thousand."""
    most = paper.pick(4, 12, 40, 40, 120, 120, 400, 2500)
    return paper.whole(1 if most < 10 else 2, most), paper.whole(1 if most < 10 else 2, most)


def counts(paper: Paper) -> Counts:
    """Events and patients of two groups, now and then none or all with the event."""
    n1, n2 = sizes(paper)
    risk = paper.rng.beta(0.8, 0.8) if paper.chance(0.5) else paper.rng.random()
    other = risk if paper.chance(0.3) else paper.rng.random()
    return int(paper.rng.binomial(n1, risk)), n1, int(paper.rng.binomial(n2, other)), n2


def tests_of(x1: int, n1: int, x2: int, n2: int) -> dict[str, float]:
    """P values of two proportions by SciPy and statsmodels; those that are not defined are left out."""
    table = np.array([[x1, n1 - x1], [x2, n2 - x2]])
    found = {"fisher": stats.fisher_exact(table).pvalue}
    side = "greater" if x1 * n2 >= x2 * n1 else "less"
    found["fisher_one_sided"] = stats.fisher_exact(table, alternative=side).pvalue
    if n1 + n2 <= 60:
        found["boschloo"] = min(1.0, stats.boschloo_exact(table.T).pvalue)
    if 0 < x1 + x2 < n1 + n2:
        found["pearson"] = stats.chi2_contingency(table, correction=False).pvalue
        found["yates"] = stats.chi2_contingency(table, correction=True).pvalue
        found["likelihood"] = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").pvalue
        found["pooled"] = proportion.proportions_ztest([x1, x2], [n1, n2])[1]
        if 0 < x1 < n1 or 0 < x2 < n2:
            found["unpooled"] = proportion.test_proportions_2indep(x1, n1, x2, n2, method="wald").pvalue
    return found


def _share(paper: Paper, name: str, x: int, n: int, decimals: int, form: str, **about: Any) -> str:
    """One group's events: a count, a percentage, both, or a fraction of 1."""
    if form == "count":
        return paper.claim(name, paper.count(x), "count", **about)
    count = paper.claim(f"{name}.count", paper.count(x), "count", **about) if form == "both" else None
    share = Fraction(x, n)
    if form == "fraction":
        return paper.claim(name, paper.number(share, decimals + 2), "proportion", **about)
    return paper.claim(name, paper.percent(share, decimals), "proportion", count=count, **about)


def two_proportions(paper: Paper, cells: Counts | None = None) -> Counts:
    """Two groups with an event each and the P value of a test, named or not; of all or of those who were assessed."""
    x1, n1, x2, n2 = cells or counts(paper)
    form, decimals = paper.pick("count", "percent", "percent", "both", "both", "fraction"), paper.pick(0, 1, 1, 2)
    for name, x, n in (("drug", x1, n1), ("placebo", x2, n2)):
        missing = paper.whole(1, 5) if paper.chance(0.2) else 0
        paper.group(name, n + missing)
        of = paper.claim(f"{name}.of", str(n), "count", group=name, outcome="assessed") if missing else None
        _share(paper, f"event.{name}", x, n, decimals, form, group=name, outcome="event", of=of)
    found = tests_of(x1, n1, x2, n2)
    key = paper.pick(*found)
    named = paper.pick(*WORDS[key]) if key == "fisher_one_sided" or paper.chance(0.6) else None
    compares = ["event.drug", "event.placebo"]
    paper.claim("event.p", paper.p(found[key]), "p_value", compares=compares, test=named)
    if key in ("pearson", "yates", "pooled") and paper.chance(0.3):
        _statistic(paper, found, key, cells or (x1, n1, x2, n2), compares)
    return x1, n1, x2, n2


def _statistic(paper: Paper, found: dict[str, float], key: str, cells: Counts, compares: list[str]) -> None:
    x1, n1, x2, n2 = cells
    table = np.array([[x1, n1 - x1], [x2, n2 - x2]])
    value = stats.chi2_contingency(table, correction=key == "yates").statistic
    shown = paper.number(value if key != "pooled" else sqrt(value) * paper.pick(1, -1), paper.pick(1, 2, 3))
    df = paper.pick("(1)", f"(1, N={n1 + n2})", "(df=1)")
    text = f"z={shown}" if key == "pooled" else f"{paper.pick('χ2', 'χ²', 'chi2')}{df}={shown}"
    paper.claim("event.statistic", text, "test_statistic", compares=compares)
    paper.claim("event.statistic.p", paper.p(found[key]), "p_value", of="event.statistic")


def estimates(paper: Paper) -> None:
    """Two proportions with RR, OR or RD, its interval by one of several methods, and a P value of that."""
    x1, n1, x2, n2 = two_proportions(paper)
    measure = paper.pick("RR", "OR", "RD")
    found = intervals_of(paper, measure, x1, n1, x2, n2)
    usable = {name: each for name, each in found.items() if all(abs(part) < 1e6 for part in each[0:3])}
    if not usable:
        return
    key = paper.pick(*usable)
    value, low, high, p = usable[key]
    percent = measure == "RD" and paper.chance(0.5)
    sign, decimals = ("%", paper.pick(0, 1)) if percent else ("", paper.pick(1, 2, 2, 3))
    one, two, three = (paper.number(100 * part if percent else part, decimals) for part in (value, low, high))
    compares = ["event.drug", "event.placebo"]
    paper.claim("estimate", f"{one}{sign}", "estimate", measure=measure, compares=compares)
    between = paper.pick(" to ", ", " if paper.mark == "." else " to ")
    text = f"{paper.pick('95% CI ', '')}{two}{sign}{between}{three}{sign}"
    named = key if paper.chance(0.4) else None
    paper.claim("estimate.ci", text, "confidence_interval", of="estimate", method=named)
    # The usual paper: an interval by one method, the P value by a test of the table.
    if paper.chance(0.4) and min(x1, n1 - x1, x2, n2 - x2) > 4:
        p = tests_of(x1, n1, x2, n2)[paper.pick("fisher", "pearson")]
    if p is not None and paper.chance(0.6):
        paper.claim("estimate.p", paper.p(p), "p_value", of=paper.pick("estimate", "estimate.ci"))


Estimated = tuple[float, float, float, float | None]


def intervals_of(paper: Paper, measure: str, x1: int, n1: int, x2: int, n2: int) -> dict[str, Estimated]:
    """Estimate, limits and P value by the method's name, as statsmodels and SciPy give them."""
    cells = (x1, n1 - x1, x2, n2 - x2)
    if measure == "RD":
        return _differences(x1, n1, x2, n2)
    found: dict[str, Estimated] = {}
    if min(cells) == 0 and paper.chance(0.5):
        cells = tuple(cell + 0.5 for cell in cells)  # type: ignore[assignment]
    if min(cells) > 0:
        table = contingency_tables.Table2x2(np.array(cells, dtype=float).reshape(2, 2), shift_zeros=False)
        of = (
            (table.riskratio, table.riskratio_confint(), table.riskratio_pvalue())
            if measure == "RR"
            else (table.oddsratio, table.oddsratio_confint(), table.oddsratio_pvalue())
        )
        found["log"] = (float(of[0]), float(of[1][0]), float(of[1][1]), float(of[2]))
    if measure == "RR" and min(x1, x2) > 0 and n1 + n2 < 3000:
        low, high = proportion.confint_proportions_2indep(x1, n1, x2, n2, method="log-adjusted", compare="ratio")
        found["adjusted log"] = (x1 / n1 / (x2 / n2), float(low), float(high), None)
    if measure == "OR" and 0 < x1 + x2 < n1 + n2 < 400:
        result = odds_ratio(np.array([[x1, n1 - x1], [x2, n2 - x2]]), kind="conditional")
        limits = result.confidence_interval(0.95)
        p = tests_of(x1, n1, x2, n2)["fisher"]
        if min(x1, x2, n1 - x1, n2 - x2) > 0:
            sample = x1 * (n2 - x2) / ((n1 - x1) * x2)
            found["exact"] = (sample, float(limits.low), float(limits.high), p)
        conditional = (float(result.statistic), float(limits.low), float(limits.high), p)
        found["conditional maximum likelihood"] = conditional
    return found


def _differences(x1: int, n1: int, x2: int, n2: int) -> dict[str, Estimated]:
    found: dict[str, Estimated] = {}
    names = {"wald": "wald", "newcomb": "newcombe", "agresti-caffo": "agresti-caffo"}
    for method, name in names.items():
        low, high = proportion.confint_proportions_2indep(x1, n1, x2, n2, method=method, compare="diff")
        found[name] = (x1 / n1 - x2 / n2, float(low), float(high), None)
    if "unpooled" in (p := tests_of(x1, n1, x2, n2)):
        found["wald"] = (*found["wald"][:3], p["unpooled"])
    return found


def one_proportion(paper: Paper) -> None:
    """A percentage of one group with its interval."""
    n = paper.whole(2, paper.pick(10, 40, 200, 3000))
    x = paper.pick(0, n, paper.whole(0, n), paper.whole(0, n), paper.whole(0, n))
    paper.group("all", n)
    decimals = paper.pick(0, 1, 1, 2)
    form = paper.pick("count", "both", "percent")
    name = _share(paper, "event", x, n, decimals, "both" if form == "count" else form, group="all", outcome="event")
    methods = {
        "wald": ("normal",),
        "agresti-coull": ("agresti_coull",),
        "exact": ("beta",),
        "Wilson": ("wilson",),
        "Jeffreys": ("jeffreys",),
        "Clopper-Pearson": ("beta",),
        "Wilson with continuity correction": ("wilsoncc",),
    }
    method = paper.pick(*methods)
    if method == "Jeffreys" and x in (0, n):
        method = "Wilson"
    key = methods[method][0]
    if key == "wilsoncc":
        limits = stats.binomtest(x, n).proportion_ci(method="wilsoncc")
        low, high = float(limits.low), float(limits.high)
    else:
        low, high = (float(part) for part in proportion.proportion_confint(x, n, method=key))
    text = " to ".join(f"{paper.number(100 * end, decimals)}%" for end in (low, high))
    paper.claim("event.ci", text, "confidence_interval", of=name, method=method if paper.chance(0.4) else None)


def categories(paper: Paper) -> None:
    """Patients in categories, of one group or of two to four: percentages, their total, and χ² of the table."""
    groups, kinds = paper.whole(1, 4), paper.whole(2, 4)
    table = paper.rng.multinomial(paper.whole(3, 150), paper.rng.dirichlet(np.ones(groups * kinds)))
    table = table.reshape(groups, kinds)
    table[:, 0] += table.sum(axis=1) == 0
    decimals, form = paper.pick(0, 1), paper.pick("count", "both", "percent")
    names = [[f"g{i}.k{j}" for j in range(kinds)] for i in range(groups)]
    for i, row in enumerate(table):
        paper.group(f"g{i}", int(row.sum()))
        for j, x in enumerate(row):
            _share(paper, names[i][j], int(x), int(row.sum()), decimals, form, group=f"g{i}", outcome=f"kind {j}")
        if form == "percent":
            paper.claim(f"g{i}.sum", "100%", "proportion", group=f"g{i}", parts=names[i])
        else:
            parts = [name if form == "count" else f"{name}.count" for name in names[i]]
            paper.claim(f"g{i}.sum", str(int(row.sum())), "count", group=f"g{i}", parts=parts)
    paper.group("whole", int(table.sum()), tuple(f"g{i}" for i in range(groups)))
    if groups == 1 or (table.sum(axis=0) == 0).any():
        return
    result = stats.chi2_contingency(table, correction=False)
    compares = [name for row in names for name in row] if kinds > 2 else [row[0] for row in names]
    if kinds == 2 and groups == 2:
        return
    words = paper.pick(*WORDS["pearson"]) if paper.chance(0.5) else None
    paper.claim("p", paper.p(result.pvalue), "p_value", compares=compares, test=words)
    if kinds == 2:
        text = f"χ2({groups - 1})={paper.number(result.statistic, 2)}"
        paper.claim("chi", text, "test_statistic", compares=compares)


def paired_proportions(paper: Paper) -> None:
    """The same patients twice: McNemar's test by one of its kinds, with or without the counts of who changed."""
    n = paper.whole(4, paper.pick(15, 60, 300))
    both, gained, lost, _ = (int(x) for x in paper.rng.multinomial(n, paper.rng.dirichlet(np.ones(4))))
    if gained == lost:
        gained, n = gained + 1, n + 1
    paper.group("all", n)
    decimals, form = paper.pick(0, 1), paper.pick("count", "both", "percent")
    for name, x in (("before", both + lost), ("after", both + gained)):
        _share(paper, f"event.{name}", x, n, decimals, form, group="all", outcome="event", time=name)
    discordant = None
    if paper.chance(0.5):
        discordant = [
            paper.claim("gained", str(gained), "count", group="all", outcome="gained it"),
            paper.claim("lost", str(lost), "count", group="all", outcome="lost it"),
        ]
    kind = paper.pick("exact", "plain", "corrected")
    square = np.array([[both, lost], [gained, n - both - gained - lost]])
    p = contingency_tables.mcnemar(square, exact=kind == "exact", correction=kind == "corrected").pvalue
    words = paper.pick("McNemar test", "McNemar's test", "test de McNemar", "McNemar-Test", None, None)
    paper.claim(
        "p", paper.p(min(1.0, p)), "p_value", compares=["event.before", "event.after"], paired=True,
        discordant=discordant, test=words,
    )  # fmt: skip


def subsets(paper: Paper) -> None:
    """A group and its parts, a share of a share, and the same figure rounded further in the abstract."""
    parts = [paper.whole(1, 60) for _ in range(paper.whole(2, 4))]
    for i, n in enumerate(parts):
        paper.group(f"part{i}", n)
    n = sum(parts)
    paper.group("all", n, tuple(f"part{i}" for i in range(len(parts))))
    event = [int(paper.rng.binomial(size, paper.rng.random())) for size in parts]
    decimals = paper.pick(0, 1, 2)
    for i, (x, size) in enumerate(zip(event, parts, strict=True)):
        paper.claim(f"event{i}", str(x), "count", group=f"part{i}", outcome="event")
        paper.claim(f"share{i}", paper.percent(Fraction(x, size), decimals), "proportion", group=f"part{i}",
                    outcome="event", count=f"event{i}")  # fmt: skip
    names = [f"event{i}" for i in range(len(parts))]
    paper.claim("event", str(sum(event)), "count", group="all", outcome="event", parts=names)
    share = paper.claim("share", paper.percent(Fraction(sum(event), n), decimals), "proportion", group="all",
                        outcome="event", count=paper.pick("event", None))  # fmt: skip
    again = paper.pick(*range(decimals + 1))
    paper.claim("share.again", paper.percent(Fraction(sum(event), n), again), "proportion", restates=share)
    if sum(event):
        severe = int(paper.rng.binomial(sum(event), 0.4))
        paper.claim("severe", paper.percent(Fraction(severe, sum(event)), decimals), "proportion", group="all",
                    outcome="severe event", of=paper.pick("event", "share"))  # fmt: skip
        paper.claim("severe.count", str(severe), "count", group="all", outcome="severe event", within="event")


def model_estimate(paper: Paper) -> None:
    """An estimate with a 95% interval and a P value by the Wald test on its scale, as a model prints them."""
    measure = paper.pick("RR", "OR", "HR", "MD")
    ratio = measure != "MD"
    se = float(paper.rng.uniform(0.05, 1.0))
    centre = float(paper.rng.normal(0, 2 * se))
    p = 2 * stats.norm.sf(abs(centre / se))
    ends = [centre, centre - 1.959963984540054 * se, centre + 1.959963984540054 * se]
    printed = [exp(end) if ratio else end for end in ends]
    decimals = paper.pick(1, 2, 2, 3)
    value, low, high = (paper.number(end, decimals) for end in printed)
    adjusted = paper.chance(0.3)
    paper.claim("estimate", f"{'a' if adjusted and measure in ('OR', 'HR') else ''}{measure} {value}", "estimate",
                measure=measure, adjusted=adjusted)  # fmt: skip
    paper.claim("estimate.ci", f"95% CI {low} to {high}", "confidence_interval", of="estimate", adjusted=adjusted)
    of = paper.pick("estimate", "estimate.ci")
    paper.claim("estimate.p", paper.p(p), "p_value", of=of)
