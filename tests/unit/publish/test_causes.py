"""Why two versions differ."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.publish.ledgers import STUDY, TEXT, WriteStudy, altered, changed, made, of

from evidence_brief.publish.causes import Made, changed_files, changed_tools, changes, groups, joined
from evidence_brief.publish.changes import Change

UNCOVERED = "source.uncovered"


def told(old: Made, new: Made) -> list[Change]:
    """The changes of two versions that the same code made."""
    return changes(old, new, old.ledger)


def test_nothing_differs_without_a_cause(write_study: WriteStudy) -> None:
    old, new = changed(write_study)
    assert groups(old, new) == ()
    assert told(old, new) == []
    assert changed_files(old, new) == changed_tools(old, new) == []


def test_source_alone_is_the_cause_though_its_sum_stands_in_the_study_file(write_study: WriteStudy) -> None:
    old, new = changed(
        write_study,
        source=(
            (
                "responded (",
                "responded in 12 of 13 (",
            ),
        ),
    )
    assert old.people["study.yml"] != new.people["study.yml"]
    assert groups(old, new) == ("source",)
    assert [(change.id, change.causes) for change in told(old, new)] == [(UNCOVERED, ("source",))]
    assert changed_files(old, new) == ["data/trial/news.txt", "data/trial/study.yml"]


def test_erratum_in_the_source_is_the_cause_of_all_that_follows(write_study: WriteStudy) -> None:
    quote = ("30% of the placebo", "50% of the placebo")
    old, new = changed(write_study, quote, ('"30%"', '"50%"'), source=(quote,))
    found = told(old, new)
    assert groups(old, new) == ("source", "study file")
    assert {change.causes for change in found} == {("source",)}
    assert {"placebo", "p", "rr", "p.rd", "p_value.decision p drug placebo"} <= {change.id for change in found}


@pytest.mark.parametrize(
    ("swap", "changed_id", "follows"),
    [
        (('quote: "30% of the placebo", value: "30%"', 'quote: "60% of the drug", value: "60%"'), "placebo", "p"),
        (('"30%", type: proportion, group: placebo', '"30%", type: proportion, group: drug'), "placebo", "p"),
        (("measure: RR", "measure: OR"), "rr", "rr"),
    ],
    ids=["value", "group", "measure"],
)
def test_slip_in_the_study_file_that_is_mended_is_its_own_cause(
    write_study: WriteStudy, swap: tuple[str, str], changed_id: str, follows: str
) -> None:
    found = told(*changed(write_study, swap))
    assert {change.causes for change in found} == {("study file",)}
    assert {changed_id, follows} <= {change.id for change in found}


def test_slip_that_is_mended_while_the_source_changes_elsewhere_is_still_of_the_study_file(
    write_study: WriteStudy,
) -> None:
    slip = ('quote: "30% of the placebo", value: "30%"', 'quote: "60% of the drug", value: "60%"')
    old, new = changed(write_study, slip, source=(("At 12 weeks", "At 12  weeks, then,"),))
    new = replace(new, people={**new.people, "news.txt": new.people["news.txt"] + "More words."})
    found = told(old, new)
    assert of(found, "placebo").causes == ("study file",)
    assert of(found, "p").causes == ("study file",)


def test_erratum_of_words_that_stand_elsewhere_too_is_of_the_source(write_study: WriteStudy) -> None:
    text = TEXT + "Harms: 30% with the drug, 30% with placebo.\n"
    study = STUDY.replace(
        "exclusions:",
        '  - {id: harm, quote: "30%", occurrence: 3, value: "30%", type: proportion}\nexclusions:',
    )
    old = made(write_study, study, text)
    corrected = text.replace("30% with placebo", "20% with placebo")
    new = made(write_study, study.replace('"30%", occurrence: 3, value: "30%"', '"20%", value: "20%"'), corrected)
    assert of(told(old, new), "harm").causes == ("source",)


def test_several_causes_are_told_apart_claim_by_claim(write_study: WriteStudy) -> None:
    quote = ("(P=.003)", "(P=.004)")
    slip = ('value: "30%", type: proportion, group: placebo', 'value: "30%", type: proportion, group: drug')
    old, new = changed(write_study, quote, ('"P=.003"', '"P=.004"'), slip, source=(quote,))
    found = told(old, new)
    assert of(found, "p").causes == ("source", "study file")
    assert of(found, "placebo").causes == ("study file",)


def test_label_and_new_id_are_of_the_study_file_whatever_else_changed(write_study: WriteStudy) -> None:
    quote = ("30% of the placebo", "50% of the placebo")
    names = ("label: Drug", "label: Verum"), ("id: ci,", "id: rr.ci,"), ("title: A trial", "title: Another")
    old, new = changed(write_study, quote, ('"30%"', '"50%"'), *names, source=(quote,))
    found = told(old, new)
    assert of(found, "drug").causes == ("study file",)
    assert of(found, "placebo").causes == ("source",)
    assert of(found, "title").causes == ("study file",)
    assert of(found, "rr.ci").causes == ("source", "study file")


def test_figure_that_an_erratum_adds_or_takes_away_is_of_the_source(write_study: WriteStudy) -> None:
    old, new = changed(
        write_study,
        ("exclusions:", '  - {id: late, quote: "later 40%", value: "40%", type: proportion}\nexclusions:'),
        source=(("(P=.003)", "(P=.003); later 40%"),),
    )
    new = replace(new, people={**new.people, "study.yml": new.people["study.yml"] + "# x\n"})
    assert of(told(old, new), "late").causes == ("source",)
    assert of(told(new, old), "late").causes == ("source",)


def test_figure_that_is_only_now_a_claim_is_of_the_study_file(write_study: WriteStudy) -> None:
    claim = ("exclusions:", '  - {id: level, quote: "95% CI", value: "95", type: proportion, unit: "%"}\nexclusions:')
    old, new = changed(write_study, claim, source=(("had responded", "have responded"),))
    assert of(told(old, new), "level").causes == ("study file",)


@pytest.mark.parametrize(
    ("other", "cause", "tool"),
    [
        ({"code": "d"}, "method", "evidence-brief (its code)"),
        ({"numpy": "2.1"}, "environment", "numpy 2.0 → 2.1"),
    ],
)
def test_tools_are_the_cause_of_what_the_old_study_gives_with_them(
    write_study: WriteStudy, other: dict[str, str], cause: str, tool: str
) -> None:
    old, new = changed(write_study, **other)
    new = replace(new, ledger=altered(new.ledger, "drug", verdict="possible"))
    (change,) = changes(old, new, new.ledger)
    assert (change.id, change.causes) == ("drug", (cause,))
    assert changed_tools(old, new) == [tool]


def test_method_and_erratum_are_told_apart_by_the_old_study_checked_anew(write_study: WriteStudy) -> None:
    quote = ("(P=.003)", "(P=.004)")
    old, new = changed(write_study, quote, ('"P=.003"', '"P=.004"'), source=(quote,), code="d")
    between = altered(old.ledger, "drug", verdict="possible")
    new = replace(new, ledger=altered(new.ledger, "drug", verdict="possible"))
    found = changes(old, new, between)
    assert of(found, "drug").causes == ("method",)
    assert of(found, "p").causes == ("source",)


def test_change_by_both_has_both_causes(write_study: WriteStudy) -> None:
    quote = ("(P=.003)", "(P=.004)")
    old, new = changed(write_study, quote, ('"P=.003"', '"P=.004"'), source=(quote,), code="d", numpy="2.1")
    found = changes(old, new, altered(old.ledger, "p", verdict="possible"))
    assert of(found, "p").causes == ("source", "method", "environment")


def test_renamed_claim_keeps_the_method_as_the_cause_of_its_verdict(write_study: WriteStudy) -> None:
    old, new = changed(write_study, ("id: drug,", "id: verum,"), ("[drug, placebo]", "[verum, placebo]"), code="d")
    between = altered(old.ledger, "drug", verdict="possible")
    new = replace(new, ledger=altered(new.ledger, "verum", verdict="possible"))
    assert of(changes(old, new, between), "verum").causes == ("study file", "method")


def test_what_cannot_be_checked_anew_has_every_input_and_tool_that_differs(write_study: WriteStudy) -> None:
    quote = ("(P=.003)", "(P=.004)")
    old, new = changed(write_study, quote, ('"P=.003"', '"P=.004"'), source=(quote,), code="d", template="b")
    found = changes(old, new, None)
    assert found
    assert {change.causes for change in found} == {("source", "study file", "method")}


@pytest.mark.parametrize(
    ("other", "cause"), [({"template": "b"}, "template"), ({"notes": "# summary\n\nMine."}, "study file")]
)
@pytest.mark.parametrize("knows", [True, False])
def test_words_alone_change_by_templates_and_notes(
    write_study: WriteStudy, other: dict[str, str], cause: str, knows: bool
) -> None:
    old, new = changed(write_study, **other)
    found = changes(old, new, old.ledger if knows else None)
    assert [(change.what, change.label, change.causes) for change in found] == [
        ("text", "Words of the brief", (cause,))
    ]
    assert not found[0].is_major


def test_claims_in_another_order_are_a_change_of_their_order(write_study: WriteStudy) -> None:
    old = made(write_study)
    new = replace(old, documents={**old.documents, "ledger": "x"})
    assert [change.label for change in told(old, new)] == ["Order of the figures"]


def test_lock_file_and_quarto_are_no_cause(write_study: WriteStudy) -> None:
    old, new = changed(write_study, lock="b")
    new = replace(new, packages={**new.packages, "quarto": "1.9", "evidence-brief": "2"})
    assert groups(old, new) == ()
    assert changed_files(old, new) == ["requirements.lock"]
    assert changed_tools(old, new) == ["evidence-brief 1 → 2"]


def test_study_file_that_cannot_be_read_any_more_is_a_possible_cause(write_study: WriteStudy) -> None:
    quote = ("30% of the placebo", "50% of the placebo")
    old, new = changed(write_study, quote, ('"30%"', '"50%"'), source=(quote,))
    for text in ("[", "", "claims: 1", "- x"):
        broken = replace(old, people={**old.people, "study.yml": text})
        assert of(told(broken, new), "p").causes == ("source", "study file")


def test_names_are_joined_as_in_a_sentence() -> None:
    assert [joined(names, "or") for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a or b",
        "a, b or c",
    ]
