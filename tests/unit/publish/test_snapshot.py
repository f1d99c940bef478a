"""Ledger files read back, with distrust."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.conclusions import Conclusion
from evidence_brief.errors import DamagedVersion
from evidence_brief.ledger import Ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.publish.changes import compare
from evidence_brief.publish.snapshot import read_snapshot


@pytest.fixture(scope="module")
def data(check: Callable[[str], Ledger]) -> dict[str, Any]:
    """A ledger file: with every kind of item."""
    text = to_json(
        check("""
patients: {drug: 50, placebo: 50}
claims:
  - {id: one, value: "60%", type: proportion, group: drug}
  - {id: two, value: "31%", type: proportion, group: placebo}
  - {id: p, value: "P=.003", type: p_value, compares: [one, two]}
""")
    )
    found: dict[str, Any] = json.loads(text)
    return found


def test_ledger_is_read_with_its_conclusions(data: dict[str, Any]) -> None:
    found = read_snapshot(json.dumps(data), "ledger.json")
    assert list(found.figures) == ["drug.n", "placebo.n", "one", "two", "p"]
    assert found.figures["p"].concludes == Conclusion(True, "higher")
    assert found.figures["two"].verdict == "contradicted"
    assert [item.severity for item in found.findings.values()] == ["contradiction", "warning"]
    assert "one.ci" in found.derived


def test_ledger_without_conclusions_or_citation_can_be_read(data: dict[str, Any]) -> None:
    old = copy.deepcopy(data)
    del old["citation"]
    for claim in old["claims"]:
        del claim["significant"], claim["direction"]
    assert read_snapshot(json.dumps(old), "x").figures["p"].concludes == Conclusion()


def test_findings_of_the_same_code_and_claims_are_all_kept(data: dict[str, Any]) -> None:
    twice = copy.deepcopy(data)
    twice["findings"] += [{**twice["findings"][0], "sentence": "Another."}]
    one, two = (read_snapshot(json.dumps(item), "x") for item in (data, twice))
    (change,) = compare(one, two)
    assert (change.what, change.old, change.new, change.is_major) == ("finding", None, "Another.", True)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "1", '"x"', "{}", "[" * 100_000, '{"a":' * 100_000, "9" * 5000]
)
def test_what_is_no_ledger_is_damaged(text: str) -> None:
    with pytest.raises(DamagedVersion, match="place/ledger.json: is no ledger"):
        read_snapshot(text, "place/ledger.json")


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
    "\ud800",
    "nan",
    "1e999",
    10**400,
    float("inf"),
]
KEYS = [
    ("title",),
    ("citation",),
    *(("claims", 0, key) for key in ("id", "label", "type", "quote", "printed", "recomputed", "verdict", "condition")),
    *(("claims", 4, key) for key in ("significant", "direction", "recomputed")),
    *(("findings", 0, key) for key in ("code", "claims", "severity", "sentence", "accepted")),
    *(("derived", 0, key) for key in ("id", "label", "text", "kind", "estimate", "low", "high")),
    *((key, 0) for key in ("claims", "findings", "derived")),
    *((key,) for key in ("claims", "findings", "derived")),
]


@pytest.mark.parametrize("path", KEYS, ids=lambda path: ".".join(map(str, path)))
def test_wrong_type_is_damaged_or_can_be_compared(data: dict[str, Any], path: tuple[str | int, ...]) -> None:
    good = read_snapshot(json.dumps(data), "x")
    damaged = 0
    for wrong in WRONG:
        other = copy.deepcopy(data)
        place: Any = other
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = wrong
        try:
            found = read_snapshot(json.dumps(other), "x")
        except DamagedVersion as error:
            str(error).encode()
            damaged += 1
        else:
            repr(compare(good, found)).encode()
    assert damaged >= 8


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5),
                 lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner))
)  # fmt: skip
def test_no_json_makes_the_reader_stumble(value: object) -> None:
    for document in (value, {"title": "x", "claims": value, "findings": value, "derived": value}):
        try:
            read_snapshot(json.dumps(document), "x")
        except DamagedVersion:
            continue
        assert value == []
