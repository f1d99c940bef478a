import statistics
from fractions import Fraction

import pytest

from evidence_brief.stats import exact


def test_least_sd_of_range_is_that_of_values_in_the_middle():
    # 2 and 30 with 22 values of 16: Σ(x − 16)² = 2 × 14² = 392, over 23.
    assert float(exact.least_sd_of_range(24, 28)) == pytest.approx(statistics.stdev([2, 30] + [16] * 22), rel=1e-12)
    with pytest.raises(ValueError, match="n"):
        exact.least_sd_of_range(1, 28)


def test_root_of_a_fraction():
    assert exact.root_of(Fraction(9, 4)) == 1.5
