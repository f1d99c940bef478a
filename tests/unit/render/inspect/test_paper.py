"""Following a text through the letters of a PDF."""

from __future__ import annotations

import pytest

from evidence_brief.render.inspect.paper import Front, _footnote, _match, _walk
from evidence_brief.render.inspect.pdf import letters
from evidence_brief.render.inspect.text import Unit

FRONT = Front("Brief", "A trial", "News, 2012", "", "en")
UNITS = [
    Unit("Results", (), None, "h2", "Results"),
    Unit("Outcome", (), "results", "th", "Outcome"),
    Unit("P value", (), "results", "th", "P value"),
    Unit("Remission, 22 of 24", (("data-claim", "remission"),), "results", "td", ""),
    Unit("P=.007", (("data-claim", "p"),), "results", "td", ""),
]
TEXT = "BRIEFAtrialNews,2012ResultsOutcomePvalueRemission,22of24P=.007"


def problems(text: str) -> list[str]:
    return [str(problem) for problem in _walk("trial/brief.pdf", UNITS, FRONT, text)]


def test_a_text_that_is_there_letter_by_letter_passes() -> None:
    assert problems(TEXT) == []


def test_the_head_of_a_table_may_be_repeated_on_a_page_and_figures_may_be_numbered() -> None:
    assert problems(TEXT.replace("P=.007", "OutcomePvalueP=.007")) == []
    assert problems(TEXT.replace("Results", "Figure2:Results")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("P=.007", "P=.07"),
        ("22of24", "24of22"),
        ("Remission,22of24", ""),
        ("Results", "Results95%"),
        ("2012", "2013"),
        ("P=.007", "P=.007P=.007"),
    ],
)
def test_a_text_that_is_changed_missing_or_too_many_is_a_problem(old: str, new: str) -> None:
    assert len(problems(TEXT.replace(old, new))) >= 1


def test_the_claims_of_a_missing_text_are_named() -> None:
    assert "claim p: " in problems(TEXT.replace("P=.007", "P=.07"))[0]


def test_a_broken_line_may_hide_a_hyphen_or_have_put_one() -> None:
    assert _match("follow\ufffeup", 0, "follow-up") == 9
    assert _match("remis\ufffesion", 0, "remission") == 10
    assert _match("follow\ufffeups", 0, "follow-on") is None


def test_letters_leave_out_white_space_and_take_ligatures_apart() -> None:
    assert letters("ﬁnal  of\u00ad\n24\u0002") == "finalof24\ufffe"


def test_a_footnote_is_found_wherever_it_stands_and_nowhere_else() -> None:
    assert _footnote("Results.1Oursince2012.More", "1Oursince2012.") == (8, 22)
    assert _footnote("Results.1Oursince2013.More", "1Oursince2012.") == (0, 0)
