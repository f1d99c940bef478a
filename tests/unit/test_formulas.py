"""Every name of a method that a derivation can show has its formula; the names are asked of the code."""

import ast
import importlib
import math
import pkgutil
from pathlib import Path

import pytest

from evidence_brief import checks, derived, derived_robustness
from evidence_brief.checks import interval_counts, p_groups, p_means, p_paired_counts
from evidence_brief.checks.tried import Tried, names
from evidence_brief.formulas import ESTIMATES, FORMULAS, formula
from evidence_brief.formulas_intervals import INTERVALS
from evidence_brief.stats import intervals, means, medians, odds_ratios, proportions, ratios, rxc, two_by_two
from evidence_brief.stats import score as score_of

MODULES = [importlib.import_module(f"{checks.__name__}.{m.name}") for m in pkgutil.iter_modules(checks.__path__)]
FAMILIES = (two_by_two.TESTS, p_groups.FAMILY, p_paired_counts.FAMILY, p_means.TWO, p_means.SEVERAL)


def tree_of(module):
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def arguments(module, *calls):
    """The texts that calls of these names are given, written there or as a constant of the module."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in calls:
            for each in node.args[1:]:  # the first says whose it is
                value = vars(module).get(each.id) if isinstance(each, ast.Name) and each.id.isupper() else None
                value = each.value if isinstance(each, ast.Constant) else value
                if isinstance(value, str):
                    yield value


def names_of_checks():
    """What judgements are given as their method: a name begins with a capital and is no sentence."""
    found = {text for module in MODULES for text in arguments(module, "Judgement", "Case", "_wrong")}
    return sorted(text for text in found if text[:1].isupper() or text.startswith("t test") if not text.endswith("."))


def names_of_derived():
    """What derived figures are given as their method, or kept as `method` before."""
    for module in (derived, derived_robustness):
        yield from (text for text in arguments(module, "Found", "_with_interval") if text[:1].isupper())
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Assign):
                for target, value in pairs(node):
                    if getattr(target, "id", "") == "method" and isinstance(value, ast.Constant):
                        yield value.value


def pairs(node):
    (target,) = node.targets
    both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
    return zip(target.elts, node.value.elts, strict=True) if both else [(target, node.value)]


def test_every_name_of_a_check_has_a_formula():
    found = names_of_checks()
    assert {"GRIM", "Sum of the parts", "Ends of the scale", "P value of several proportions"} <= set(found)
    assert {"Median of whole steps", "t test of the change", "Doses in the period"} <= set(found)
    assert [name for name in found if formula(name) is None] == []


def test_every_test_of_a_p_value_has_a_formula():
    labels = {Tried(test, (0.5,), "yes").label for family in FAMILIES for test in family}
    assert len(labels) > 30
    assert sorted(label for label in labels if formula(label) is None) == []


def test_every_interval_of_counts_has_a_formula_of_its_own_family():
    for family, methods in interval_counts.FAMILIES.items():
        assert set(INTERVALS[family]) == {method.label for method in methods}
        for method in methods:
            assert formula(method.label, family) == INTERVALS[family][method.label]


@pytest.mark.parametrize("letter", ["t", "F", "χ²", "z", "r", "Spearman r", "Q", "H", "G"])
def test_every_distribution_of_a_statistic_has_a_formula(letter):
    assert formula(f"{letter} distribution")
    assert formula(f"{letter} distribution, one-sided")


def test_every_derived_figure_has_a_formula():
    found = set(names_of_derived())
    assert {"Welch t interval", "Log interval (Woolf)", "Fisher's exact test at 5%"} <= found
    assert found <= set(FORMULAS)


def test_tests_in_a_row_have_the_formula_of_the_first():
    tried = [Tried(test, (0.5,), "yes") for test in two_by_two.TESTS[:4]]
    for shown in (tried, tried[:2], tried[:1]):
        assert formula(names(shown)) == FORMULAS["Pearson χ²"]


def test_one_name_has_another_formula_for_another_figure():
    assert len({formula("Wald", of) for of in ("proportion", "RD")}) == 2
    assert formula("Student t", "mean") != formula("Student t", "MD") != formula("Student t")
    assert formula("Estimate from two figures", "OR") == ESTIMATES["OR"]
    assert formula("Miettinen–Nurminen and Brown–Li", "RD") != formula("Miettinen–Nurminen", "RD")


def test_an_unknown_name_has_none():
    assert formula("something else") is None
    assert formula("something and Pearson χ²") is None


# Formulas that could be mistaken, held against the code that computes.

X1, N1, X2, N2, Z = 22, 24, 10, 18, intervals.NormalDist().inv_cdf(0.975)


def test_formula_of_the_corrected_wilson_interval_is_what_is_computed():
    p, n = X1 / N1, N1
    ends = [
        (2 * X1 + Z**2 + sign + sign * Z * math.sqrt(Z**2 + sign * 2 - 1 / n + 4 * p * (n * (1 - p) - sign)))
        / (2 * (n + Z**2))
        for sign in (-1, 1)
    ]
    assert ends == pytest.approx(proportions.wilson_cc(X1, N1))


def test_formula_of_the_score_intervals_holds_at_their_limits():
    larger = (N1 + N2) / (N1 + N2 - 1)
    for psi in odds_ratios.miettinen_nurminen(X1, N1, X2, N2):
        score, variance, _ = score_of.odds_ratio_moments(X1, N1, X2, N2, psi)
        assert (score / variance) ** 2 * variance == pytest.approx(Z**2 * larger)  # S/V is x₁ − n₁p̃₁
    for phi in ratios.miettinen_nurminen(X1, N1, X2, N2):
        score, variance, _ = score_of.ratio_moments(X1, N1, X2, N2, phi)
        assert score**2 == pytest.approx(Z**2 * variance * larger)


def test_formula_of_welchs_analysis_is_what_is_computed():
    groups = [(5.0, 1.0, 10), (6.0, 2.0, 12), (7.5, 1.5, 9)]
    k, w = len(groups), [n / s**2 for _, s, n in groups]
    mean = sum(a * m for a, (m, _, _) in zip(w, groups, strict=True)) / sum(w)
    h = sum((1 - a / sum(w)) ** 2 / (n - 1) for a, (_, _, n) in zip(w, groups, strict=True))
    between = sum(a * (m - mean) ** 2 for a, (m, _, _) in zip(w, groups, strict=True)) / (k - 1)
    found = means.welch_anova(groups)
    assert found.f == pytest.approx(between / (1 + 2 * (k - 2) / (k**2 - 1) * h))
    assert found.df2 == pytest.approx((k**2 - 1) / (3 * h))


def test_formula_of_the_trend_is_what_is_computed():
    events, sizes = (3, 8, 14), (20, 22, 25)
    n, x, t = sum(sizes), sum(events), range(3)
    tx, tn, ttn = (
        sum(a * b for a, b in zip(t, y, strict=True)) for y in (events, sizes, [i * s for i, s in enumerate(sizes)])
    )
    statistic = n * (n * tx - x * tn) ** 2 / (x * (n - x) * (n * ttn - tn**2))
    table = [list(events), [size - event for size, event in zip(sizes, events, strict=True)]]
    found = rxc.trend(table)
    assert found is not None
    assert found.statistic == pytest.approx(statistic)


def test_formula_of_the_mean_between_median_and_range_is_what_is_computed():
    n, a, m, b = 11, 2, 5, 20
    low, high = medians.mean_limits(n, a, m, b)
    assert float(low) == pytest.approx((a + m) / 2 + (2 * b - a - m) / (2 * n))
    assert float(high) == pytest.approx((m + b) / 2 + (2 * a - m - b) / (2 * n))
