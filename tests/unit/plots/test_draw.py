"""Which plots of a study are drawn."""

from __future__ import annotations

from evidence_brief.plots import _first
from evidence_brief.plots.plot import Plot


def plots(number: int) -> list[Plot]:
    return [Plot(f"grim-{i}", "A map.", "", lambda: None) for i in range(number)]  # type: ignore[arg-type, return-value]


def test_as_many_figures_of_a_kind_as_there_may_be_are_drawn_as_they_are() -> None:
    assert [plot.caption for plot in _first(plots(2), 2)] == ["A map.", "A map."]
    assert list(_first([], 2)) == []


def test_further_figures_of_a_kind_are_counted_in_the_last_caption() -> None:
    drawn = list(_first(plots(5), 2))
    assert [plot.name for plot in drawn] == ["grim-0", "grim-1"]
    assert drawn[0].caption == "A map."
    assert drawn[1].caption == ("A map. 3 further figures of this kind are not drawn; the ledger has every number.")
    assert "1 further figure of this kind is not drawn" in next(_first(plots(2), 1)).caption
