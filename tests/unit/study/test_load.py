# ruff: noqa: E501 (one case of a table is one line)
from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.study.load import load_study
from evidence_brief.study.sources import LARGEST_SOURCE

Write = Callable[..., Path]


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(InvalidStudy) as caught:
        load_study(folder)
    return caught.value.problems


def changed(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} does not stand in the small study"
    return text.replace(old, new, 1)


def test_load_study_reads_a_correct_one(write_study: Write, article: str) -> None:
    study = load_study(write_study())
    assert study.id == "trial"
    assert list(study.claims) == list(study.values) == list(study.anchors)
    anchor = study.anchors["remission.placebo"]
    assert article[anchor.value_start : anchor.value_end] == "44.4%"
    assert article[anchor.start : anchor.end] == "in 50% and in 44.4%"
    assert anchor.line == 3
    assert [article[span.start : span.end] for span in study.excluded] == ["in 42 patients"]


def test_load_study_reads_the_seed_study() -> None:
    assert load_study(Path(__file__).parents[3] / "data" / "ivig-dermatomyositis-2012").claims


# (what is changed, into what), then the line, the claim and words of the message, of expected, found and mend
CLAIMS_AND_NAMES = {
    "unknown-key": ('value: "42"', 'vlaue: "42"', 10, "cohort.n", "unknown key `vlaue`", "value", None, "mean `value`?"),
    "unknown-top": ("title:", "titel:", 2, None, "unknown key `titel`", "title", None, "did you mean `title`?"),
    "unknown-nested": ("cite:", "cites:", 4, None, "unknown key `cites`", "decimal_mark", None, "did you mean `cite`?"),
    "no-space": ("type: count", "type:", 10, "cohort.n", "`type:` has no value", None, None, "after the colon"),
    "missing-key": ("type: count, ", "", 10, "cohort.n", "`type` is missing", None, None, "add `type:`, for example"),
    "duplicate-id": ("id: drug.n", "id: cohort.n", 11, "cohort.n", "used twice", None, "also on line 10", "rename"),
    "duplicate-key": ("accepted:", "title: B\naccepted:", 17, None, 'duplicate key "title"', None, None, "keep one"),
    "no-group": ("group: all", "group: al", 10, "cohort.n", "names no group", "all", "al", "did you mean `all`?"),
    "no-scale": ("scale: years", "scale: y", 15, "age", "names no scale", "years", "y", "add the scale"),
    "no-source": ("group: all", "source: x", 10, "cohort.n", "names no source", "news", "x", "take the reference out"),
    "no-of": ("of: drug.n", "of: drag.n", 12, "remission.drug", "`of` names no claim", "age", "drag.n", "`drug.n`?"),
    "no-count": ("of: drug.n", "count: x", 12, "remission.drug", "`count` names no", "age", "x", "add the claim"),
    "no-within": ("within: cohort.n", "within: x", 11, "drug.n", "`within` names no", "age", "x", "add the claim"),
    "no-parts": ("within: cohort.n", "parts: [x, age]", 11, "drug.n", "`parts` names no", "age", "x", "add the claim"),
    "no-compares": ("remission.placebo]", "x]", 14, "remission.p", "`compares` names no", "age", "x", "add the claim"),
    "no-group-n": ("n: cohort.n}", "n: cohort}", 6, None, "`n` names no claim", "age", "cohort", "mean `cohort.n`?"),
    "no-group-part": ("n: cohort.n}", "parts: [b]}", 6, None, "`parts` names no group", "all", "b", "add the group"),
    "no-accepted": ("claims: [age]", "claims: [x]", 17, None, "`claims` names no claim", "age", "x", "add the claim"),
    "no-exclusion-source": ("reason: The title.", "source: x, reason: R", 16, None, "names no source", "news", "x", "add"),
    "wrong-of": ("of: drug.n", "of: age", 12, "remission.drug", "wrong type", "count or proportion", "a mean_sd", "name"),
    "wrong-n": ("n: cohort.n}", "n: age}", 6, None, "`n` names a claim of the wrong type", "count", "a mean_sd", "name"),
    "twice": ("drug, remission.placebo]", "drug, remission.drug]", 14, "remission.p", "twice", None, None, "once"),
    "twice-groups": ("n: cohort.n}", "n: cohort.n}\n  b: {label: B, parts: [all, all]}", 7, None, "twice", None, None, "once"),
    "circle-self": ("of: drug.n", "of: remission.drug", 12, "remission.drug", "circle", None, "drug → remission.drug", "remove"),
    "circle-within": ("count, group: all", "count, within: drug.n", 10, "cohort.n", "circle", None, "→ drug.n →", "remove"),
    "circle-mixed": ("count, group: all", "count, of: drug.n", 10, "cohort.n", "circle", None, "→ drug.n →", "remove"),
    "circle-parts": ("count, group: all", "count, parts: [cohort.n, drug.n]", 10, "cohort.n", "circle", None, "→", "remove"),
    "circle-groups": ("n: cohort.n}", "parts: [b]}\n  b: {label: B, parts: [all]}", 6, None, "groups refer", None, "b →", "remove"),
    "other-id": ("id: trial", "id: other", 1, None, "not the name of the folder", "trial", "other", "the same"),
    "spaced-id": ("id: drug.n", "id: drug n", 11, "drug n", "no name that can be", "letters", "drug n", "of that form"),
    "long-id": ("id: drug.n", f"id: {'d' * 90}", 11, "d" * 90, "`id` is too long", None, "d" * 90, "shorten"),
    "wrong-field": ("count, group", "count, spread: sd, group", 10, "cohort.n", "of type mean_sd", None, "sd", "take it out"),
    "one-compared": ("[remission.drug, remission.placebo]", "[age]", 14, "remission.p", "two claims", None, "[age]", "correct"),
    "unpaired": ("type: count", "type: count, paired: true", 10, "cohort.n", "`paired` is for claims", None, "true", "take it out"),
}  # fmt: skip
VALUES_AND_QUOTES = {
    "absent-quote": ("a cohort of 42", "the cohort of 42", 10, "cohort.n", "does not stand", "the cohort", "line 2: “", "copy"),
    "ambiguous": ('"24 received the drug"', "received", 11, "drug.n", "stands 2 times", "received", "lines 2, 2", "occurrence"),
    "occurrence": ("count, group", "count, occurrence: 3, group", 10, "cohort.n", "no occurrence 3", None, "1 (line 2)", "correct"),
    "cut-quote": ('"a cohort of 42 patients"', '"2 patients"', 10, "cohort.n", "does not stand", None, "42", "cuts a figure"),
    "absent-value": ('"24"', '"25"', 11, "drug.n", "does not stand in its quote", "25", "24 received", "exactly as it is"),
    "twice-value": ('in 44.4%", value: "50%"', 'in 44.4%", value: "in"', 12, "remission.drug", "stands 2 times", "in", "50%", "fewer"),
    "part-value": ('value: "44.4%"', 'value: "4%"', 13, "remission.placebo", "part of a longer figure", "4%", "44.4%", "whole"),
    "six-in-16.7": ('"42", type', '"6", type', 10, "cohort.n", "part of a longer", "6", "16.7%", "whole"),
    "unreadable": ('value: "50%"', 'value: "and"', 12, "remission.drug", "cannot be read", '"91.7%"', "and", None),
    "no-sign": ('quote: "(P=.28)", value: "P=.28"', "quote: as P<.001, value: '.001'", 14, "remission.p", "leaves out", "<.001", ".001", "add"),
    "long-value": ('"42", type', f'"{"4" * 999}", type', 10, "cohort.n", "`value` is too long", None, "444…", "shorten"),
    "number": ('"42", type', "42, type", 10, "cohort.n", "must be text, as printed", None, "the number 42", "in quotes"),
    "fraction": ('"P=.28"', ".28", 14, "remission.p", "must be text, as printed", None, "the number 0.28", "in quotes"),
    "date": ('"42", type', "2012-05-17, type", 10, "cohort.n", "must be text, as printed", None, "the date 2012-05-17", "in quotes"),
    "truth": ('"42", type', "true, type", 10, "cohort.n", "must be text, as printed", None, "the truth value true", "in quotes"),
    "nan": ('"42", type', ".nan, type", 10, "cohort.n", "must be text, as printed", None, "the number nan", "in quotes"),
    "inf": ('"42", type', "-.inf, type", 10, "cohort.n", "must be text, as printed", None, "the number -inf", "in quotes"),
    "no-date": ('"42", type', "2012-13-45, type", 10, None, "looks like a number or a date", None, None, "in quotes"),
    "long-number": ('"42", type', f"{'4' * 5000}, type", 10, None, "looks like a number", None, None, "in quotes"),
    "spread": ("type: mean_sd", "type: mean_sd, spread: ci95", 15, "age", "`spread: ci95` needs two", None, "38.5±34.3", "correct"),
    "spread-range": ('"38.5±34.3", type: mean_sd, scale: years', '"38.5", type: median_iqr, spread: sd', 15, "age", "a median has no", None, "38.5", "correct"),
    "null-value": ('"42", type', ", type", 10, "cohort.n", "`value` has no value", None, "nothing", "in quotes"),
    "blank-quote": ('"a cohort of 42 patients"', '" "', 10, "cohort.n", "`quote` is empty", None, None, "correct"),
    "excluded": ('"in 42 patients"', '"in 43 patients"', 16, None, "does not stand", "in 43", "line 1: “in 42", "copy"),
}  # fmt: skip
FORMS = {
    "null-title": ("title: A trial", "title:", 2, None, "`title` has no value", "a text", "nothing", "write one"),
    "list-title": ("title: A trial", "title: [A, B]", 2, None, "`title` is no text", "a text", "the list [A, B]", "quotes"),
    "groups-list": ("  all: {label: All, n: cohort.n}", "  - {label: All}", 5, None, "`groups`", "keys", "a list", "name: value"),
    "group-text": ("{label: All, n: cohort.n}", "All", 6, None, "`all`", "keys with values", "All", "name: value"),
    "parts-text": ("within: cohort.n", "parts: cohort.n", 11, "drug.n", "`parts` is no list", "a list", "cohort.n", "[first, second]"),
    "type": ("type: count", "type: counts", 10, "cohort.n", "none of its choices", "proportion", "counts", "did you mean `count`?"),
    "measure": ("scale: years", "measure: AR", 15, "age", "none of its choices", "RR, OR", "AR", "one of those"),
    "decimal-mark": ("cite:", "decimal_mark: ;, cite:", 4, None, "none of its choices", "'.' or ','", ";", "one of those"),
    "language": ("title:", "language: in English\ntitle:", 2, None, "`language`", "en, de", "in English", "the code"),
    "occurrence-0": ("count, group", "count, occurrence: 0, group", 10, "cohort.n", "too small", "1 or more", "0", "count from 1"),
    "occurrence-text": ("count, group", "count, occurrence: last, group", 10, "cohort.n", "no whole number", "1 or more", "last", "digits"),
    "paired-text": ("type: count", "type: count, paired: so", 10, "cohort.n", "neither true nor false", "true", "so", "true or false"),
    "step": ("step: 1", "step: 0", 8, None, "`step` must be above 0", None, "the number 0", "correct"),
    "step-nan": ("step: 1", "step: .nan", 8, None, "`step` must be a number", None, "nan", "correct"),
    "bounds": ("minimum: 0", "minimum: 5, maximum: 1", 8, None, "`maximum` must be above", None, "1", "correct"),
    "sha256-form": ("SHA256", "abc", 4, None, "`sha256` is not of the right form", "64 digits", "abc", "sha256sum"),
    "sha256-number": ('"SHA256"', "1" * 64, 4, None, "must be text, as printed", None, "1111", "quotes"),
    "anchor": ("title: A trial", "title: &t A", 2, None, "has the anchor &t", None, None, "write the value out"),
    "tag": ("title: A trial", "title: !!python/object:os.system A", 2, None, "tag !!python/object", None, None, "the tag out"),
    "binary": ('"42", type', "!!binary NDI=, type", 10, None, "tag !!binary", None, None, "take the tag out"),
    "tab": ("  news:", "\tnews:", 4, None, "a tab stands where only spaces may", None, None, "indent with spaces"),
    "broken": ("{label: All, n", "{label: All n: [", 6, None, "a bracket is not closed", None, None, "close it"),
    "colon": ("title: A trial", "title: A trial: a report", 2, None, "a colon stands", None, None, "into quotes"),
    "number-key": ("  all:", "  12:", 6, None, "a key must be text", None, None, "put the key in quotes"),
    "mapping-key": ("  all:", "  ? {a: b}\n  :", 6, None, "a key must be text", None, None, "put the key in quotes"),
    "documents": ("accepted:", "---\naccepted:", 17, None, "more than one document", None, None, "take the line"),
    "directive": ("id: trial", "%YAML 1.1\n---\nid: trial", 1, None, "% directive", None, None, "take the lines"),
    "surrogate": ('"News, 2012"', '"\\ud800"', 4, None, "half a character", None, None, "type the character"),
    "control": ("A trial", "A\x07 trial", 2, None, "is not valid YAML", None, "U+0007", "take the character out"),
}  # fmt: skip
CASES = CLAIMS_AND_NAMES | VALUES_AND_QUOTES | FORMS


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_load_study_reports(case: tuple[str | int | None, ...], write_study: Write, study_text: str) -> None:
    old, new, line, claim, message, expected, found, mend = case
    text = changed(study_text, str(old), str(new))
    if new == '"6", type':
        text = changed(text, '"a cohort of 42 patients"', '"Harms occurred in 16.7%"')
    reported = problems(write_study(text))
    wanted = {"message": message, "expected": expected, "found": found, "mend": mend}
    fitting = [
        problem
        for problem in reported
        if (problem.line, problem.claim) == (line, claim)
        and all(part is None or str(part) in (getattr(problem, name) or "") for name, part in wanted.items())
    ]
    assert fitting, "\n".join(str(problem) for problem in reported)
    assert all(problem.file == "data/trial/study.yml" for problem in reported)
    assert not any("Input should be" in str(problem) or "pattern" in str(problem) for problem in reported)


def test_load_study_reports_several_at_once_in_the_order_of_lines(write_study: Write, study_text: str) -> None:
    text = study_text.replace("(P=.28)", "(P=.29)").replace('"42"', '"43"').replace("of: drug.n", "of: drag.n")
    text = text.replace("id: trial", "id: other").replace("SHA256", "0" * 64)
    reported = problems(write_study(text))
    assert [problem.line for problem in reported] == [1, 4, 10, 12, 14]


def test_load_study_reports_every_error_of_form_at_once(write_study: Write, study_text: str) -> None:
    text = study_text.replace('"24"', "24").replace("title: A trial", "title:").replace("scale: years", "spread: x")
    assert [problem.line for problem in problems(write_study(text))] == [2, 11, 15]


def test_load_study_reports_every_wrong_field_of_a_claim(write_study: Write, study_text: str) -> None:
    text = study_text.replace("type: count, group", "type: count, spread: sd, test: t, scale: years, group")
    reported = problems(write_study(text))
    assert {problem.message.split("`")[1] for problem in reported} == {"spread", "test", "scale"}


def test_load_study_reports_each_circle(write_study: Write, study_text: str) -> None:
    text = study_text.replace("of: drug.n", "of: remission.drug").replace("group: all", "within: cohort.n")
    assert [(problem.line, problem.found) for problem in problems(write_study(text))] == [
        (10, "cohort.n → cohort.n"),
        (12, "remission.drug → remission.drug"),
    ]


def test_load_study_without_study_file(write_study: Write) -> None:
    folder = write_study()
    (folder / "study.yml").unlink()
    (problem,) = problems(folder)
    assert (problem.file, problem.message) == ("data/trial/study.yml", "there is no such file")


@pytest.mark.parametrize("name", ["my trial", "trial..1", "-trial", "é", "t" * 81])
def test_load_study_folder_name_must_be_an_id(name: str, write_study: Write) -> None:
    (problem,) = problems(write_study(name=name))
    assert problem.found == name
    assert "rename" in str(problem.mend)


def test_load_study_absent_folder(tmp_path: Path) -> None:
    assert "no such file" in problems(tmp_path / "nothing")[0].message


@pytest.mark.parametrize(
    ("text", "found"),
    [("", "an empty file"), ("# nothing", "an empty file"), ("- a", "a list"), ("hello", "a single text or number")],
)
def test_load_study_top_level_must_be_keys(text: str, found: str, write_study: Write) -> None:
    (problem,) = problems(write_study(text))
    assert (problem.line, problem.message, problem.found) == (1, "holds no study", found)


@pytest.mark.parametrize(
    ("name", "message", "found"),
    [
        ("nws.txt", "is missing", "news.txt"),
        ("../trial/news.txt", "outside the study's folder", "../trial/news.txt"),
        ("/etc/hostname", "outside the study's folder", "/etc/hostname"),
        ("..", "outside the study's folder", ".."),
        (".", "outside the study's folder", "."),
        ("link.txt", "outside the study's folder", "link.txt"),
        ("folder", "is a folder", "folder"),
        ("study.yml", "the study file itself", "study.yml"),
        ("n" * 5000, "File name too long", None),
    ],
)
def test_load_study_source_file(
    name: str, message: str, found: str | None, write_study: Write, study_text: str
) -> None:
    folder = write_study(study_text.replace("news.txt", name))
    (folder / "link.txt").symlink_to(folder / "news.txt")
    (folder / "folder").mkdir()
    (problem,) = problems(folder)
    assert (problem.line, problem.claim) == (4, None)
    assert message in problem.message
    assert found is None or found in str(problem.found)
    assert problem.mend


def test_load_study_source_too_large(write_study: Write) -> None:
    folder = write_study()
    with (folder / "news.txt").open("r+b") as file:
        file.truncate(LARGEST_SOURCE + 1)
    (problem,) = problems(folder)
    assert (problem.line, problem.found) == (4, "20,000,001 bytes")


def test_load_study_source_changed_since(write_study: Write, article: str) -> None:
    folder = write_study()
    (folder / "news.txt").write_text(article + "One more line.", encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.line, problem.message) == (4, "the source is not the text that the study was written from")
    assert problem.expected == hashlib.sha256(article.encode()).hexdigest()
    assert problem.found == hashlib.sha256((article + "One more line.").encode()).hexdigest()
    assert "restore the text" in str(problem.mend)


def test_load_study_source_not_utf8(write_study: Write, article: str) -> None:
    (problem,) = problems(write_study(source=article.encode("latin-1")))
    assert (problem.file, problem.line) == ("data/trial/news.txt", 3)  # the first sign that differs is ±
    assert "UTF-8" in str(problem.mend)


def test_load_study_file_not_utf8(write_study: Write, study_text: str) -> None:
    (problem,) = problems(write_study(study_text.encode("latin-1")))
    assert (problem.line, problem.message) == (15, "is not UTF-8 text")
    (problem,) = problems(write_study(study_text.encode("utf-16")))
    assert problem.message == "is not UTF-8 text"


def test_load_study_with_byte_order_marks(write_study: Write, study_text: str, article: str) -> None:
    marked = "\ufeff" + article
    text = "\ufeff" + study_text.replace("SHA256", hashlib.sha256(marked.encode()).hexdigest())
    assert load_study(write_study(text, marked)).anchors["cohort.n"].line == 2


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_load_study_file_with_other_line_ends(end: str, write_study: Write, study_text: str) -> None:
    assert load_study(write_study(study_text.replace("\n", end))).claims
    (problem,) = problems(write_study(study_text.replace('"24"', '"25"').replace("\n", "\r\n")))
    assert problem.line == 11


def test_load_study_source_with_crlf(write_study: Write, study_text: str, article: str) -> None:
    text = changed(study_text, '"(P=.28)"', '"(P=.28); age was 38.5±34.3 years (range 4-18). Harms"')
    study = load_study(write_study(text, article.replace("\n", "\r\n")))
    assert study.anchors["remission.p"].line == 3
    assert study.anchors["age"].line == 3


def test_load_study_two_sources_need_names(write_study: Write, study_text: str) -> None:
    text = changed(study_text, "groups:", '  other: {file: news.txt, cite: Another, sha256: "SHA256"}\ngroups:')
    text = changed(text, "type: count, group", "type: count, source: other, group")
    reported = problems(write_study(text))
    assert [problem.line for problem in reported] == [12, 13, 14, 15, 16, 17]
    assert {(problem.expected, problem.mend) for problem in reported} == {
        ("news or other", "say which one with `source:`")
    }


def test_load_study_decimal_comma_of_its_source(write_study: Write, study_text: str, article: str) -> None:
    text = study_text.replace("44.4%", "44,4%").replace("=.28", "=0,28").replace("38.5±34.3", "38,5±34,3")
    source = article.replace("44.4%", "44,4%").replace("=.28", "=0,28").replace("38.5±34.3", "38,5±34,3")
    assert [problem.claim for problem in problems(write_study(text, source))] == [
        "remission.placebo",
        "remission.p",
        "age",
    ]
    study = load_study(write_study(changed(text, "cite:", 'decimal_mark: ",", cite:'), source))
    assert float(study.values["age"].first.value) == 38.5


@pytest.mark.parametrize(
    ("value", "spread", "message"),
    [
        ("7.4 (SE 1.2)", "", "prints se"),
        ("7.4 (SE 1.2)", ", spread: sd", "prints se"),
        ("7.4 (SD 1.2)", ", spread: se", "prints sd"),
        ("7.4 (5.1 to 9.8)", "", "two numbers follow the mean"),
        ("7.4 (95% CI 5.1-9.8)", ", spread: range", "prints ci95"),
        ("7.4 (90% CI 5.1-9.8)", ", spread: ci95", "prints ci90"),
    ],
)
def test_load_study_spread_against_its_print(
    value: str, spread: str, message: str, write_study: Write, study_text: str, article: str
) -> None:
    text = study_text.replace("38.5±34.3", value).replace("type: mean_sd", f"type: mean_sd{spread}")
    (problem,) = problems(write_study(text, article.replace("38.5±34.3", value)))
    assert (problem.line, problem.claim) == (15, "age")
    assert message in problem.message


def test_load_study_measure_against_its_print(write_study: Write, study_text: str, article: str) -> None:
    text = study_text.replace("38.5±34.3", "OR 1.9").replace("type: mean_sd", "type: estimate, measure: HR")
    (problem,) = problems(write_study(text, article.replace("38.5±34.3", "OR 1.9")))
    assert problem.message == "the value prints OR, and `measure:` says HR"


def test_load_study_nesting_ends_early(write_study: Write) -> None:
    for text in ("a: " + "[" * 100_000, "a: " + "{a: " * 5000, "- " * 5000):
        (problem,) = problems(write_study(text))
        assert (problem.line, problem.message) == (1, "is nested too deeply")


def test_load_study_alias_bomb_ends_early(write_study: Write) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*{m}, *{m}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True))
    reported = problems(write_study(bomb))
    assert len(reported) == 20
    assert [problem.line for problem in reported[:3]] == [1, 2, 2]
