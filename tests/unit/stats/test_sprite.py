from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.unit.stats.every_sample import every_sample, questions

from evidence_brief.printed import Interval, number
from evidence_brief.stats import sprite
from evidence_brief.stats.sprite import draw

MEAN, SD = number("3.9").interval, number("1.5").interval


@settings(deadline=None, max_examples=150)
@given(questions())
def test_draws_are_of_the_listed_samples(question):
    arguments, options = question
    listed = set(every_sample(*arguments, **options))
    draws = draw(*arguments, how_many=5, seed=1, **options)
    assert draws.uniform
    assert draws.possible == len(listed)
    assert len(draws.samples) == (5 if listed else 0)
    assert set(draws.samples) <= listed


@settings(deadline=None, max_examples=100)
@given(questions())
def test_draws_by_shifting_are_of_the_listed_samples(question):
    arguments, options = question
    listed = set(every_sample(*arguments, **options))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sprite, "KEPT_BOUND", 0)
        draws = draw(*arguments, how_many=3, seed=1, **options)
    assert (draws.uniform, draws.possible) == ((False, None) if draws.samples else (draws.uniform, draws.possible))
    assert set(draws.samples) <= listed


def test_every_sample_has_a_number():
    looked_for = sprite.wanted(number("3.2").interval, number("1").interval, 8, 1, 5)
    every = sprite.Numbered(looked_for, sprite.counting(looked_for))
    built = [looked_for.sample(every[i]) for i in range(every.possible)]
    listed = set(every_sample(number("3.2").interval, number("1").interval, 8, 1, 5))
    assert len(built) == len(set(built)) == len(listed) > 10
    assert set(built) == listed


def test_number_of_no_sample():
    looked_for = sprite.wanted(number("3.2").interval, number("1.3").interval, 8, 1, 5)
    every = sprite.Numbered(looked_for, sprite.counting(looked_for))
    for number_of_none in (-1, every.possible):
        with pytest.raises(IndexError):
            every[number_of_none]


def test_draws_equally_likely():
    draws = draw(number("3.2").interval, number("1.3").interval, 5, 1, 5, how_many=6000, seed=7)
    drawn = Counter(draws.samples)
    assert len(drawn) == draws.possible
    expected = 6000 / draws.possible
    chi_square = sum((count - expected) ** 2 / expected for count in drawn.values())
    # The .999 quantile of χ² lies below df + 3.1 √(2 df) + 7.
    assert chi_square < draws.possible + 3.1 * (2 * draws.possible) ** 0.5 + 7


def test_same_seed_same_draws():
    first, second, other = (draw(MEAN, SD, 50, 1, 7, how_many=20, seed=seed).samples for seed in (3, 3, 4))
    assert first == second != other


def test_same_seed_same_draws_by_shifting():
    wide = (number("37.21").interval, number("20.01").interval, 39, -2, 76)
    first, second, other = (draw(*wide, how_many=5, seed=seed) for seed in (3, 3, 4))
    assert first == second != other
    assert (len(first.samples), first.uniform, first.possible) == (5, False, None)
    for sample in first.samples:
        mean = sum(sample) / 39
        assert mean in wide[0]
        assert sum((x - mean) ** 2 for x in sample) / 38 in Interval(wide[1].low ** 2, wide[1].high ** 2)


def test_draws_with_restrictions_by_shifting(monkeypatch):
    monkeypatch.setattr(sprite, "KEPT_BOUND", 0)
    draws = draw(number("24.58").interval, number("20.24").interval, 57, -4, 63, how_many=3, seed=1, fixed={1: 2, 4: 6})
    assert len(draws.samples) == 3
    assert all((sample.count(1), sample.count(4)) == (2, 6) for sample in draws.samples)


def test_items_are_steps():
    draws = draw(number("4.2").interval, number("1.0").interval, 5, 1, 7, how_many=10, seed=1, step=Fraction(1, 2))
    assert draws.possible > 0
    assert all((2 * value).denominator == 1 for sample in draws.samples for value in sample)


def test_fewer_draws_by_shifting_than_asked_for(monkeypatch):
    monkeypatch.setattr(sprite, "SHIFTED_BOUND", 80)
    draws = draw(number("37.21").interval, number("20.01").interval, 39, -2, 76, how_many=5, seed=3)
    assert len(draws.samples) == 2


def test_no_draws_where_none_exists():
    draws = draw(number("5.00").interval, number("4.95").interval, 11, -3, 16, how_many=5, seed=1)
    assert draws == sprite.Draws((), uniform=True, possible=0)


def test_no_draws_asked_for():
    assert draw(MEAN, SD, 50, 1, 7, how_many=0, seed=1).samples == ()


def test_beyond_the_size_bound():
    assert draw(MEAN, SD, 10**6, 1, 7, how_many=1, seed=1) == sprite.Draws((), uniform=False, possible=None)


def test_negative_number_of_draws():
    with pytest.raises(ValueError, match="cannot be -1"):
        draw(MEAN, SD, 50, 1, 7, how_many=-1, seed=1)
