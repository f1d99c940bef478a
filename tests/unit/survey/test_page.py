"""The summary of a survey."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from evidence_brief.survey import totals as totals_module
from evidence_brief.survey.columns import CLAIM
from evidence_brief.survey.page import page
from evidence_brief.survey.table import File
from evidence_brief.survey.totals import Totals


def row(claim: str, verdict: str, code: str | None = None, number: int | None = None, severity: str = "contradiction"):
    values = {"claim": claim, "type": "p_value", "value": "P=.60", "verdict": verdict, "start": 0, "place": "line 1"}
    values |= {"sentence": "It was <b>so</b>: P=.60 & P=.60.", "offset": 26, "why": "No test gives it."}
    if code is not None:
        values |= {"finding": number, "code": code, "severity": severity, "explanation": "A slip.", "message": "No."}
    return [values.get(name) for name, _ in CLAIM]


FILES: list[File] = [
    ("texts/a b#1.txt", "1", "figures", None, [
        row("x", "contradicted", "p_value.one_sided", 2, "warning"),
        row("x", "contradicted", "p_value.decision", 1),
        row("y", "unchecked", "p_value.decision", 1),
        row("z", "reproduced"),
    ]),
    ("texts/<bad>.pdf", None, "failed", "is <encrypted>", []),
    ("texts/none.txt", "1", "no figures", None, []),
]  # fmt: skip


def counted(files: list[File]) -> Totals:
    totals = Totals()
    assert list(totals.counting(files)) == files
    return totals


def made(files: list[File]) -> html.HtmlElement:
    return html.fromstring(page(counted(files), Path("out.parquet"), Path("pages/sum.html")))


def test_totals_count_a_claim_once_and_a_finding_once():
    totals = counted(FILES)
    assert totals.claims == 3
    assert totals.of_verdict("contradicted") == totals.of_verdict("unchecked") == totals.of_verdict("reproduced") == 1
    assert totals.contradictions == {"p_value.decision": 1}
    assert totals.warnings == {"p_value.one_sided": 1}
    assert totals.files == {"figures": 1, "failed": 1, "no figures": 1}


def test_page_links_to_files_and_table_from_where_it_stands():
    links = [link for _, _, link, _ in made(FILES).iterlinks() if not link.startswith("#")]
    assert links == ["../out.parquet", "../texts/a%20b%231.txt", "../texts/%3Cbad%3E.pdf"]


def test_page_marks_the_figure_in_its_sentence():
    [found] = made(FILES).xpath('//div[@class="finding contradiction"]')
    assert found[0].text_content() == "“It was <b>so</b>: P=.60 & P=.60.”"
    [mark] = found.xpath(".//mark")
    assert (mark.text, mark.tail) == ("P=.60", ".”")


def test_page_shows_figures_of_one_finding_in_one_sentence_together():
    other = row("w", "contradicted", "p_value.decision", 1)
    other[[name for name, _ in CLAIM].index("offset")] = 18
    [found] = made([("a.txt", "1", "figures", None, [*FILES[0][4], other])]).xpath(
        '//div[@class="finding contradiction"]'
    )
    assert [mark.tail for mark in found.xpath(".//mark")] == [" & ", ".”"]
    assert [part.text_content() for part in found[1:]] == ["No.", "A slip.", "line 1 · p_value.decision"]


def test_page_says_how_many_and_of_what():
    text = " ".join(made(FILES).text_content().split())
    assert "A survey of 3 files" in text
    assert "3 figures were found, and 2 of them could be held against others of the same text." in text
    assert "1 figure (50.0% of those) cannot be right together with the others, in 1 file." in text
    assert "texts/<bad>.pdf: is <encrypted>" in text


def test_page_has_no_network_no_script_and_one_main_heading():
    tree = made(FILES)
    assert not tree.xpath("//script | //link | //img | //iframe")
    assert len(tree.xpath("//h1")) == 1
    assert all(cell.get("scope") for cell in tree.xpath("//th"))
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert all(link.get("href", "")[1:] in ids for link in tree.xpath('//a[starts-with(@href, "#")]'))


def test_page_of_a_survey_without_any_figure():
    text = made(FILES[1:]).text_content()
    assert "0 figures were found" in text
    assert "Contradicted figures by file" not in text


def test_page_lists_so_many_files_and_counts_the_others(monkeypatch):
    monkeypatch.setattr(totals_module, "MOST_LISTED", 2)
    files = [(f"{i}.txt", "1", "figures", None, FILES[0][4]) for i in range(5)]
    tree = made(files)
    assert len(tree.xpath('//section[@class="file"]')) == 2
    assert "3 more files with contradictions: in the table." in tree.text_content()
