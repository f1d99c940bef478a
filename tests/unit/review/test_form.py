"""The form is made from the model, so that no field of a claim is forgotten."""

from __future__ import annotations

from typing import get_args

from evidence_brief.review.form import REFERENCES, form
from evidence_brief.study.kinds import Kind
from evidence_brief.study.model import Claim


def fields() -> dict[str, dict[str, object]]:
    return {str(field["name"]): field for field in form()["fields"]}


def test_form_has_every_field_of_a_claim_but_the_status() -> None:
    assert set(fields()) == set(Claim.model_fields) - {"status"}


def test_form_knows_for_which_types_a_field_is_and_what_it_may_be() -> None:
    assert fields()["test"]["kinds"] == ["p_value", "test_statistic"]
    assert fields()["outcome"]["kinds"] == []
    assert fields()["measure"]["choices"] == ["RR", "OR", "HR", "RD", "MD", "SMD"]
    assert [fields()[name]["input"] for name in ("compares", "of", "paired", "group")] == [
        "claims", "claim", "switch", "group",
    ]  # fmt: skip


def test_form_knows_what_every_reference_may_lead_to() -> None:
    targets = form()["targets"]
    assert set(targets) == set(get_args(Kind))
    assert all(set(found) == set(REFERENCES) for found in targets.values())
    assert targets["p_value"]["restates"] == ("p_value",)
