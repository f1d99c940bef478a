"""The derivation of each figure: what a reader who asks "where does this come from?" finds."""

from __future__ import annotations

import re

import pytest
from tests.conftest import WriteStudy

from evidence_brief.blocks.derivations import derivations, inputs
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.study.load import Study, load_study


@pytest.fixture
def study(write_study: WriteStudy) -> Study:
    return load_study(write_study())


@pytest.fixture
def ledger(study: Study) -> Ledger:
    return make_ledger(study)


def part(text: str, claim: str) -> str:
    """The derivation of one claim, without the escapes of Markdown."""
    found = re.search(rf"::: \{{\.derivation #how-{re.escape(claim)}\}}\n(.*?)\n:::\n", text, re.S)
    assert found, claim
    return re.sub(r"\\(.)", r"\1", found[1])


def test_derivations_have_one_part_for_every_claim(study: Study, ledger: Ledger) -> None:
    found = re.findall(r"\{\.derivation #how-(\S+)\}", derivations(study, ledger))
    assert found == list(study.claims)


def test_a_derivation_says_what_is_printed_what_that_stands_for_and_where_it_stands(
    study: Study, ledger: Ledger
) -> None:
    text = part(derivations(study, ledger), "remission.drug")
    assert "Printed\n:   **50%**, which stands for 49.5% ≤ x ≤ 50.5%" in text
    assert "“in 50% and in 44.4%” ([news.txt, line 3](#source-remission.drug))" in text


def test_a_quote_in_another_language_than_the_page_says_so(write_study: WriteStudy, study_text: str) -> None:
    study = load_study(write_study(study_text.replace("title: A trial\n", "title: A trial\nlanguage: de\n")))
    assert '[“in 50% and in 44.4%”]{lang="de"} (' in part(derivations(study, make_ledger(study)), "remission.drug")


def test_a_derivation_leads_to_its_inputs_and_findings(study: Study, ledger: Ledger) -> None:
    text = part(derivations(study, ledger), "remission.drug")
    assert "Inputs\n:   [drug.n]{.reported}" in text
    item = ledger.of_claim("age")[0]
    assert f"[{item.number}. {item.finding.code}](#finding-{item.number})" in part(derivations(study, ledger), "age")


def test_a_derivation_holds_the_figures_that_follow_with_their_anchors(study: Study, ledger: Ledger) -> None:
    text = part(derivations(study, ledger), "remission.drug")
    assert 'Follows from it\n:   [Proportion]{id="how-remission.drug.ci"}: **50.0% (31.4% to 68.6%)**.' in text
    for item in ledger.derived:
        assert f'id="how-{item.id}"' in derivations(study, ledger)


def test_a_number_that_both_paths_give_is_shown_once(study: Study, ledger: Ledger) -> None:
    assert "Computed twice\n:   12/24 50\n" in part(derivations(study, ledger), "remission.drug") + "\n"


def test_a_count_stands_for_itself(study: Study, ledger: Ledger) -> None:
    assert "Printed\n:   **24**\n" in part(derivations(study, ledger), "drug.n")


def test_inputs_of_a_comparison_are_the_compared_figures_and_their_patients(study: Study) -> None:
    found = inputs(study, study.claims["remission.p"])
    assert found == ("remission.drug", "remission.placebo", "drug.n")


def test_inputs_never_hold_the_claim_itself(study: Study) -> None:
    assert all(name not in inputs(study, claim) for name, claim in study.claims.items())
