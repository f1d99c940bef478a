import math

import pytest

from evidence_brief.stats.nnt import NumberNeeded, nnt


def test_benefit_in_all_of_the_interval():
    number = nnt(0.05, 0.2)
    assert number == NumberNeeded(benefit=(5.0, 20.0), harm=None)
    assert number.text() == "NNTB 5 to 20"


def test_harm_in_all_of_the_interval():
    assert nnt(-0.2, -0.05) == NumberNeeded(benefit=None, harm=(5.0, 20.0))
    assert nnt(-0.2, -0.05).text() == "NNTH 5 to 20"


def test_interval_through_no_difference_has_two_parts():
    # A difference from −2.4% to 24.9% (about): the numbers run from 4 through ∞ to 42 the other way.
    number = nnt(-0.024, 0.249)
    assert number.benefit == (pytest.approx(4.016, abs=1e-3), math.inf)
    assert number.harm == (pytest.approx(41.667, abs=1e-3), math.inf)
    assert number.text(1) == "NNTB 4.0 to ∞ to NNTH 41.7"


def test_limit_at_no_difference():
    assert nnt(0.0, 0.2).text() == "NNTB 5 to ∞"
    assert nnt(-0.2, 0.0).text() == "NNTH 5 to ∞"
    assert nnt(0.0, 0.0).text() == "NNTB ∞ to ∞"


@pytest.mark.parametrize(("lower", "upper"), [(0.2, 0.1), (-1.2, 0.1), (0.1, 5.0), (math.nan, 0.1)])
def test_impossible_limits(lower, upper):
    with pytest.raises(ValueError, match="-1 <= lower <= upper <= 1"):
        nnt(lower, upper)
