"""Published cases of SPRITE: is there a sample with these summaries, and do draws have them?

"feasible" is a sample that a peer found, "ValueError" a mean that no such scores have, and "peer==original SPRITE"
only that two programs agree, on whichever answer; `exact_dp_feasible` is an independent exact one. Restrictions
fix how often values occur.
"""

import csv
from fractions import Fraction
from math import sqrt
from pathlib import Path

import pytest

from evidence_brief.printed import Interval, show
from evidence_brief.stats.closure import feasible
from evidence_brief.stats.sprite import draw

DATA = Path(__file__).parent / "data" / "sprite_cases.csv"
FORBIDDEN = ("11", "5.0", "4.95")


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [pytest.param(row, id=f"{row['source']}: {row['mean']} ± {row['sd']} of {row['n']}") for row in rows]


def printed(row, figure):
    """Every value that prints as the figure with the decimals of the table."""
    half = Fraction(1, 2 * 10 ** int(row[f"dec_{figure}"]))
    return Interval(Fraction(row[figure]) - half, Fraction(row[figure]) + half)


def question(row):
    restrictions = (each.split(":") for each in row["restrictions"].split(";") if each)
    arguments = (printed(row, "mean"), printed(row, "sd"), int(row["n"]), int(row["min"]), int(row["max"]))
    options = {
        "step": Fraction(1, int(row["items"])),
        "fixed": {int(value): int(count) for value, count in restrictions},
    }
    return arguments, options


def exists(row):
    return row["expected"] != "ValueError" and (row["n"], row["mean"], row["sd"]) != FORBIDDEN


@pytest.mark.parametrize("row", rows())
def test_sprite_golden_feasible(row):
    arguments, options = question(row)
    answer = feasible(*arguments, **options)
    assert answer == exists(row)
    assert row["exact_dp_feasible"] in ("", str(answer).upper())


@pytest.mark.parametrize("row", rows())
def test_sprite_golden_draws(row):
    (mean, sd, n, *ends), options = question(row)
    draws = draw(mean, sd, n, *ends, how_many=2, seed=2018, **options)
    assert len(draws.samples) == (2 if exists(row) else 0)
    for sample in draws.samples:
        assert len(sample) == n
        assert ends[0] <= sample[0]
        assert sample[-1] <= ends[1]
        assert all((x - ends[0]) % options["step"] == 0 for x in sample)
        assert all(sample.count(value) == count for value, count in options["fixed"].items())
        average = sum(sample) / n
        assert average in mean
        assert sum((x - average) ** 2 for x in sample) / (n - 1) in Interval(sd.low**2, sd.high**2)


def test_sprite_golden_sample_that_parity_forbids():
    # The mean 5.00 of 11 is a total of 55, and an SD of 4.95 is 10 × 4.95² = 245 squared deviations, hence 520
    # squares. 55 is odd and 520 even, which no whole numbers allow.
    row = next(row.values[0] for row in rows() if not exists(row.values[0]) and row.values[0]["n"] == "11")
    assert row["expected"] == "peer==original SPRITE"
    (_, sd, *_), _ = question(row)
    assert [q for q in range(1000) if Fraction(q, 10) in Interval(sd.low**2, sd.high**2)] == [245]
    assert 55**2 // 11 + 245 == 520
    # The nearest ones that whole numbers allow.
    assert [show(sqrt(q / 10), 2) for q in (244, 246)] == ["4.94", "4.96"]


def test_sprite_golden_holds_every_row():
    cases = [case.values[0] for case in rows()]
    assert len(cases) == 95
    assert sum(row["expected"] == "ValueError" for row in cases) == 5
    assert sum(not exists(row) for row in cases) == 6
