import math
import subprocess
import sys

import pytest

from evidence_brief.stats import limits


def test_normal_quantile_is_the_usual_one():
    assert limits.normal_quantile(0.95) == pytest.approx(1.959963984540054, rel=1e-15)


@pytest.mark.parametrize("level", [0, 1, 95, math.nan])
def test_level_outside_0_to_1(level):
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        limits.normal_quantile(level)


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_proportion_impossible(x, n):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        limits.proportion(x, n)


def test_counts_are_whole_numbers():
    with pytest.raises(ValueError, match="whole numbers"):
        limits.proportion(2.5, 5)
    with pytest.raises(ValueError, match="whole numbers"):
        limits.whole(2, 2.0)
    with pytest.raises(ValueError, match="0 or more"):
        limits.whole(2, -1)


def test_edge_is_exact_to_neighbouring_floats():
    root = limits.edge(lambda value: value * value <= 2, 0.0, 2.0)
    assert root**2 >= 2 >= math.nextafter(root, 0) ** 2


def test_edge_returns_the_end_where_all_is_inside():
    assert limits.edge(lambda value: True, 0.0, 1.0) == 1.0


def test_ratio_edge_above_and_below_1():
    assert limits.ratio_edge(lambda value: value < 1e6, 3.0) == pytest.approx(1e6, rel=1e-15)
    assert limits.ratio_edge(lambda value: value < 1e-6, 0.0) == pytest.approx(1e-6, rel=1e-15)
    assert limits.ratio_edge(lambda value: True, 1.0) == math.inf


@pytest.mark.parametrize(
    "module",
    [
        "proportions",
        "differences",
        "ratios",
        "odds_ratios",
        "nnt",
        "paired_tables",
        "paired_ratios",
        "rxc",
        "rxc_exact",
    ],
)
def test_import_leaves_scipy_alone(module):
    code = f"import sys, evidence_brief.stats.{module}; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
