"""What the handout takes of a study: results, findings, and where the brief stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import segno

from evidence_brief.blocks.handout import MOST_FINDINGS, handout_findings, handout_pictures, handout_question
from evidence_brief.blocks.handout_results import FEWEST, MOST, MOST_LINES, handout_results, key_results
from evidence_brief.blocks.qr import handout_link, qr_code
from evidence_brief.ledger import make_ledger
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]
IDS = "abcdefghijklmno"  # without digits, which would be numerals of the source
OUTCOMES = [f"outcome {letter}" for letter in IDS]


def study_text(printed: list[str], outcomes: list[str]) -> str:
    claims = (
        f'- {{id: {IDS[i]}, value: "{value}", type: proportion, group: drug, outcome: "{outcome}"}}'
        for i, (value, outcome) in enumerate(zip(printed, outcomes, strict=True))
    )
    return "patients: {drug: 20}\nclaims:\n" + "\n".join(claims)


def test_results_take_contradicted_ones_first_and_keep_the_order_of_the_text(study_of: StudyOf) -> None:
    study = study_of(study_text(["50.0%"] * 10 + ["51.0%", "52.0%"], OUTCOMES[:12]))
    chosen, left = key_results(study, make_ledger(study))
    assert [result.row.id for result in chosen] == list("abcdekl")
    assert left == 12 - MOST


def test_results_take_each_outcome_once_before_one_again(study_of: StudyOf) -> None:
    study = study_of(study_text(["50.0%"] * 9, ["outcome a"] * 3 + OUTCOMES[1:7]))
    chosen, _ = key_results(study, make_ledger(study))
    assert [result.row.id for result in chosen] == list("adefghi")


def test_results_with_long_names_are_fewer_but_never_none(study_of: StudyOf) -> None:
    study = study_of(study_text(["50.0%"] * 9, [f"{name} {'a very long name ' * 20}" for name in OUTCOMES[:9]]))
    chosen, left = key_results(study, make_ledger(study))
    assert FEWEST <= len(chosen) < MOST
    assert len(chosen) + left == 9
    assert sum(result.lines for result in chosen) <= MOST_LINES


def test_results_say_how_many_are_left_out(study_of: StudyOf) -> None:
    study = study_of(study_text(["50.0%"] * 9, OUTCOMES[:9]))
    assert "And 2 more in the brief." in handout_results(study, make_ledger(study))


def test_a_study_without_results_says_so(study_of: StudyOf) -> None:
    study = study_of("patients: {drug: 20}")
    assert handout_results(study, make_ledger(study)).startswith("The text reports no result")


def test_findings_show_the_gravest_and_count_the_others(study_of: StudyOf) -> None:
    study = study_of(study_text([f"{value}.0%" for value in (51, 52, 53, 54, 56, 57)], OUTCOMES[:6]))
    ledger = make_ledger(study)
    assert len(ledger.findings) == 6
    text = handout_findings(study, ledger)
    assert text.count("{.severity}") == MOST_FINDINGS
    assert "And 2 more in the brief." in text


def test_findings_of_a_study_in_which_all_agrees_say_so(study_of: StudyOf) -> None:
    study = study_of(study_text(["50.0%"], OUTCOMES[:1]))
    assert "Every figure that could be checked agrees with the others." in handout_findings(study, make_ledger(study))


def test_question_says_that_no_design_is_named(study_of: StudyOf) -> None:
    study = study_of("patients: {drug: 20}")
    assert "Design\n:   Not named" in handout_question(study, make_ledger(study))


def test_pictures_that_a_study_does_not_support_leave_their_places_empty() -> None:
    assert handout_pictures({}) == {"handout-flow": "", "handout-plot": ""}


def test_no_address_makes_no_code_and_no_words() -> None:
    assert handout_link(None) == ""


def modules(svg: str) -> list[list[int]]:
    """The dark and light squares that the path of a code draws, without the margin."""
    path = re.search(r'<path[^>]* d="(M4 [^"]*)"', svg)
    assert path is not None
    cells: set[tuple[int, int]] = set()
    x, y = 0.0, 0.0
    for kind, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path[1]):
        if kind == "h":
            cells |= {(int(x) + step, int(y)) for step in range(int(first))}
            x += float(first)
        elif kind == "m":
            x, y = x + float(first), y + float(second)
        else:
            x, y = float(first), float(second)
    size = max(max(cell) for cell in cells) + 1
    return [[int((column, row) in cells) for column in range(4, size)] for row in range(4, size)]


def test_qr_code_holds_the_address() -> None:
    link = "https://example.org/evidence-briefs/briefs/a-study-2012/brief.html"
    drawn = modules(qr_code(link))
    assert drawn == [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    assert drawn != [list(row) for row in segno.make(link + "l", error="m", micro=False).matrix]
    assert qr_code(link) == qr_code(link)
