import json
from dataclasses import replace

import pytest

from evidence_brief import ledger as module
from evidence_brief.checks.result import VERDICTS, Check, Finding, Judgement
from evidence_brief.ledger import make_ledger
from evidence_brief.ledger_json import as_data, to_json
from evidence_brief.study.load import load_study

ARTICLE = """Of 42 patients, 24 had the drug and 18 placebo. Response in 91.7% and 55.6% (P=.5).
The score fell to 9.56±0.66 after six months. The dose was 2 g/kg, range 4-18, OR 1.9, on May 17.
"""
STUDY = """id: trial
title: A trial
sources: {news: {file: news.txt, cite: "News, 2012", sha256: "SHA256"}}
groups:
  all: {label: All, n: all.n, parts: [drug, placebo]}
  drug: {label: Drug, n: drug.n}
  placebo: {label: Placebo, n: placebo.n}
scales: {score: {label: Score, minimum: 0, step: 1}}
claims:
  - {id: p, quote: "(P=.5)", value: "P=.5", type: p_value, compares: [a, b]}
  - {id: a, quote: "91.7% and 55.6%", value: "91.7%", type: proportion, group: drug, outcome: response}
  - {id: b, quote: "91.7% and 55.6%", value: "55.6%", type: proportion, group: placebo, outcome: response}
  - {id: all.n, quote: "Of 42 patients", value: "42", type: count, group: all}
  - {id: drug.n, quote: "24 had the drug", value: "24", type: count, group: drug}
  - {id: placebo.n, quote: "18 placebo", value: "18", type: count, group: placebo}
  - {id: score, quote: "9.56±0.66", value: "9.56±0.66", type: mean_sd, group: drug, scale: score}
  - {id: time, quote: "after six months", value: six, type: duration, unit: months}
  - {id: dose, quote: "2 g/kg", value: "2", type: dose, unit: g/kg}
  - {id: range, quote: "range 4-18", value: "4-18", type: range}
  - {id: odds, quote: "OR 1.9", value: "1.9", type: estimate, measure: OR}
  - {id: day, quote: "on May 17", value: "May 17", type: date}
"""
ACCEPTED = """accepted:
  - {finding: granularity.grim, claims: [score], reason: The scale has half points.}
"""


@pytest.fixture
def load(write_study):
    return lambda text=STUDY: load_study(write_study(text, ARTICLE))


@pytest.fixture
def with_checks(monkeypatch, load):
    """The ledger that these results alone make."""

    def make(*results):
        monkeypatch.setattr(module, "CHECKS", (Check("test", "Test", lambda study: iter(results)),))
        return make_ledger(load())

    return make


def test_ledger_rows_in_the_order_of_the_file(load):
    study = load()
    assert [row.id for row in make_ledger(study).rows] == list(study.claims)


def test_ledger_row_says_where_the_figure_stands(load):
    row = make_ledger(load()).row("a")
    assert (row.printed, row.source, row.line, row.label) == ("91.7%", "news", 1, "Response, Drug")
    assert ARTICLE[row.span[0] : row.span[1]] == "91.7%"


def test_ledger_unknown_row(load):
    with pytest.raises(KeyError):
        make_ledger(load()).row("no such claim")


def test_ledger_counts_every_verdict(load):
    counts = make_ledger(load()).counts()
    assert counts == {"contradicted": 2, "reproduced": 5, "reproduced-if": 0, "possible": 0, "unchecked": 5}
    assert tuple(counts) == VERDICTS


def test_ledger_unchecked_always_has_a_reason(load):
    rows = [row for row in make_ledger(load()).rows if row.verdict == "unchecked"]
    assert {row.id for row in rows} == {"time", "dose", "range", "odds", "day"}
    assert all(row.why.endswith(".") and row.method == "" and row.recomputed is None for row in rows)
    whys = {row.id: row.why for row in rows}
    assert whys["dose"] == "This dose is reported on its own; no other figure determines it."
    assert whys["odds"] == "The two figures that this estimate compares are not reported."


@pytest.mark.parametrize("first", range(len(VERDICTS)))
@pytest.mark.parametrize("second", range(len(VERDICTS)))
def test_ledger_graver_verdict_outweighs(with_checks, first, second):
    judgements = [Judgement("a", VERDICTS[i], f"method {i}", f"why {i}") for i in (first, second)]
    row = with_checks(*judgements).row("a")
    graver = min(first, second)
    assert (row.verdict, row.why) == (VERDICTS[graver], f"why {graver}")


def test_ledger_verdicts_from_gravest():
    assert VERDICTS == ("contradicted", "reproduced", "reproduced-if", "possible", "unchecked")


def test_ledger_first_of_equal_verdicts_stands(with_checks):
    assert (
        with_checks(Judgement("a", "possible", "m", "one"), Judgement("a", "possible", "m", "two")).row("a").why
        == "one"
    )


def test_ledger_findings_numbered_from_the_gravest(with_checks):
    found = [Finding(name, name, ("a",), "It is so.") for name in ("note", "warning", "contradiction", "warning")]
    ledger = with_checks(*found)
    assert [(item.number, item.finding.severity) for item in ledger.findings] == [
        (1, "contradiction"),
        (2, "warning"),
        (3, "warning"),
        (4, "note"),
    ]
    assert len(ledger.of_claim("a")) == 4
    assert ledger.of_claim("b") == ()


def test_ledger_findings_of_a_row(load):
    ledger = make_ledger(load())
    assert ledger.row("p").findings == ledger.row("a").findings == ("p_value.decision",)
    assert ledger.row("time").findings == ()


def test_ledger_accepted_findings_are_marked(load):
    accepted = {item.finding.code: item.accepted for item in make_ledger(load(STUDY + ACCEPTED)).findings}
    assert accepted == {"granularity.grim": "The scale has half points.", "p_value.decision": None}


@pytest.mark.parametrize(
    "entry",
    ["{finding: granularity.grim, claims: [a], reason: No.}", "{finding: some.code, claims: [score], reason: No.}"],
)
def test_ledger_accepted_finding_that_is_not_found(load, entry):
    ledger = make_ledger(load(f"{STUDY}accepted: [{entry}]"))
    assert all(item.accepted is None for item in ledger.findings)
    unused = [item.finding for item in ledger.findings if item.finding.code == "accepted.unused"]
    assert [(finding.severity, len(finding.claims)) for finding in unused] == [("warning", 1)]


def test_ledger_json_is_canonical(load):
    ledger = make_ledger(load())
    text = to_json(ledger)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert json.loads(text) == json.loads(json.dumps(as_data(ledger)))
    assert [claim["id"] for claim in json.loads(text)["claims"]][:3] == ["p", "a", "b"]


def test_ledger_json_has_the_same_bytes_twice(load):
    assert to_json(make_ledger(load())) == to_json(make_ledger(load()))


def test_ledger_json_keeps_letters_and_makes_numbers_text(load):
    text = to_json(make_ledger(load()))
    assert "Pearson χ²" in text
    interval = next(item for item in json.loads(text)["derived"] if item["id"] == "a.ci")
    assert (interval["estimate"], interval["low"]) == ("0.916667", "0.741512")


def test_ledger_json_has_no_negative_zero(load):
    ledger = make_ledger(load())
    item = replace(ledger.derived[0], low=-1e-18)
    assert as_data(replace(ledger, derived=(item,)))["derived"][0]["low"] == "0.000000"
