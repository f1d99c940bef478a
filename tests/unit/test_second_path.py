"""The second path: two computations of each number, and what happens where one of them is wrong."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest

from evidence_brief import agree
from evidence_brief.agree import Figure
from evidence_brief.errors import PathsDisagree
from evidence_brief.ledger import make_ledger
from evidence_brief.ledger_json import as_data
from evidence_brief.stats import exact, two_by_two
from evidence_brief.study.load import load_study

SEED = Path(__file__).parents[2] / "data" / "ivig-dermatomyositis-2012"


@pytest.fixture(scope="module")
def study():
    return load_study(SEED)


@pytest.mark.parametrize(
    ("first", "second", "decimals", "same"),
    [
        (0.25, Fraction(1, 4), 4, True),
        (1 / 3, Fraction(1, 3), 4, True),
        (1 / 3 * (1 + 1e-10), Fraction(1, 3), 4, True),
        (1 / 3 * (1 + 1e-8), Fraction(1, 3), 4, False),  # beyond 1e-9 of its value, though no digit changes
        (0.12345, mpmath.mpf("0.12355"), 3, False),
        (1e-17, Fraction(0), 3, True),  # binary noise
        (1e-9, Fraction(0), 3, False),
        (float("inf"), mpmath.inf, 3, True),
        (float("inf"), mpmath.mpf(5), 3, False),
        (float("nan"), mpmath.mpf(5), 3, False),
        (0.1 + 0.2, Fraction(3, 10), 1, True),
    ],
)
def test_agreement(first, second, decimals, same):
    assert agree.agree(Figure("x", first, second, decimals)) is same


def test_second_path_of_every_recomputed_number(study):
    made = make_ledger(study)
    assert all(row.figures for row in made.rows if row.recomputed)
    assert all(trial.figures for row in made.rows for trial in row.trials)
    assert all(item.figures for item in made.derived)
    assert sum(len(row.trials) for row in made.rows) == 42


def test_second_path_stands_in_the_ledger(study):
    claim = next(claim for claim in as_data(make_ledger(study))["claims"] if claim["id"] == "remission.p")
    pearson = claim["trials"][0]
    assert pearson["figures"] == [{"name": "Pearson χ²", "first": "0.006545089239", "second": "0.006545089239"}]


def wrong(value):
    return None if value is None else value * (1 + 1e-6)


def test_fault_in_the_first_path_is_caught(study, monkeypatch):
    yates = next(test for test in two_by_two.TESTS if test.key == "yates")
    off = replace(yates, p=lambda *counts: wrong(yates.p(*counts)))
    faulty = [off if test is yates else test for test in two_by_two.TESTS]
    from evidence_brief.checks import p_tests

    monkeypatch.setattr(p_tests, "TESTS", tuple(faulty))
    p_tests._computed.cache_clear()
    with pytest.raises(PathsDisagree) as caught:
        make_ledger(study)
    p_tests._computed.cache_clear()
    assert {problem.claim for problem in caught.value.problems} == {"remission.p", "complete.p"}
    assert all("“Yates χ²” disagree" in problem.message for problem in caught.value.problems)
    assert caught.value.exit_code == 10


def test_fault_in_the_second_path_is_caught(study, monkeypatch):
    right = exact.wilson
    monkeypatch.setattr(exact, "wilson", lambda *arguments: tuple(wrong(end) for end in right(*arguments)))
    with pytest.raises(PathsDisagree) as caught:
        make_ledger(study)
    problem = caught.value.problems[0]
    assert (problem.claim, problem.file) == ("remission.ivig", "data/ivig-dermatomyositis-2012/study.yml")
    assert problem.found.startswith("74.15")
    assert problem.expected.endswith("(exact)")
    assert "defect of evidence-brief, not of the study" in problem.mend


@pytest.mark.parametrize(
    "name", ["mean_ci", "newcombe", "paired", "sd_limit_attained", "t_quantile", "fragility_index"]
)
def test_fault_anywhere_in_the_second_path_is_caught(study, monkeypatch, name):
    right = getattr(exact, name)

    def faulty(*arguments, **options):
        value = right(*arguments, **options)
        return tuple(map(wrong, value)) if isinstance(value, tuple) else wrong(value)

    monkeypatch.setattr(exact, name, faulty)
    with pytest.raises(PathsDisagree):
        make_ledger(study)
