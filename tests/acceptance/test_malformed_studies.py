"""However a study file is damaged, the loader answers with problems, at a line, and with nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_brief.errors import InvalidStudy
from evidence_brief.study.load import load_study

Write = Callable[..., Path]

# What stands in the small study, and what it may be damaged into.
DAMAGE: dict[str, list[str]] = {
    "id: trial": [
        "id:",
        "id: 5",
        "id: [trial]",
        "id: {a: b}",
        "id: ''",
        "id: trial/x",
        "id: ../trial",
        "id: trial.",
        "",
    ],
    "title: A trial": [
        "title: 1e400",
        "title: 0o7",
        "title: ''",
        "title: @a",
        "title: `a`",
        "title: %a",
        "title: *a",
        "- a",
    ],
    "sources:": [
        "sources: []",
        "sources: {}",
        "sources: news.txt",
        "source:",
        "sources: 5",
        "sources: null\nx:",
        "sources",
    ],
    "{file: news.txt": [
        "{",
        "{file: ''",
        "{file: [news.txt]",
        '{file: "a\\0b"',
        "{file: ~",
        "{file: ./news.txt",
        "{file: 1",
    ],
    '"SHA256"': ["", "~", "SHA", "1e5", "0x12", "[]", "{}", '"SHA256 "', '"sha256:SHA256"'],
    "{label: All, n: cohort.n}": ["", "[]", "5", "All", "{}", "{label: }", "{label: All, n: []}", "{label: All, n: 5}"],
    "{label: Age, minimum: 0, step: 1}": [
        *["{label: Age, step: -1}", "{label: Age, step: 1e999}", "{label: Age, step: 5%}", "{label: Age, step: [0]}"],
        *[
            "{label: Age, minimum: {a: 1}}",
            "{label: Age, items: 0}",
            "{label: Age, items: 1.5}",
            "{label: Age, items: x}",
        ],
        *["{label: Age, better: up}", "{label: Age, maximum: 2012-05-17}", "{label: Age, step: true}", "{step: 1}"],
    ],
    "claims:": ["claims: []\nx:", "claims: {}\nx:", "claims: 5\nx:", "claims: ~\nx:", "claims: text\nx:", "Claims:"],
    "  - {id: cohort.n,": [
        "  - {",
        "  - [",
        "  -{id: cohort.n,",
        "  {id: cohort.n,",
        "    - {id: cohort.n,",
        "  - - {id: a,",
    ],
    '"a cohort of 42 patients"': [
        "",
        "[]",
        "{}",
        "42",
        '"\\x1c"',
        '"\\u200b"',
        '"a',
        "'a",
        "a: b",
        "> a",
        "| a",
        '"."',
        '"("',
    ],
    'value: "42"': [
        *[
            "value: 42",
            "value: 4_2",
            "value: 0x2A",
            "value: 042",
            "value: 42.0",
            "value: 1:30:00.5",
            "value: +42",
            "value: ~",
        ],
        *[
            "value: NaN",
            "value: .inf",
            "value: !!int 42",
            "value: !!float x",
            "value: [42]",
            "value: {n: 42}",
            "value: '42 '''",
        ],
        *['value: "4\n2"', "value: six", 'value: "4²"', 'value: "٤٢"', 'value: "42%"', 'value: "(42"', 'value: "\\\\"'],
    ],
    "type: count, group: all": [
        *[
            "type: ~",
            "type: 5",
            "type: [count]",
            "type: {count: 1}",
            "type: Count",
            "type: count, type: count",
            "type: date",
        ],
        *["type: count, parts: {}", "type: count, parts: [[]]", "type: count, parts: [5]", "type: count, parts: ['']"],
        *[
            "type: count, parts: [~]",
            "type: count, compares: 5",
            "type: count, occurrence: -1",
            "type: count, paired: 5",
        ],
        *["type: count, occurrence: 99999999999999999999999", "type: count, unit: 5", "type: count, note: []"],
        *[
            "type: count, of: cohort.n",
            "type: count, within: age",
            "type: count, 'group ': all",
            "type: count, group: [all]",
        ],
    ],
    "[remission.drug, remission.placebo]": [
        "[]x",
        "remission.drug",
        "[remission.drug]",
        "[5, 6]",
        "[a, b]",
        "{a: b}",
        "[age, [age]]",
    ],
    'exclusions: [{quote: "in 42 patients", reason: The title.}]': [
        *[
            "exclusions: [{}]",
            "exclusions: [a]",
            "exclusions: {a: b}",
            "exclusions: a",
            "exclusions: [{quote: in 42 patients}]",
        ],
        *["exclusions: [{quote: zzz, reason: R}]", "exclusions: [~]", "exclusions: [[[]]]"],
    ],
    "accepted: [{finding: some.code, claims: [age], reason: It was read.}]": [
        *["accepted: [{finding: f, claims: [], reason: R}]", "accepted: [{finding: f, claims: age, reason: R}]"],
        *[
            "accepted: [{finding: f, claims: [age], reason: ''}]",
            "accepted: [{claims: [age]}]",
            "accepted: yes",
            "accepted: [5]",
        ],
        *["accepted: [{finding: f, claims: [age], reason: R}", "accepted: [age: R]", "accepted: |"],
    ],
}
CASES = [(old, new) for old, damages in DAMAGE.items() for new in damages]


def damaged(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new"), CASES)
def test_malformed_study_is_refused_at_a_line(old: str, new: str, write_study: Write, study_text: str) -> None:
    folder = write_study(damaged(study_text, old, new))
    with pytest.raises(InvalidStudy) as caught:
        load_study(folder)
    last = len((folder / "study.yml").read_text(encoding="utf-8").splitlines()) + 1
    for problem in caught.value.problems:
        assert problem.line is not None
        assert 1 <= problem.line <= last
        assert problem.message
        assert problem.mend or problem.expected
        assert "Input should" not in str(problem)


@pytest.mark.parametrize(
    "content",
    [
        *[
            b"",
            b"\xef\xbb\xbf",
            b"\n\n\n",
            b"\0",
            b"\xff\xfe",
            b"\x80",
            b"~",
            b"{}",
            b"[]",
            b"''",
            b"5",
            b"---",
            b"--- x\n--- y",
        ],
        *[
            b"...",
            b"%",
            b"%YAML 9.9\n---\n{}",
            b"%TAG",
            b"&",
            b"*",
            b"*a",
            b"!",
            b"!!",
            b"!<",
            b"!<x> {}",
            b"|",
            b">",
            b"?",
            b"-",
            b":",
        ],
        *[
            b"? ? ? ?",
            b"{[]: x}",
            b"{{}: x}",
            b"? {a: b}\n: c",
            b"[a: b, c",
            b'"\\',
            b'"\\x"',
            b'"\\UFFFFFFFF"',
            b'"\\U00110000"',
            b"'",
            b"<<: 5",
        ],
        *[
            b"<<: [5]",
            b"<<: {a: b}",
            b"a: &a [*a]",
            b"id: *id",
            b"a:\n\t- b",
            b"\t",
            b"a: 'b' c",
            b"@",
            b"`",
            b"a: b: c",
            b"a\nb: c",
        ],
        *[
            b"- " * 3000,
            b"[" * 5000,
            b"{a: " * 3000,
            b"? " * 3000,
            b"!!set {a}",
            b"!!omap [a: b]",
            b"!!python/name:os.system x",
        ],
        *[
            b"!!timestamp x",
            b"a: !!bool x",
            b"a: !!null x",
            b"1: 2",
            b"1.5: 2",
            b"2012-05-17: x",
            b"true: false",
            b"~: ~",
        ],
        *[b"a" * 100_000, b"a: " + b"9" * 100_000, b"#" * 2_000_000, "\u2028".encode(), "a: \u0085 b".encode()],
    ],
)
def test_malformed_bytes_are_refused(content: bytes, write_study: Write) -> None:
    with pytest.raises(InvalidStudy) as caught:
        load_study(write_study(content))
    assert all(problem.file == "data/trial/study.yml" for problem in caught.value.problems)


@pytest.mark.parametrize(
    "source", [b"", b"\0", b"\n", b"\xff", b"\xef\xbb\xbf", b"42 " * 100_000, b"4" * 300_000, b" " * 300_000]
)
def test_malformed_sources_are_refused(source: bytes, write_study: Write) -> None:
    with pytest.raises(InvalidStudy):
        load_study(write_study(source=source))


def test_malformed_study_without_any_one_character_never_ends_in_a_traceback(
    write_study: Write, study_text: str
) -> None:
    for i in range(0, len(study_text), 11):
        answers(write_study(study_text[:i] + study_text[i + 1 :]))


def test_malformed_study_cut_short_never_ends_in_a_traceback(write_study: Write, study_text: str) -> None:
    for i in range(0, len(study_text), 37):
        answers(write_study(study_text[:i]))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.text("ab:-[]{}&*!|>'\"%@`#,? \n\t\\~0159.", max_size=40), place=st.integers(0, 60))
def test_malformed_study_with_anything_put_in(noise: str, place: int, write_study: Write, study_text: str) -> None:
    at = place * len(study_text) // 60
    answers(write_study(study_text[:at] + noise + study_text[at:]))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abid", max_size=4), inner, max_size=3),
    max_leaves=8,
)
PLACES = ["id", "title", "sources", "groups", "scales", "claims", "exclusions", "accepted", "question", "language"]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(PLACES), value=JSON)
def test_malformed_study_with_any_value_at_a_key(
    place: str, value: object, write_study: Write, study_text: str
) -> None:
    lines = study_text.splitlines(keepends=True)
    kept = list(lines_outside(lines, place))
    answers(write_study("".join(kept) + f"{place}: {json.dumps(value)}\n"))


def lines_outside(lines: list[str], key: str) -> Iterator[str]:
    """The lines of the file without those of one key."""
    inside = False
    for line in lines:
        if not line.startswith(" "):
            inside = line.startswith(f"{key}:")
        if not inside:
            yield line


def answers(folder: Path) -> None:
    """The study loads, or its problems are reported: anything else is an error of this test."""
    try:
        load_study(folder)
    except InvalidStudy as error:
        assert error.problems  # noqa: PT017
        assert str(error).encode()  # noqa: PT017
