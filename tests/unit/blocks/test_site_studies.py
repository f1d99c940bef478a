import json

import pytest

from evidence_brief.blocks.site_studies import listed, studies
from evidence_brief.errors import InvalidStudy

FINDINGS = [
    {"severity": "note", "sentence": "A note."},
    {"severity": "contradiction", "sentence": "P=.28 cannot be reproduced."},
    {"severity": "contradiction", "sentence": "Another one."},
]


@pytest.fixture
def ledger(tmp_path):
    """Write the ledger file of a study and read it back: `ledger("trial", title="…")`."""

    def write(name="trial", pages=("brief.html", "ledger.json"), **changes):
        data = {
            "study": name,
            "title": "A trial",
            "citation": "News, 2012",
            "design": "cohort",
            "outcomes": ["relapse", "remission"],
            "language": "en",
            "verdicts": {"contradicted": 1, "reproduced": 2, "reproduced-if": 0, "possible": 0, "unchecked": 0},
            "findings": FINDINGS,
            "claims": [],
        } | changes
        path = tmp_path / name / "ledger.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(data), encoding="utf-8")
        return listed(path, pages)

    return write


def test_list_title_leads_to_the_brief_and_links_to_the_rest(ledger):
    text = studies([ledger(pages=("brief.html", "brief.pdf", "handout.pdf", "ledger.json"))])
    assert "## [A trial](briefs/trial/brief.html) {#study-trial" in text
    assert "[PDF](briefs/trial/brief.pdf) · [Handout (PDF)](briefs/trial/handout.pdf) · [Ledger]" in text
    assert "Slides" not in text


def test_list_leads_to_nothing_that_is_not_there(ledger):
    assert "## [A trial](briefs/trial/brief.pdf)" in studies([ledger(pages=("brief.pdf",))])
    assert "## A trial {" in studies([ledger(pages=())])


def test_list_counts_verdicts_with_sign_and_word(ledger):
    text = studies([ledger("a"), ledger("b")])
    assert "2 studies, 6 reported figures: [[✗]{.tick} [2]{.number} contradicted]{.tally .contradicted}" in text
    assert text.count("[[✓]{.tick} [2]{.number} reproduced]{.tally .reproduced}") == 2
    assert ".possible" not in text


def test_list_of_one_study_counts_its_figures_once(ledger):
    assert studies([ledger()]).count(".tally .contradicted") == 1


def test_list_shows_the_gravest_finding_and_how_many_more(ledger):
    text = studies([ledger()])
    assert "Contradiction]{.severity .contradiction} P\\=\\.28 cannot be reproduced\\." in text
    assert "And 2 more" in text
    assert "A note" not in text


def test_list_without_findings_design_or_outcomes_leaves_them_out(ledger):
    text = studies([ledger(findings=[], design=None, outcomes=[])])
    assert ".gravest" not in text
    assert ".about" not in text


def test_list_is_in_the_order_of_titles_without_marks(ledger):
    named = {"a": "Zoster", "b": "Ärztliche Beratung", "c": "asthma", "d": "Asthma"}
    text = studies([ledger(name, title=title) for name, title in named.items()])
    assert [text.index(f"#study-{name} ") for name in "bcda"] == sorted(text.index(f"#study-{n} ") for n in "abcd")


def test_list_takes_other_peoples_signs_for_text(ledger):
    text = studies([ledger(title="[x](y) *z* <b>", citation="a|b", outcomes=["p < 0.05 {.tally}"])])
    assert r"\[x\]\(y\) \*z\* \<b\>" in text
    assert r"a\|b" in text
    assert r"\{\.tally\}" in text


def test_list_says_in_which_language_a_citation_is(ledger):
    assert '{.cite lang="de"}' in studies([ledger(language="de")])


def test_list_without_studies_says_what_to_do():
    assert "brief prepare" in studies([])


@pytest.mark.parametrize("text", ["", "{}", '{"study": "trial", "title": 3}', "[1]", "{broken"])
def test_ledger_that_is_none_names_the_file_and_the_mend(tmp_path, text):
    path = tmp_path / "trial" / "ledger.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidStudy) as caught:
        listed(path, ())
    assert "trial/ledger.json" in str(caught.value)
    assert "brief render trial" in str(caught.value)


def test_list_says_how_many_figures_are_drafts(ledger):
    drafts = studies([ledger(claims=[{"draft": True}, {"id": "a"}])])
    assert "**1 of 2 figures was read by the program and not yet confirmed by a person.**" in drafts
