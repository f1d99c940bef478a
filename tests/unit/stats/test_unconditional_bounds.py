"""Bounds of the unconditional P values, by which a survey leaves out what cannot print."""

from __future__ import annotations

import numpy as np
import pytest

from evidence_brief.stats import unconditional
from evidence_brief.stats.two_by_two import TESTS

KEYS = ("barnard", "barnard_unpooled", "boschloo", "boschloo_doubled", "barnard_one_sided", "boschloo_one_sided")
P = {test.key: test.p for test in TESTS}


def tables(seed: int) -> list[tuple[int, int, int, int]]:
    rng = np.random.default_rng(seed)
    sizes = [rng.integers(1, most, size=2) for most in (8, 30, 60) for _ in range(12)]
    sizes += [np.array([rng.integers(1, 8), rng.integers(40, 120)]) for _ in range(12)]
    return [(int(rng.integers(0, a + 1)), int(a), int(rng.integers(0, b + 1)), int(b)) for a, b in sizes]


@pytest.mark.parametrize("seed", range(3))
def test_unconditional_p_value_lies_within_its_bounds(seed: int):
    for table in tables(seed):
        for key, (low, high) in zip(KEYS, unconditional.bounds(*table), strict=True):
            p = P[key](*table)
            assert p is not None
            assert low * (1 - 1e-9) <= p <= high * (1 + 1e-9), (key, table)


def test_unconditional_bounds_are_narrow():
    for low, high in unconditional.bounds(22, 24, 10, 18):
        assert high <= 1.2 * low


def test_unconditional_bounds_of_too_many_patients():
    assert unconditional.bounds(300, 2000, 350, 2000) == []
