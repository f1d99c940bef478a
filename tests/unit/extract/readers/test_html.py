import pytest
from tests.readable import HTML

from evidence_brief.errors import UnreadableSource
from evidence_brief.extract.readers import read_bytes


@pytest.fixture(scope="module")
def reading():
    return read_bytes(HTML.encode(), "article.html")


def body_of(content, name="a.html"):
    return read_bytes(f"<!doctype html><body>{content}</body>".encode(), name)


def test_html_text(reading):
    assert reading.text.split("\n\n") == [
        "A trial of a drug",
        "We treated 42 patients with 10⁻³ mol/m².",
        "Results",
        "Line one goes on.",
        "New paragraph–91.7%.",
        "Table 1. Patients",
        "Characteristic\tGroup\tP\nDrug (n=24)\tPlacebo (n=18)\nAge, years\t38.5±34.3 ᵃ\t40.1±9\t.45\nSex, n (%)\n"
        "Female\t12 (50.0)\t9 (50.0)\t1.00\nMale\t12 (50.0)\t9 (50.0)\t\nWeeks\t12\t13\t",
        "a Mean and SD.",
        "Appendix",
        "Six of 42.",
    ]


def test_html_head(reading):
    assert reading.title == "A trial of a drug"
    assert reading.citation == "First AB. A trial of a drug. J Trials. 2012;5:101. doi:10.1000/trial.1."
    assert (reading.language, reading.media_type) == ("en", "text/html")


def test_html_title_is_the_heading_or_the_title():
    assert body_of("<title>Site</title><h1>Head</h1><p>x").title == "Head"
    assert body_of("<title>Site</title><p>x").title == "Site"
    assert body_of("<p>x").title is None
    assert body_of("<p>x").citation is None


def test_html_places_are_lines_and_short_paths(reading):
    lines = HTML.split("\n")
    line = 1 + next(i for i, text in enumerate(lines) if "We treated" in text)
    assert reading.place(reading.text.index("42 patients")) == f"line {line}, #first"
    assert reading.place(reading.text.index("12 (50.0)")).endswith(", #results/table/tbody/tr[3]/td[2]")


def test_html_table_has_the_title_above_it(reading):
    assert [table.caption for table in reading.tables] == ["Table 1. Patients"]


def test_html_captions():
    assert body_of("<table><caption>Of <b>all</b></caption><tr><td>a<td>1</table>").tables[0].caption == "Of all"
    two = body_of("<h3>Table 2.</h3><p>Patients</p><table><tr><td>a<td>1</table>")
    assert two.tables[0].caption == "Table 2. Patients"
    assert body_of("<p>Some text.</p><table><tr><td>a<td>1</table>").tables[0].caption == ""


def test_html_tables_of_the_layout_are_text():
    reading = body_of("<table><tr><td><p>One</p><table><tr><td>a<td>1</table><td><p>Two</p></table>")
    assert reading.text == "One\n\na\t1\n\nTwo"
    assert len(reading.tables) == 1
    assert body_of("<table><tr><td>One<tr><td>Two</table>").tables == ()


def test_html_is_told_by_its_content():
    for name in ("a.txt", "a", "a.html", "a.md"):
        assert body_of("<p>12</p>", name).media_type == "text/html"
    assert read_bytes(b"12 patients", "a.htm").text == "12 patients"


@pytest.mark.parametrize(
    ("declared", "encoding"), [("windows-1252", "cp1252"), ("iso-8859-1", "cp1252"), ("shift_jis", "shift_jis")]
)
def test_html_in_the_encoding_that_it_declares(declared, encoding):
    text = "患者" if encoding == "shift_jis" else "Größe – 7"
    content = f'<html><head><meta charset="{declared}"></head><body><p>{text}'.encode(encoding)
    assert read_bytes(content, "a.html").text == text


def test_xhtml_with_a_declaration():
    content = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE html><html><body><p>µ 12</p></body></html>'
    assert read_bytes(content.encode("latin-1"), "a.xhtml").text == "µ 12"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>12.3<sup>a</sup> 19<sup>th</sup>", "12.3 ᵃ 19th"),
        ("<p>x&#1;y&#0;z &unknown; &lt;5", "x y\ufffdz &unknown; <5"),
        ("<p>as <a href='#x'>Other</a> and <a href='/refs'>here</a>", "as Other and here"),
        ("<p>as <a href='p.html#ref-CR12' title=x>[12]</a> found", "as found"),
        ("<p>(see <a href='#box1'>Box 1</a>) and (see <a href='#b1'>1</a>)", "(see Box 1) and"),
        ("<p>x<sup id='r'><a href='#cite_note-Other-2003-4'>[4]</a></sup>.", "x."),
        ("<header>5</header><p>6<article><h1>7</h1></article><article><p>8</article>", "7"),
        ("<noscript>5</noscript><template>6</template><svg><text>7</text></svg><button>8</button><p>9", "9"),
        ("<p class='x sr-only'>5</p><p>6", "6"),
        ("<math><msup><mi>χ</mi><mn>2</mn></msup><mo>=</mo><mn>7.39</mn></math>", "χ²=7.39"),
    ],
)
def test_html_details(content, expected):
    assert body_of(content).text == expected


def test_html_with_scripts_alone_is_refused():
    with pytest.raises(UnreadableSource, match="holds no article"):
        body_of("<script>var text = '12 patients'</script><style>p {}</style>")
