"""Published intervals and P values of paired proportions, and what SAS prints of a table and a proportion."""

import csv
import math
from pathlib import Path

import pytest

from evidence_brief.printed import show
from evidence_brief.stats import (
    differences,
    odds_ratios,
    paired_differences,
    paired_ratios,
    paired_tables,
    proportions,
    rates,
    ratios,
)

DATA = Path(__file__).parent / "data"

INTERVALS = {
    "RD": {method.key: method.interval for method in paired_differences.METHODS},
    "RR": {method.key: method.interval for method in paired_ratios.RATIO_METHODS},
    "OR": {method.key: method.interval for method in paired_ratios.ODDS_METHODS},
}
NAMES = {
    "Tango score": "tango",
    "Tang score": "tang",
    "Newcombe method 10": "newcombe",
    "transformed Clopper-Pearson": "exact",
    "transformed Wilson": "wilson",
    "MOVER-Wilson": "mover_wilson",
}
TESTS = {
    "McNemar cc": "mcnemar_cc",
    "McNemar asymptotic": "mcnemar",
    "McNemar exact conditional": "exact",
    "McNemar mid-P": "mid_p",
}


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decimals(*texts):
    return max(len(text.partition(".")[2]) for text in texts)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{row['source']}: {[row[cell] for cell in 'abcd']} {row['measure']} {row['method']}")
        for row in rows("ci_paired_2x2.csv")
    ],
)
def test_paired_interval_published(row):
    name = row["method"]
    key = NAMES.get(name, name.lower().replace("-", "_").replace(" ", "_"))
    limits = INTERVALS[row["measure"]][key](*(int(row[cell]) for cell in "abcd"), float(row["level"]))
    places = decimals(row["lower"], row["upper"])
    assert [show(limit, places) for limit in limits] == [show(float(row[end]), places) for end in ("lower", "upper")]


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['source']} {row['test']}") for row in rows("pvalues_paired_2x2.csv")]
)
def test_paired_p_value_published(row):
    p = paired_tables.p_values(int(row["b"]), int(row["c"]))[TESTS[row["test"]]]
    assert show(p, 6) == show(float(row["p"]), 6)


def test_mcnemar_exact_unconditional_published():
    # Fagerland, Lydersen & Laake's code prints .542071 for 0 against 1 of 14 pairs, gamma .0001, on 1000 values.
    assert show(paired_tables.exact_unconditional(0, 1, 14, gamma=1e-4), 5) == "0.54207"


def test_mcnemar_approval_of_presidents():
    # Agresti 1990, p. 350, the example of R's mcnemar.test, which prints P = 4.115e-05.
    assert show(paired_tables.p_values(86, 150)["mcnemar_cc"], 8) == "0.00004115"


def of_sas(row):
    """Estimate, limits and standard error of the row, None where its method prints none."""
    inputs = row["inputs"].replace("/", ",").split(",")
    numbers = [int(number) for number in inputs]
    if row["measure"] in ("RR", "RD", "OR"):
        a, b, c, d = numbers
        table = (a, a + b, c, c + d)
        estimate, limits = {
            "RR": (ratios.relative_risk(*table), ratios.katz(*table)),
            "RD": (a / (a + b) - c / (c + d), differences.wald(*table)),
            "OR": (odds_ratios.odds_ratio(*table), odds_ratios.woolf(*table)),
        }[row["measure"]]
        return estimate, limits
    if row["measure"] == "risk Wald":
        x, n = numbers
        return x / n, proportions.wald(x, n)
    if row["measure"] == "incidence rate Wald":
        effect = rates.rate(*numbers)
    elif row["measure"] == "IRR":
        effect = rates.log_rate_ratio(numbers[0], numbers[2], numbers[1], numbers[3])
    else:
        effect = rates.rate_difference(numbers[0], numbers[2], numbers[1], numbers[3])
    half_width = 1.959963984540054 * math.sqrt(effect.variance)
    limits = (effect.estimate - half_width, effect.estimate + half_width)
    if row["measure"] == "IRR":
        return math.exp(effect.estimate), tuple(map(math.exp, limits))
    return effect.estimate, limits


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{row['source']}: {row['measure']} {row['inputs']}")
        for row in rows("sas_measures_zepid.csv")
    ],
)
def test_sas_measures(row):
    estimate, limits = of_sas(row)
    printed = ([row["estimate"]] if row["estimate"] else []) + [row["lower"], row["upper"]]
    ours = ([estimate] if row["estimate"] else []) + list(limits)
    assert [show(value, decimals(text)) for value, text in zip(ours, printed, strict=True)] == [
        show(float(text), decimals(text)) for text in printed
    ]
