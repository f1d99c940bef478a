"""Intervals of percentages that print no sign of their own."""

from __future__ import annotations

import pytest

TEXT = """
claims:
  - {{id: rd, value: "{value}", type: estimate, measure: RD}}
  - {{id: ci, value: "{limits}", type: confidence_interval, of: rd}}
"""


@pytest.mark.parametrize(
    ("value", "limits", "percent"),
    [
        ("11%", "3 to 25", True),
        ("0.66%", "0.48 to 0.84", True),
        ("-0.30%", "-0.58 to -0.01", True),
        ("11%", "0.03 to 0.25", False),
        ("0.11", "0.03 to 0.25", False),
        ("0.66%", "0.0048 to 0.0084", False),
    ],
)
def test_interval_of_a_percentage_is_in_percent_where_it_holds_it_so(study_of, value, limits, percent):
    study = study_of(TEXT.format(value=value, limits=limits))
    assert all(number.percent is percent for number in study.values["ci"].numbers)
