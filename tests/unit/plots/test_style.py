"""Contrast of the colours of plots, after WCAG 2.1: text 4.5 to 1, marks 3 to 1, on light and on dark pages."""

from __future__ import annotations

import pytest

from evidence_brief.plots.style import BAND, BAND_EDGE, DARK, GREY, INK, PALETTE, PANEL, RIGHT, WRONG, batches, wrapped

PAGES = {"light": ("#ffffff", "#fdfdfb"), "dark": ("#14181d", "#222222")}
"""What plots stand on: paper and the pages of both engines."""

MARKS = [*PALETTE, RIGHT, WRONG, INK, GREY, BAND_EDGE]
TEXT = [INK, GREY, WRONG]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def shown(colour: str, scheme: str) -> str:
    return DARK[colour] if scheme == "dark" else colour


@pytest.mark.parametrize("scheme", PAGES)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_stand_out_from_every_page_and_from_the_band(mark: str, scheme: str) -> None:
    for ground in (*PAGES[scheme], *([shown(BAND, scheme)] if mark != BAND_EDGE else [])):
        assert contrast(shown(mark, scheme), ground) >= 3


@pytest.mark.parametrize("scheme", PAGES)
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read_on_every_page_and_in_boxes(text: str, scheme: str) -> None:
    for ground in (*PAGES[scheme], shown(PANEL, scheme)):
        assert contrast(shown(text, scheme), ground) >= 4.5


def test_every_colour_has_one_counterpart_of_its_own() -> None:
    assert len(set(DARK.values())) == len(DARK)


def test_batches_are_of_about_the_same_length() -> None:
    assert [len(part) for part in batches(range(9), 4)] == [3, 3, 3]
    assert batches([], 4) == []


def test_long_labels_are_wrapped_and_cut_in_their_middle() -> None:
    assert wrapped("one two three four", 9, lines=2) == "one two …\nfour"


def test_settings_of_whoever_paints_change_nothing() -> None:
    import matplotlib as mpl

    from evidence_brief.plots.style import style

    with style():
        expected = dict(mpl.rcParams)
    with mpl.rc_context({"axes.xmargin": 0.5, "path.sketch": (1, 100, 2), "axes.formatter.use_locale": True}):
        with style():
            assert dict(mpl.rcParams) == expected
        assert mpl.rcParams["axes.xmargin"] == 0.5
