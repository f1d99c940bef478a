"""One painting, two drawings: texts on a screen, shapes on paper."""

from __future__ import annotations

import re

from lxml import etree

from evidence_brief.plots.plot import Plot

SVG = "{http://www.w3.org/2000/svg}"


def plot() -> Plot:
    def paint() -> object:
        from matplotlib import pyplot as plt

        figure, axes = plt.subplots(figsize=(3, 2))
        axes.plot([0.0, 1.0], [0.123456789, 0.9])
        axes.set_title("P < .05 -- α & β", fontweight="bold")
        return figure

    return Plot("test", "A caption.", "An alternative text: 0.12.", paint)  # type: ignore[arg-type]


def test_a_screen_is_given_texts_as_wide_as_they_were_painted() -> None:
    root = etree.fromstring(plot().svg.encode())
    title = next(text for text in root.iter(f"{SVG}text") if "P <" in (text.text or ""))
    assert title.text == "P < .05 -- α & β"
    assert title.get("font-weight") == "bold"
    assert 70 < float(title.get("textLength", "0")) < 130


def test_paper_is_given_shapes_and_no_text() -> None:
    root = etree.fromstring(plot().paper_svg.encode())
    assert list(root.iter(f"{SVG}text")) == []
    assert len(list(root.iter(f"{SVG}use"))) > 10


def test_both_say_what_they_show_and_hold_no_more_digits_than_are_seen() -> None:
    for drawing in (plot().svg, plot().paper_svg):
        assert "<dc:description>An alternative text: 0.12.</dc:description>" in drawing
        paths = " ".join(re.findall(r' d="([^"]*)"', drawing))
        assert re.search(r"\.\d{3,}", paths) is None
        assert drawing.count("<!--") == 1  # its seal


def test_the_screen_takes_less_than_the_paper() -> None:
    made = plot()
    assert len(made.svg) < 0.6 * len(made.paper_svg)
