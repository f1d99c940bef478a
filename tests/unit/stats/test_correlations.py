import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.stats import correlations


@settings(deadline=None)
@given(st.floats(-0.99, 0.99), st.integers(4, 500))
def test_correlation_ci_mirrors_and_holds_r(r, n):
    lower, upper = correlations.correlation_ci(r, n)
    assert -1 < lower <= r <= upper < 1
    assert correlations.correlation_ci(-r, n) == pytest.approx((-upper, -lower))


def test_correlation_ci_published():
    # Altman & Gardner 1988, BMJ 296:1238: r = 0.565 of 20 gives 0.16 to 0.81.
    assert [f"{limit:.2f}" for limit in correlations.correlation_ci(0.565, 20)] == ["0.16", "0.81"]
    assert correlations.correlation_ci(1, 20) == (1, 1)
