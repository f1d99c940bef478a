"""An honest study is never accused: simulated raw data, standard software, and the habits of print.

A paper that is right must have no verdict `contradicted` and no finding of that severity. A few hundred papers run
here, each from its own fixed seed; what papers say that cannot be simulated stands below as single cases.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.acceptance.honest import Paper
from tests.acceptance.honest_counts import (
    categories,
    estimates,
    model_estimate,
    one_proportion,
    paired_proportions,
    subsets,
    two_proportions,
)
from tests.acceptance.honest_means import (
    before_after,
    correlation,
    doses,
    medians,
    one_mean,
    restated,
    several_means,
    times,
    whole_and_parts,
)

from evidence_brief.ledger import Ledger, make_ledger

FEW, MANY = 8, 15
"""Papers of each kind: fewer where exact tests make the ledger slow."""

KINDS: dict[Callable[[Paper], object], int] = {
    two_proportions: FEW,
    estimates: FEW,
    categories: FEW,
    **dict.fromkeys((one_proportion, paired_proportions, subsets, model_estimate, several_means, one_mean), MANY),
    **dict.fromkeys((before_after, whole_and_parts, correlation, medians, times, restated, doses), MANY),
}
PAPERS = [(kind, seed) for kind, papers in KINDS.items() for seed in range(papers)]


def accusations(ledger: Ledger) -> list[str]:
    """What the ledger accuses the paper of."""
    found = [item.finding.sentence for item in ledger.findings if item.finding.severity == "contradiction"]
    return [*found, *(f"{row.id}: {row.why}" for row in ledger.rows if row.verdict == "contradicted")]


@pytest.mark.parametrize(("kind", "seed"), PAPERS, ids=[f"{kind.__name__}-{seed}" for kind, seed in PAPERS])
def test_honest_paper_is_not_accused(kind, seed, tmp_path: Path):
    paper = Paper(seed, mark="," if seed % 5 == 3 else ".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SciPy and statsmodels warn of samples as small as papers have them
        kind(paper)
    assert accusations(make_ledger(paper.load(tmp_path))) == []


def test_wrong_figure_is_accused(tmp_path: Path):
    paper = Paper(0)
    paper.group("drug", 40)
    paper.claim("event", "52.6%", "proportion", group="drug")
    assert accusations(make_ledger(paper.load(tmp_path)))


TWO_COUNTS = """
groups: {{drug: {n1}, placebo: {n2}}}
claims:
  - {{id: x1, value: "{x1}", type: count, group: drug, outcome: event}}
  - {{id: x2, value: "{x2}", type: count, group: placebo, outcome: event}}
  - {{id: p, value: "{p}", type: p_value, compares: [x1, x2], test: "{test}"}}
"""
TWO_MEANS = """
groups: {{drug: 30, placebo: 30}}
claims:
  - {{id: m1, value: "52.1±10.3", type: mean_sd, group: drug}}
  - {{id: m2, value: "47.0±9.8", type: mean_sd, group: placebo}}
  - {{id: p, value: "{p}", type: p_value, compares: [m1, m2], test: "{test}"}}
"""
SAME_PATIENTS = """
groups: {{all: 20}}
claims:
  - {{id: before, value: "52.1±10.3", type: mean_sd, group: all}}
  - {{id: after, value: "51.0±9.8", type: mean_sd, group: all}}
  - {{id: p, value: "P=.99", type: p_value, compares: [before, after], paired: true, test: "{test}"}}
"""


def counts(x1: int, n1: int, x2: int, n2: int, p: str, test: str) -> str:
    return TWO_COUNTS.format(x1=x1, n1=n1, x2=x2, n2=n2, p=p, test=test)


AWKWARD = {
    "two patients": counts(1, 1, 0, 1, "P=1", "Fisher's exact test"),
    "all had the event": counts(5, 5, 7, 7, "P=1.0", "Fisher's exact test"),
    "nobody had the event": counts(0, 30, 0, 31, "P>.99", "chi-square test"),
    "P above .999": counts(3, 30, 3, 30, "P>0.999", "Fisher"),
    "P of zeros": counts(40, 45, 3, 45, "P=.000", "chi-square"),
    "P below zeros": counts(40, 45, 3, 45, "P<.000", "chi-square"),
    "Chi-Quadrat": counts(21, 30, 12, 30, "P=.020", "Chi-Quadrat-Test"),
    "khi-deux": counts(21, 30, 12, 30, "P=.020", "test du khi-deux"),
    "as appropriate": counts(21, 30, 12, 30, "P=.037", "chi-square or Fisher's exact test, as appropriate"),
    **{
        f"of events named {test}": counts(21, 30, 12, 30, "P=.12", test)
        for test in (
            "log-rank test",
            "logistic regression",
            "Cochran-Mantel-Haenszel test",
            "generalised estimating equations",
        )
    },
    **{
        f"of means named {test}": TWO_MEANS.format(p="P=.37", test=test)
        for test in (
            "Mann-Whitney U test",
            "ANCOVA",
            "mixed model",
            "two-way ANOVA",
            "repeated-measures ANOVA",
            "Kruskal-Wallis",
            "t-test with Bonferroni correction",
            "t-test on log-transformed values",
            "permutation test",
        )
    },
    **{
        f"of means named {test}": TWO_MEANS.format(p="P=.05", test=test)
        for test in (
            "unabhängiger t-Test",
            "test t de Student pour échantillons indépendants",
            "t test, equal variances assumed",
            "unpaired, two-tailed Student's t-test",
            "Satterthwaite t-test",
        )
    },
    **{
        f"of the same patients named {test}": SAME_PATIENTS.format(test=test)
        for test in ("Wilcoxon signed-rank test", "mixed model", "sign test", "Friedman test", "gepaarter Rangtest")
    },
    "no spread at all": """
groups: {drug: 10, placebo: 10}
claims:
  - {id: m1, value: "2.0±0.0", type: mean_sd, group: drug}
  - {id: m2, value: "2.1±0.0", type: mean_sd, group: placebo}
  - {id: p, value: "P=.003", type: p_value, compares: [m1, m2]}
""",
    "one spread of zero": """
groups: {drug: 10, placebo: 10}
claims:
  - {id: m1, value: "2.0±0.0", type: mean_sd, group: drug}
  - {id: m2, value: "-0.0±1.0", type: mean_sd, group: placebo}
  - {id: p, value: "P<.001", type: p_value, compares: [m1, m2]}
""",
    "percentages that add to 99 and 101": """
groups: {thirds: 30, sixths: 6}
claims:
  - {id: a, value: "33%", type: proportion, group: thirds, outcome: mild}
  - {id: b, value: "33%", type: proportion, group: thirds, outcome: moderate}
  - {id: c, value: "33%", type: proportion, group: thirds, outcome: severe}
  - {id: all, value: "100%", type: proportion, group: thirds, parts: [a, b, c]}
  - {id: d, value: "16.7%", type: proportion, group: sixths, outcome: mild}
  - {id: e, value: "16.7%", type: proportion, group: sixths, outcome: moderate}
  - {id: f, value: "66.7%", type: proportion, group: sixths, outcome: severe}
  - {id: sum, value: "100.1%", type: proportion, group: sixths, parts: [d, e, f]}
""",
    "respectively": """
groups: {drug: 30, placebo: 30}
claims:
  - {id: pain.1, value: "70%", type: proportion, group: drug, outcome: pain}
  - {id: sleep.1, value: "50%", type: proportion, group: drug, outcome: sleep}
  - {id: pain.2, value: "40%", type: proportion, group: placebo, outcome: pain}
  - {id: sleep.2, value: "20%", type: proportion, group: placebo, outcome: sleep}
  - {id: p, value: "P=.02", type: p_value, compares: [pain.1, pain.2]}
  - {id: both, value: "P<.05", type: p_value, compares: [sleep.1, sleep.2]}
  - {id: both.again, value: "P<.05", type: p_value, compares: [pain.1, pain.2]}
""",
    "limits printed as 0.0 and 1.00": """
claims:
  - {id: hr, value: "0.2", type: estimate, measure: HR}
  - {id: hr.ci, value: "0.0 to 1.1", type: confidence_interval, of: hr}
  - {id: hr.p, value: "P=.06", type: p_value, of: hr}
  - {id: or, value: "1.00", type: estimate, measure: OR}
  - {id: or.ci, value: "0.99 to 1.00", type: confidence_interval, of: or}
  - {id: or.p, value: "P<.001", type: p_value, of: or}
""",
    "adjusted": """
groups: {drug: 30, placebo: 30}
claims:
  - {id: x1, value: "21", type: count, group: drug}
  - {id: x2, value: "12", type: count, group: placebo}
  - {id: or, value: "aOR 1.40", type: estimate, compares: [x1, x2]}
  - {id: or.ci, value: "95% CI 0.47 to 4.20", type: confidence_interval, of: or}
  - {id: p, value: "P=.55", type: p_value, adjusted: true, compares: [x1, x2]}
""",
    "median half way": """
groups: {all: 8}
scales: {score: {label: Score, minimum: 0, maximum: 10, step: 1}}
claims:
  - {id: median, value: "3.5 (2.25-5.75)", type: median_iqr, group: all, scale: score, outcome: pain}
  - {id: range, value: "0-10", type: range, group: all, scale: score, outcome: pain}
  - {id: whole, value: "4", type: median_iqr, group: all, scale: score, outcome: sleep}
""",
    "alternatives of which one cannot be computed": """
groups: {drug: 30, placebo: 30}
claims:
  - {id: m1, value: "52.1±10.3", type: mean_sd, group: drug}
  - {id: m2, value: "47.0±9.8", type: mean_sd, group: placebo}
  - {id: p, value: "P=.37", type: p_value, test: t test or Wilcoxon rank-sum test, compares: [m1, m2]}
  - {id: b1, value: "52.1±10.3", type: mean_sd, group: drug, outcome: before}
  - {id: b2, value: "47.0±9.8", type: mean_sd, group: drug, outcome: after}
  - {id: q, value: "P=.99", type: p_value, paired: true, test: paired t-test or Wilcoxon signed-rank test,
     compares: [b1, b2]}
""",
    "tests that are not of the interval": """
claims:
  - {id: hr, value: "0.62", type: estimate, measure: HR}
  - {id: hr.ci, value: "0.42 to 0.92", type: confidence_interval, of: hr}
  - {id: hr.p, value: "P=.15", type: p_value, of: hr, test: Bonferroni-corrected}
  - {id: rd, value: "0.98", type: estimate, measure: HR}
  - {id: rd.ci, value: "0.86 to 1.11", type: confidence_interval, of: rd}
  - {id: rd.p, value: "P<.001", type: p_value, of: rd, test: non-inferiority test}
  - {id: tr, value: "1.20", type: estimate, measure: HR}
  - {id: tr.ci, value: "0.80 to 1.80", type: confidence_interval, of: tr}
  - {id: tr.p, value: "P for trend = .002", type: p_value, of: tr}
""",
    "statistic with an exact P value": """
claims:
  - {id: x, value: "χ2(1)=5.05", type: test_statistic}
  - {id: p, value: "P=.07", type: p_value, of: x, test: Fisher's exact test}
""",
    "percent change": """
groups: {drug: 20}
claims:
  - {id: m1, value: "7.46±6.26", type: mean_sd, group: drug}
  - {id: m2, value: "5.21±5.10", type: mean_sd, group: drug}
  - {id: d, value: "-30.2±12.1", type: mean_sd, unit: "%", change: true, group: drug, compares: [m1, m2]}
""",
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_honest_figures_are_not_accused(case, tmp_path: Path):
    data = YAML(typ="safe", pure=True).load(AWKWARD[case])
    paper = Paper(0)
    paper.data["scales"] = data.get("scales", {})
    for name, n in data.get("groups", {}).items():
        paper.group(name, n)
    for claim in data["claims"]:
        paper.claim(claim.pop("id"), claim.pop("value"), claim.pop("type"), **claim)
    assert accusations(make_ledger(paper.load(tmp_path))) == []
