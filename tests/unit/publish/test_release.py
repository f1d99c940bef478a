"""The record of a version: its number, and its way to a file and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.checks.result import VERDICTS
from evidence_brief.errors import DamagedVersion
from evidence_brief.publish.changes import CAUSES, Change
from evidence_brief.publish.place import numbers
from evidence_brief.publish.release import Number, Release, Since, from_json, long_date, to_json

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
OPTIONAL = st.none() | TEXT
DATES = st.dates().map(date.isoformat)
NUMBERS = st.builds(Number, st.integers(1, 999_999), st.integers(0, 999_999))
VERDICT = st.none() | st.sampled_from(VERDICTS)
CHANGES = st.builds(
    Change,
    what=st.sampled_from(["figure", "finding", "derived", "text"]),
    id=TEXT,
    label=TEXT,
    old=OPTIONAL,
    new=OPTIONAL,
    verdicts=st.tuples(VERDICT, VERDICT),
    recomputed=st.tuples(OPTIONAL, OPTIONAL),
    flips=OPTIONAL,
    was=OPTIONAL,
    causes=st.lists(st.sampled_from(CAUSES), max_size=5).map(tuple),
)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SINCE = st.builds(Since, NUMBERS.map(str), DATES, st.lists(CHANGES, max_size=3).map(tuple), TEXTS, TEXTS)
RELEASES = st.builds(
    Release, TEXT, NUMBERS, DATES, st.dictionaries(TEXT, TEXT, max_size=3), st.lists(SINCE, max_size=3).map(tuple)
)
CHANGE = Change("figure", "x", "X", "1", "2", ("reproduced", "contradicted"), ("1", "2"), "a → b", "Y", ("source",))
RELEASE = Release("trial", Number(2, 0), "2026-02-28", {"brief": "a"}, (Since("1.0", "2026-01-31", (CHANGE,)),))


@settings(deadline=None, max_examples=60)
@given(RELEASES)
def test_record_comes_back_as_it_was(release: Release) -> None:
    text = to_json(release)
    assert from_json(text, "x") == release
    assert to_json(from_json(text, "x")) == text


def test_record_does_not_depend_on_the_order_of_documents() -> None:
    one, two = (
        replace(RELEASE, documents=dict(pairs)) for pairs in ([("a", "1"), ("b", "2")], [("b", "2"), ("a", "1")])
    )
    assert to_json(one) == to_json(two)


def test_kind_is_what_the_number_says() -> None:
    assert Release("trial", Number(1, 0), "2026-01-31").kind == "first"
    assert replace(RELEASE, number=Number(2, 0)).kind == "major"
    assert replace(RELEASE, number=Number(2, 1)).kind == "minor"


def test_step_is_major_where_a_verdict_or_a_conclusion_changes() -> None:
    quiet = Since("1.1", "2026-02-01", (replace(CHANGE, verdicts=("reproduced", "reproduced"), flips=None),))
    assert RELEASE.since[0].is_major
    assert not quiet.is_major


def test_numbers_sort_as_numbers() -> None:
    names = [
        "v1.10",
        "v1.9",
        "v10.0",
        "v2.0",
        "v1.0",
        "latest",
        "1.1",
        "v01.0",
        "v1.01",
        "v1",
        "v1.x",
        "v٣.0",
        ".adding-x",
    ]
    assert [number.name for number in numbers(names)] == ["v1.0", "v1.9", "v1.10", "v2.0", "v10.0"]


def test_next_number_follows_its_kind() -> None:
    assert str(Number(1, 9).next("minor")) == "1.10"
    assert str(Number(1, 9).next("major")) == "2.0"
    assert Number.of("v1.10") == Number.of("1.10") == Number(1, 10)


@pytest.mark.parametrize(
    "text", ["", "v1", "1", "0.1", "1.", "v1.0.0", "1.01", "v1.0 ", "٣.0", "v1.-1", "9999999.0", "draft"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no version"):
        Number.of(text)


def test_dates_and_labels_are_for_readers() -> None:
    assert long_date("2026-11-04") == "4 November 2026"
    assert RELEASE.label == "version 2.0, 28 February 2026"


def test_record_of_no_json_is_damaged() -> None:
    for text in ("", "{", "[" * 100_000, '{"since": ' * 100_000, "9" * 5000, "null", "[]", "1e999", '"x"'):
        with pytest.raises(DamagedVersion, match=r"published/version\.json: is no record"):
            from_json(text, "published/version.json")


WRONG: list[Any] = [
    None,
    True,
    1,
    -1.5,
    "",
    "x",
    [],
    [1],
    {},
    {"a": 1},
    [[]],
    "\ud800",
    10**400,
    float("inf"),
    float("nan"),
]
PATHS = [
    *(("study",), ("number",), ("date",), ("documents",), ("documents", "brief"), ("since",), ("since", 0)),
    *(("since", 0, key) for key in ("version", "date", "changes", "files", "tools")),
    ("since", 0, "changes", 0),
    *(("since", 0, "changes", 0, key) for key in ("what", "id", "label", "old", "new", "verdicts", "recomputed")),
    *(("since", 0, "changes", 0, key) for key in ("flips", "was", "causes")),
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_record_of_wrong_types_is_damaged_or_can_be_shown(path: tuple[str | int, ...]) -> None:
    for wrong in WRONG:
        data = json.loads(to_json(RELEASE))
        place = data
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = wrong
        try:
            to_json(from_json(json.dumps(data), "x")).encode()
        except DamagedVersion as error:
            str(error).encode()
        del place[path[-1]]
        if isinstance(path[-1], str) and path != ("documents", "brief"):
            with pytest.raises(DamagedVersion):
                from_json(json.dumps(data), "x")


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        *((("date",), text) for text in ("2026-02-30", "20260131", "2026-W05-6", "31.1.2026", "2026-01-31T00:00")),
        *((("number",), text) for text in ("v2.0", "2", "2.0.0", 2.0)),
        *((("since", 0, "changes", 0, "causes"), value) for value in (["ghost"], "source", [1], [None])),
        *(
            (("since", 0, "changes", 0, "verdicts"), value)
            for value in (["wrong", None], [None], ["reproduced"] * 3, "ab")
        ),
        *((("since", 0, "changes", 0, "what"), value) for value in ("thing", [], None)),
        (("documents",), []),
    ],
)
def test_value_that_cannot_be_is_damaged(path: tuple[str | int, ...], wrong: object) -> None:
    data = json.loads(to_json(RELEASE))
    place = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = wrong
    with pytest.raises(DamagedVersion):
        from_json(json.dumps(data), "x")
