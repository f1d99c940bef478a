import math

import numpy as np
import pytest

from evidence_brief.stats import meta_quadratic
from evidence_brief.stats.meta import pool
from evidence_brief.stats.meta_henmi_copas import henmi_copas

Y, V = [0.1, -0.4, 0.9, 1.4, 0.2, 0.6], [0.05, 0.1, 0.2, 0.15, 0.4, 0.08]


def test_henmi_copas_shifts_and_scales():
    found = henmi_copas(Y, V)
    other = henmi_copas([3 * (each + 2) for each in Y], [9 * each for each in V])
    assert other == pytest.approx([3 * (each + 2) for each in found], rel=1e-9)


def test_henmi_copas_is_about_the_equal_effects_estimate():
    estimate, low, high = henmi_copas(Y, V)
    assert estimate == pool(Y, V, "EE").estimate
    assert high - estimate == pytest.approx(estimate - low, rel=1e-12)


def test_henmi_copas_widens_with_its_level():
    widths = [high - low for _, low, high in (henmi_copas(Y, V, level) for level in (0.5, 0.8, 0.95, 0.999))]
    assert widths == sorted(widths)


def test_henmi_copas_of_studies_alike_is_nearly_the_normal_interval():
    # With τ² = 0 the pivot is normal but for the sample in which Q is large, which widens the interval a little.
    _, low, high = henmi_copas([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], V)
    found = pool([0.5] * 6, V, "EE")
    assert 0.8 < (high - low) / (found.high - found.low) < 1.2


def test_henmi_copas_covers_as_often_as_it_says():
    # 300 samples of seed 3, τ² and variances 1: within 4 points of 95%.
    rng = np.random.default_rng(3)
    limits = [henmi_copas(rng.normal(0, math.sqrt(2), 8), [1.0] * 8) for _ in range(300)]
    assert sum(low <= 0 <= high for _, low, high in limits) == pytest.approx(285, abs=12)


def test_henmi_copas_gives_up_beyond_its_bound(monkeypatch):
    monkeypatch.setattr(meta_quadratic, "MOST_STEPS", 0)
    assert henmi_copas(Y, V) is None


@pytest.mark.parametrize(
    ("yi", "vi", "level", "message"),
    [([1], [1], 0.95, "at least two"), (Y, V, 95, "level must lie"), (Y, V[1:], 0.95, "each effect needs")],
)
def test_henmi_copas_impossible(yi, vi, level, message):
    with pytest.raises(ValueError, match=message):
        henmi_copas(yi, vi, level)
