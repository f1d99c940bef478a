"""The seed study: what a careful reader of the article concludes of each of its figures."""

import re
from pathlib import Path

import pytest

from evidence_brief.ledger import make_ledger
from evidence_brief.study.load import load_study

FOLDER = Path(__file__).parents[2] / "data" / "ivig-dermatomyositis-2012"

VERDICTS = {
    "cohort.n": "reproduced",
    "ivig.n": "reproduced",
    "conventional.n": "reproduced",
    "follow-up.first": "unchecked",
    "follow-up.median": "unchecked",
    "doses.median": "possible",
    "doses.range": "possible",
    "remission.time": "reproduced",
    "remission.ivig": "reproduced",
    "remission.conventional": "reproduced",
    "remission.p": "reproduced",
    "complete.ivig": "reproduced",
    "complete.conventional": "reproduced",
    "complete.p": "contradicted",
    "relapse.ivig": "reproduced",
    "relapse.follow-up": "unchecked",
    "relapse.free": "contradicted",
    "relapse.muscle": "reproduced-if",
    "pulses.period": "possible",
    "pulses.p": "unchecked",
    "cdasi.before": "possible",
    "cdasi.6m": "possible",
    "mrc.before": "possible",
    "mrc.6m": "possible",
    "scores.time": "reproduced",
    "cdasi.6m.p": "possible",
    "mrc.6m.p": "reproduced",
    "cdasi.end": "reproduced-if",
    "mrc.end": "contradicted",
    "cdasi.end.p": "possible",
    "mrc.end.p": "reproduced",
    "adverse.ivig": "reproduced",
}
RECOMPUTED = {
    "cohort.n": "42",
    "remission.ivig": "22/24 = 91.67%",
    "remission.conventional": "10/18 = 55.56%",
    "remission.p": "0.0065",
    "complete.ivig": "12/24 = 50.0%",
    "complete.conventional": "8/18 = 44.44%",
    "complete.p": "0.649 to 0.965",
    "relapse.ivig": "13/24 = 54.17%",
    "relapse.free": "SD at most 19.0",
    "relapse.muscle": "4/24 = 16.67%",
    "cdasi.6m.p": "r at least 0.40",
    "mrc.6m.p": "<0.0001 for every r",
    "cdasi.end.p": "r at least -0.43",
    "mrc.end.p": "<0.0001 for every r",
    "cdasi.end": "47/24 = 1.958",
    "mrc.end": None,
    "adverse.ivig": "4/24 = 16.67%",
}
WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozen hundred half"
BODY = "The short- and long-term prognoses"


@pytest.fixture(scope="module")
def study():
    return load_study(FOLDER)


@pytest.fixture(scope="module")
def ledger(study):
    return make_ledger(study)


def test_seed_study_verdicts(ledger):
    assert {row.id: row.verdict for row in ledger.rows} == VERDICTS


def test_seed_study_recomputed_figures(ledger):
    assert {claim: ledger.row(claim).recomputed for claim in RECOMPUTED} == RECOMPUTED


def test_seed_study_findings(ledger):
    found = [(item.finding.severity, item.finding.code, item.finding.claims) for item in ledger.findings]
    assert found == [
        ("contradiction", "p_value.mismatch", ("complete.p", "complete.ivig", "complete.conventional")),
        ("contradiction", "granularity.grim", ("mrc.end",)),
        ("contradiction", "duration.spread", ("relapse.free", "relapse.follow-up")),
        ("warning", "percentage.other_denominator", ("relapse.muscle", "ivig.n")),
        ("warning", "granularity.truncated", ("cdasi.end",)),
        ("warning", "duration.follow_up", ("relapse.follow-up", "follow-up.median")),
        ("note", "spread.skewed", ("relapse.free", "cdasi.before", "cdasi.6m", "cdasi.end")),
    ]
    assert all(item.accepted is None for item in ledger.findings)


def test_seed_study_what_the_findings_say(ledger):
    p_value, mean, spread, muscle, cut, follow_up, _ = (item.finding for item in ledger.findings)
    assert "12 of 24 (IVIG) against 8 of 18 (Conventional)" in p_value.sentence
    assert "conventional two-sided tests give 0.649 to 0.965" in p_value.sentence
    assert "229/24 is 9.54 and 230/24 is 9.58" in mean.sentence
    assert muscle.sentence == (
        "No number of the 13 patients with relapse makes 16.7%: 2 make 15.4% and 3 make 23.1%. "
        "It would be 4 of the 24 patients (IVIG)."
    )
    assert "47/24 = 1.958, which rounds to 1.96" in cut.sentence
    assert "Elsewhere the study rounds: 179/24 = 7.458 is printed as 7.46." in cut.explanations
    assert spread.sentence == (
        "Relapse-free period 38.5±34.3: times between 0 and 48 months with this mean can have an SD of at most 19.0."
    )
    assert "some patients were followed for 69.0 months or longer" in spread.explanations
    assert "at least 21 of them were followed so long, and only 18 are not among the 24 patients (IVIG)" in (
        follow_up.sentence
    )


def test_seed_study_every_numeral_is_a_claim_or_excluded(study):
    text = study.texts["news"]
    covered = {i for anchor in study.anchors.values() for i in range(anchor.value_start, anchor.value_end)}
    excluded = {i for anchor in study.excluded for i in range(anchor.start, anchor.end)}
    numerals = [m.span() for m in re.finditer(rf"[0-9]|\b({WORDS.replace(' ', '|')})\b", text, re.IGNORECASE)]
    body = text.index(BODY)
    assert max(excluded) < body, "what is excluded is the furniture of the page, before the article"
    assert [text[i - 20 : j + 20] for i, j in numerals if i >= body and not covered >= set(range(i, j))] == []
    assert [text[i : j + 20] for i, j in numerals if i < body and not excluded >= set(range(i, j))] == []
    assert sum(i >= body for i, _ in numerals) == 93  # digits, and "six" twice


def test_seed_study_every_claim_is_what_the_article_prints(study):
    for claim, anchor in study.anchors.items():
        printed = study.texts[anchor.source][anchor.value_start : anchor.value_end]
        assert printed == study.claims[claim].value
