import html

import pytest
from tests.readable import JATS

from evidence_brief.errors import UnreadableSource
from evidence_brief.extract.readers import read_bytes


@pytest.fixture(scope="module")
def reading():
    return read_bytes(JATS.encode(), "article.xml")


def body_of(content, doctype=""):
    article = f"<?xml version='1.0'?>{doctype}<article><body>{content}</body></article>"
    return read_bytes(article.encode(), "article.xml")


def test_jats_text(reading):
    assert reading.text == "\n\n".join(
        [
            "A trial of a drug*",
            "Methods",
            "We treated 42 patients.",
            "Results",
            "Remission: 91.7% vs. 55.6% (P=.007).",
            "Background",
            "It was shown that 5 × 10⁻³ mol/m² helps, χ²(1) = 7.39, t₂₈ = 2.20, of 12\u2009345.",
            "Results",
            "See Table 1 and the figure: 24 of 42.",
            "Table 1 Patients At baseline.",
            "Characteristic\tGroup\tP\nDrug (n=24)\tPlacebo (n=18)\nAge, years\t38.5±34.3 ᵃ\t40.1±9\t.45\nSex, n (%)\n"
            "Female\t12 (50.0)\t9 (50.0)\t1.00\nMale\t12 (50.0)\t9 (50.0)\t\nWeeks\t12\t13\t",
            "ᵃ Mean and SD.",
            "Figure 1 Flow of 42 patients.",
            "The formula p=0.04 and 12/24 once.",
            "Item A",
            "Item B",
            "Appendix",
            "Six of 42.",
        ]
    )


def test_jats_front_matter(reading):
    assert reading.title == "A trial of a drug*"
    assert (
        reading.citation
        == "First AB, Trial Group. A trial of a drug*. J Trials. 2012;5(2):101-109. doi:10.1000/trial.1."
    )
    assert (reading.language, reading.decimal_mark, reading.media_type) == ("en", ".", "application/jats+xml")


def test_jats_places_are_lines_and_paths(reading):
    lines = JATS.split("\n")
    place = reading.place(reading.text.index("We treated"))
    assert place == f"line {1 + next(i for i, x in enumerate(lines) if 'We treated' in x)}, " + (
        "/article/front/article-meta/abstract[1]/sec[1]/p"
    )
    assert reading.place(reading.text.index("12 (50.0)")).endswith("table/tbody/tr[3]/td[2]")
    assert reading.place(reading.text.index("\n\n")) is None


def test_jats_places_name_the_line_of_every_segment(reading):
    lines = JATS.split("\n")
    for segment in reading.segments:
        number = int(segment.place.removeprefix("line ").partition(",")[0])
        words = reading.text[segment.start : segment.end].split()
        around = html.unescape("".join(lines[number - 1 : number + 3]))
        assert any(word in around for word in words), (words, segment.place)


def test_jats_segments_lie_in_order(reading):
    ends = [0, *(segment.end for segment in reading.segments)]
    assert all(end <= segment.start < segment.end for end, segment in zip(ends, reading.segments, strict=False))


def test_jats_names_of_html_are_signs():
    assert body_of("<p>12&nbsp;&plusmn;&nbsp;3</p>").text == "12 ± 3"
    assert body_of("<p>12&nbsp;&plusmn; 3</p>", "<!DOCTYPE article SYSTEM 'a.dtd'>").text == "12 ± 3"


def test_jats_finds_the_article_in_a_collection():
    assert read_bytes(b"<set><x/><article><body><p>12</p></body></article></set>", "a.xml").text == "12"


def test_jats_without_a_declaration_or_an_ending_is_jats():
    assert (
        read_bytes(b"\n<!-- x --><article><body><p>12</p></body></article>", "a").media_type == "application/jats+xml"
    )


@pytest.mark.parametrize("content", ["<set><article/><article/></set>", "<svg/>", "<?xml version='1.0'?><a>12</a>"])
def test_xml_that_is_no_article_is_refused(content):
    with pytest.raises(UnreadableSource, match="is no article in JATS XML"):
        read_bytes(content.encode(), "a.xml")


def test_jats_without_text_is_refused():
    with pytest.raises(UnreadableSource, match="holds no article"):
        body_of("<sec/>")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>x <fn><p>Note 1</p></fn>goes on</p>", "x goes on\n\nNote 1"),
        ("<p>one<list><list-item><p>a</p></list-item></list>two</p>", "one\n\na\n\ntwo"),
        ("<p>one<xref ref-type='bibr'><sup>3</sup></xref>. Two</p>", "one. Two"),
        ("<p>as Other (<xref ref-type='bibr'>2003</xref>) found</p>", "as Other found"),
        ("<p>(<xref ref-type='fig'>Fig. 2</xref>)</p>", "(Fig. 2)"),
        ("<p>12.3<xref ref-type='table-fn'>a</xref></p>", "12.3 ᵃ"),
        ("<p><tex-math>$p&lt;.05$</tex-math></p>", "p<.05"),
        ("<p>a<break/>b<graphic/><!-- 9 --><?pi 9?></p>", "a b"),
        ("<p><named-content>12<unknown>34</unknown></named-content></p>", "1234"),
    ],
)
def test_jats_details(content, expected):
    assert body_of(content).text == expected
