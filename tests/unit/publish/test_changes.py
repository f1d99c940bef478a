"""What differs between two ledgers, and which differences are major."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.publish.ledgers import STUDY, TEXT, Swap, WriteStudy, altered, made, of, swapped, without

from evidence_brief.conclusions import Conclusion
from evidence_brief.publish.changes import Change, compare, flipped
from evidence_brief.publish.snapshot import Snapshot, Told

CONTRADICTION = Told("x a", "x", ("a",), "contradiction", "It cannot be.", None)
NOTE = Told("y a", "y", ("a",), "note", "It should be known.", None)


@pytest.fixture
def ledger(write_study: WriteStudy) -> Snapshot:
    return made(write_study).ledger


@pytest.fixture
def after(write_study: WriteStudy) -> Any:
    """`after(*swaps, source=…)`: the ledger of the study with other words in it."""

    def after(*swaps: Swap, source: tuple[Swap, ...] = ()) -> Snapshot:
        return made(write_study, swapped(STUDY, swaps), swapped(TEXT, source)).ledger

    return after


def major(old: Snapshot, new: Snapshot) -> bool:
    return any(change.is_major for change in compare(old, new))


def test_same_ledger_has_no_change(ledger: Snapshot) -> None:
    assert compare(ledger, ledger) == []


@pytest.mark.parametrize(
    ("name", "fields", "is_major"),
    [
        ("drug", {"printed": "60.0%"}, False),
        ("drug", {"recomputed": "30/50 = 60.00%"}, False),
        ("drug", {"label": "Response"}, False),
        ("drug", {"condition": "cut off"}, False),
        ("drug", {"verdict": "possible"}, True),
        ("drug", {"verdict": "unchecked"}, True),
        ("drug", {"verdict": "contradicted"}, True),
        ("p", {"printed": "P=.004"}, False),
        ("p", {"concludes": Conclusion(False, "higher")}, True),
        ("p", {"concludes": Conclusion(True, "lower")}, True),
        ("p", {"concludes": Conclusion(None, "higher")}, True),
        ("p", {"recomputed_significant": False}, True),
        ("p", {"recomputed_significant": None, "recomputed": "0.03 to 0.06"}, False),
        ("rr", {"concludes": Conclusion(None, "equal")}, True),
        ("ci", {"concludes": Conclusion(True, "lower")}, True),
        ("ci", {"concludes": Conclusion()}, False),
        ("p.rd", {"text": "30.0 (10.6 to 46.5) percentage points"}, False),
        ("p.rd", {"concludes": Conclusion(False, "higher")}, True),
        ("interval.truncated ci", {"sentence": "It is cut off."}, False),
        ("interval.truncated ci", {"accepted": "It was read."}, False),
        ("interval.truncated ci", {"severity": "note"}, False),
        ("interval.truncated ci", {"severity": "contradiction"}, True),
    ],
)
def test_change_of_one_item_is_major_where_a_verdict_or_a_conclusion_changes(
    ledger: Snapshot, name: str, fields: dict[str, Any], is_major: bool
) -> None:
    new = altered(ledger, name, **fields)
    assert major(ledger, new) is is_major
    assert major(new, ledger) is is_major
    if "concludes" not in fields or is_major:
        assert [change.id for change in compare(ledger, new)] == [name]


def test_conclusion_that_changes_behind_the_same_words_is_a_change(ledger: Snapshot) -> None:
    (change,) = compare(ledger, altered(ledger, "p", concludes=Conclusion(True, "lower")))
    assert (change.old, change.new, change.flips) == ("P=.003", "P=.003", "higher → lower")


@pytest.mark.parametrize("name", ["drug", "interval.truncated ci", "p.rd"])
def test_item_that_comes_or_goes_is_minor(ledger: Snapshot, name: str) -> None:
    gone = of(compare(ledger, without(ledger, name)), name)
    come = of(compare(without(ledger, name), ledger), name)
    assert (gone.new, come.old) == (None, None)
    assert gone.old == come.new
    assert not gone.is_major
    assert not come.is_major


def test_contradiction_that_comes_or_goes_is_major(ledger: Snapshot) -> None:
    contradicted = altered(ledger, "drug", verdict="contradicted")
    assert major(contradicted, without(ledger, "drug"))
    assert major(without(ledger, "drug"), contradicted)
    found = replace(ledger, findings={**ledger.findings, CONTRADICTION.id: CONTRADICTION})
    assert major(ledger, found)
    assert major(found, ledger)
    assert not major(ledger, replace(ledger, findings={**ledger.findings, NOTE.id: NOTE}))


def test_contradiction_that_is_accepted_or_reworded_is_minor(ledger: Snapshot) -> None:
    old, accepted, reworded = (
        replace(ledger, findings={"x a": item})
        for item in (
            CONTRADICTION,
            replace(CONTRADICTION, accepted="A slip."),
            replace(CONTRADICTION, sentence="It is not so."),
        )
    )
    assert of(compare(old, accepted), "x a").new == "It cannot be. Accepted: A slip."
    assert of(compare(old, reworded), "x a").new == "It is not so."
    assert not major(old, accepted)
    assert not major(old, reworded)


def test_title_and_citation_are_minor_changes_of_text(ledger: Snapshot) -> None:
    found = compare(ledger, replace(ledger, title="Another", citation="News, 2021"))
    assert [(change.what, change.label, change.old, change.new) for change in found] == [
        ("text", "Title", "A trial", "Another"),
        ("text", "Citation", "News, 2020", "News, 2021"),
    ]
    assert not any(change.is_major for change in found)


def test_corrected_figure_changes_every_verdict_that_follows_from_it(ledger: Snapshot, after: Any) -> None:
    found = compare(ledger, after(("30% of the placebo", "50% of the placebo"), ('"30%"', '"50%"'),
                                  source=(("30% of the placebo", "50% of the placebo"),)))  # fmt: skip
    placebo, p = of(found, "placebo"), of(found, "p")
    assert (placebo.old, placebo.new, placebo.is_major) == ("30%", "50%", False)
    assert placebo.recomputed == ("15/50 = 30.0%", "25/50 = 50.0%")
    assert (p.old, p.new, p.verdicts) == ("P=.003", "P=.003", ("reproduced", "contradicted"))
    assert p.flips == "recomputed: significant at 5% → not significant at 5%"
    assert p.is_major
    assert of(found, "ci").recomputed == ("as printed (its limits are cut off instead of rounded)", "0.84 to 1.72")
    assert of(found, "p_value.decision p drug placebo").is_major
    assert of(found, "p.rd").flips == "significant at 5% → not significant at 5%"


def test_new_label_says_what_the_figure_was_called(ledger: Snapshot, after: Any) -> None:
    found = compare(ledger, after(("label: Drug", "label: Verum")))
    assert {change.id: change.was for change in found} == {
        "drug.n": "Number of patients: Drug",
        "drug": "Response, Drug",
        "p": "P value: response, Drug and Placebo",
        "rr": "Estimate: response, Drug and Placebo",
    }
    assert not any(change.is_major for change in found)


def test_renamed_claim_is_the_same_figure_under_another_name(ledger: Snapshot, after: Any) -> None:
    found = compare(ledger, after(("id: p,", "id: response.p,"), ("id: ci,", "id: rr.ci,")))
    names = [(change.what, change.id, change.was, change.old == change.new) for change in found]
    assert names == [("figure", "response.p", "p", True), ("figure", "rr.ci", "ci", True)]
    assert not any(change.is_major for change in found)


def test_renamed_contradicted_claim_is_minor_and_its_findings_stay(ledger: Snapshot, after: Any) -> None:
    wrong = ("30% of the placebo", "33.1% of the placebo"), ('"30%"', '"33.1%"')
    one = after(*wrong, source=wrong[:1])
    two = after(*wrong, ("id: placebo,", "id: other,"), ("[drug, placebo]", "[drug, other]"), source=wrong[:1])
    assert one.figures["placebo"].verdict == "contradicted"
    assert [(change.id, change.was) for change in compare(one, two)] == [("other", "placebo")]
    assert not major(one, two)


def test_renamed_claim_is_not_guessed_where_two_are_alike(ledger: Snapshot) -> None:
    drug = ledger.figures["drug"]
    twice = {"a": replace(drug, id="a"), "b": replace(drug, id="b")}
    found = compare(replace(ledger, figures={"drug": drug}), replace(ledger, figures=twice))
    figures = [(change.id, change.was, change.old) for change in found if change.what == "figure"]
    assert figures == [("a", None, None), ("b", None, None), ("drug", None, "60%")]


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Conclusion(True, "higher"), Conclusion(True, "higher"), None),
        (Conclusion(True, "higher"), Conclusion(True, None), None),
        (Conclusion(True, "higher"), Conclusion(None, "higher"), None),
        (Conclusion(True, "higher"), Conclusion(True, "equal"), "higher → equal"),
        (Conclusion(False), Conclusion(True), "not significant at 5% → significant at 5%"),
        (
            Conclusion(True, "higher"),
            Conclusion(False, "lower"),
            "higher → lower, significant at 5% → not significant at 5%",
        ),
    ],
)
def test_conclusion_flips_where_both_are_known(one: Conclusion, two: Conclusion, expected: str | None) -> None:
    assert flipped(one, two) == expected


def test_p_value_that_is_not_decided_any_more_says_something_else() -> None:
    known, open_ = Conclusion(True), Conclusion(None)
    assert flipped(known, open_, decided=False) == "significant at 5% → not decided at 5%"
    assert flipped(open_, known, decided=False) == "not decided at 5% → significant at 5%"


def test_change_of_a_derived_figure_alone_is_minor() -> None:
    assert not Change("derived", "p.rd", "Risk difference", "30.0", "30.1").is_major


def test_figures_whose_ids_changed_places_are_the_same_figures(ledger: Snapshot, after: Any) -> None:
    swaps = (("{id: drug,", "{id: @,"), ("{id: placebo,", "{id: drug,"), ("{id: @,", "{id: placebo,"))
    found = compare(ledger, after(*swaps, ("[drug, placebo]", "[placebo, drug]")))
    assert [(change.id, change.old, change.new, change.was) for change in found if change.what == "figure"] == [
        ("placebo", "60%", "60%", "drug"),
        ("drug", "30%", "30%", "placebo"),
    ]
    assert not any(change.is_major for change in found)


def test_values_that_changed_places_are_other_values(ledger: Snapshot, after: Any) -> None:
    values = (('"60% of the drug", value: "60%"', "@"), ('"30% of the placebo", value: "30%"', "@@"))
    new = after(*values, ("@@", '"60% of the drug", value: "60%"'), ("@", '"30% of the placebo", value: "30%"'))
    found = {change.id: (change.old, change.new) for change in compare(ledger, new)}
    assert (found["drug"], found["placebo"]) == (("60%", "30%"), ("30%", "60%"))


def test_the_same_comparison_the_other_way_round_is_no_other_conclusion(ledger: Snapshot, after: Any) -> None:
    turn = ("type: p_value, compares: [drug, placebo]", "type: p_value, compares: [placebo, drug]")
    found = compare(ledger, after(turn))
    assert {"p", "p.rd"} <= {change.id for change in found}
    assert [change.flips for change in found if change.flips] == []
    values = (('"60% of the drug", value: "60%"', "@"), ('"30% of the placebo", value: "30%"', "@@"))
    values = (*values, ("@@", '"60% of the drug", value: "60%"'), ("@", '"30% of the placebo", value: "30%"'))
    both = {change.id: change.flips for change in compare(ledger, after(turn, *values))}
    assert (both["p"], both["p.rd"]) == ("lower → higher", "lower → higher")
