"""Effect sizes and their sampling variances as the tests of R's metafor state them, to the printed digit."""

import csv
import math
import re
from pathlib import Path

import mpmath
import pytest

from evidence_brief.printed import number, show
from evidence_brief.stats import association, effect_measures, effects, effects_binary, effects_paired, rates

DATA = Path(__file__).parent / "data" / "effect_sizes.csv"
GROUPS = ("m1", "sd1", "n1", "m2", "sd2", "n2")
PAIRED = ("m1", "sd1", "m2", "sd2", "n", "r")
CELLS = ("a", "b", "c", "d")

MEASURES = {
    "logRR": (effects_binary.log_risk_ratio, ("tpos", "n1", "cpos", "n2")),
    "PHI": (association.phi, CELLS),
    "YUQ": (association.yule_q, CELLS),
    "YUY": (association.yule_y, CELLS),
    "PBIT": (lambda a, b, c, d: effects_binary.probit_difference(a, a + b, c, c + d), CELLS),
    "OR2D": (lambda a, b, c, d: effects_binary.odds_ratio_to_d(a, a + b, c, c + d), CELLS),
    "ROM": (effects.log_ratio_of_means, GROUPS),
    "SMDH": (effect_measures.smd_unequal_variances, GROUPS),
    "SMD (Hedges g exact J, metafor)": (effects.hedges_g, GROUPS),
    "MC": (effects_paired.mean_change, PAIRED),
    "SMCRH": (effects_paired.standardised_by_first_unequal_variances, PAIRED),
    "IRS": (rates.root_rate, ("x", "t")),
    "IRFT": (rates.freeman_tukey_rate, ("x", "t")),
    "CVLN": (effect_measures.log_cv, ("m", "sd", "n")),
    "MPRD": (effects_paired.paired_risk_difference, CELLS),
    "MPRR": (effects_paired.log_paired_risk_ratio, CELLS),
    "MPOR": (effects_paired.log_paired_marginal_odds_ratio, CELLS),
    "MPORC": (effects_paired.log_paired_odds_ratio, ("b", "c")),
}

# metafor's J is a difference of two logarithms of Γ and loses digits; the last test has the exact one.
EXACT = {"0.664384968326914": "0.664384968327004", "0.01055175923267344": "0.01055175923267359"}


def rows():
    inputs = ""
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            inputs = row["inputs"] = inputs if row["inputs"] == "same" else row["inputs"]
            yield pytest.param(row, id=f"{row['source']}: {row['measure']} {inputs}")


def values(inputs):
    """The named inputs: "sqrt30" is √30, whole numbers stay whole."""
    named = {}
    for name, root, value in re.findall(r"(\w+)=(sqrt)?([\d.]+)", inputs):
        read = float(value) if "." in value else int(value)
        named[name] = math.sqrt(read) if root else read
    return named


@pytest.mark.parametrize("row", list(rows()))
def test_effect_size_published(row):
    measure, names = MEASURES[row["measure"]]
    inputs = values(row["inputs"])
    effect = measure(*(inputs[name] for name in names))
    ours = {"yi": effect.estimate, "vi": effect.variance, "se": effect.se}
    printed = {name: number(EXACT.get(row[name], row[name])) for name in ours if row[name]}
    assert {name: show(ours[name], each.decimals) for name, each in printed.items()} == {
        name: show(each.value, each.decimals) for name, each in printed.items()
    }


def test_effect_size_table_is_used_whole():
    assert len(list(rows())) == 21


def test_effect_size_in_which_the_peer_is_wrong():
    # 94 ± 19 of 200 against 82 ± 17 of 200: d = 12/√325 on 398 df.
    with mpmath.workdps(30):
        j = mpmath.gamma(199) / (mpmath.gamma(mpmath.mpf(397) / 2) * mpmath.sqrt(199))
        g = j * 12 / mpmath.sqrt(325)
        assert mpmath.nstr(g, 15) == "0.664384968327004"
        assert mpmath.nstr(mpmath.mpf(1) / 100 + g**2 / 800, 16) == "0.01055175923267359"
