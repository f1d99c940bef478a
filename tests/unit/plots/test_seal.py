"""The seal of a drawing."""

from __future__ import annotations

from evidence_brief.plots.seal import is_as_drawn, sealed


def test_a_sealed_drawing_is_as_drawn() -> None:
    assert is_as_drawn(sealed("<svg><text>91.7%</text></svg>\n"))


def test_a_changed_digit_breaks_the_seal() -> None:
    assert not is_as_drawn(sealed("<svg><text>91.7%</text></svg>\n").replace("91.7", "97.1"))


def test_a_drawing_without_a_seal_is_not_as_drawn() -> None:
    assert not is_as_drawn("<svg/>\n")
