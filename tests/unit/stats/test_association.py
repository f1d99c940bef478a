import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats import association

tables = st.tuples(*[st.integers(1, 40)] * 4)


@settings(deadline=None, max_examples=30)
@given(tables)
def test_tetrachoric_gives_back_the_table(table):
    a, b, c = table[:3]
    n = sum(table)
    r = association.tetrachoric(*table).estimate
    h, k = stats.norm.ppf([(a + b) / n, (a + c) / n])
    with mpmath.workdps(20):
        below = mpmath.quad(
            lambda x: mpmath.npdf(x) * mpmath.ncdf((k - r * x) / mpmath.sqrt(1 - r * r)), [h - 12, h - 3, h - 1, h]
        )
    assert float(below) == pytest.approx(a / n, abs=1e-9)


def test_tetrachoric_variance_by_the_delta_method():
    # Moving a share of the table from one cell to another by a little moves r by its slope: Σ p s² − (Σ p s)².
    table, scale = (135, 15, 40, 10), 10**6
    total = sum(table)
    base = association.tetrachoric(*(count * scale for count in table)).estimate
    slopes = []
    for cell in range(4):
        moved = [count * scale + (scale // 1000 if at == cell else 0) for at, count in enumerate(table)]
        slopes.append((association.tetrachoric(*moved).estimate - base) * total * 1000)
    shares = [count / total for count in table]
    mean = sum(p * s for p, s in zip(shares, slopes, strict=True))
    variance = sum(p * s**2 for p, s in zip(shares, slopes, strict=True)) - mean**2
    assert association.tetrachoric(*table).variance == pytest.approx(variance / total, rel=1e-4)


def test_tetrachoric_of_the_handbook():
    # Handbook of Research Synthesis, Table 13.4. Metafor's search ends near the root, at .2603: of the table, the
    # bivariate normal integral (mpmath, 25 digits) is 135/200 at r = 0.26024196.
    effect = association.tetrachoric(135, 15, 40, 10)
    assert (f"{effect.estimate:.8f}", f"{effect.se:.4f}") == ("0.26024196", "0.1423")
