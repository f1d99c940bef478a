import pytest
from tests.readable import built_pdf, encrypted_pdf, pdf, scanned_pdf, words

from evidence_brief.errors import UnreadableSource
from evidence_brief.extract.readers import pdf as reader
from evidence_brief.extract.readers import read_bytes


def read(content):
    return read_bytes(content, "a.pdf")


def test_pdf_lines_become_paragraphs():
    reading = read(pdf(f"{words(80)}, of 42 patients.\n\nThe next one: {words(60)}."))
    assert reading.text == f"{words(80)}, of 42 patients.\n\nThe next one: {words(60)}."
    assert reading.media_type == "application/pdf"
    assert reading.tables == ()


def test_pdf_places_are_pages_and_lines():
    reading = read(pdf("First 11.\n\nSecond 22.\n#pagebreak()\nThird 33."))
    assert reading.place(reading.text.index("11")) == "page 1, line 1"
    assert reading.place(reading.text.index("22")) == "page 1, line 2"
    assert reading.place(reading.text.index("33")) == "page 2, line 1"


def test_pdf_columns_are_read_one_after_the_other():
    body = f"{words(300)} and the last word."
    reading = read(pdf(body, columns=2))
    assert reading.text == body


def test_pdf_paragraph_goes_on_over_the_page_without_head_and_number():
    body = f"{words(700)} and the last word."
    reading = read(pdf(body, head="Running head 5"))
    assert reading.text == body
    assert reading.place(len(reading.text) - 2).startswith("page 2, line ")


def test_pdf_figures_in_the_margins_of_pages_stay():
    rows = "#pagebreak()".join(f"#v(-9mm)\n12 (5{page}%)\n\n{words(30)} for {page}" for page in range(3))
    text = read(pdf(rows)).text
    assert all(figure in text for figure in ("12 (50%)", "12 (51%)", "12 (52%)"))


def test_pdf_superscripts_and_subscripts():
    text = (
        r"It was 5 × 10#super[−3] mol in m#super[2], χ#super[2]\(1) = 7.39 and t#sub[28] = 2.20 on the 19#super[th] day"
    )
    assert read(pdf(text)).text == "It was 5 × 10⁻³ mol in m², χ²(1) = 7.39 and t₂₈ = 2.20 on the 19th day"


def test_pdf_reference_marks_stand_apart_from_figures():
    assert read(pdf("In 24 of 42 patients.#super[12] The next 57%.")).text == "In 24 of 42 patients.¹² The next 57%."


def test_pdf_ligatures_are_letters():
    assert read(pdf("efficient office affluent first flow")).text == "efficient office affluent first flow"


def test_pdf_hyphens_go_between_letters_only():
    reading = read(pdf("A dose-response of dose-#linebreak()response; treat-#linebreak()ment, 4-#linebreak()18 months"))
    assert reading.text == "A dose-response of dose-response; treatment, 4-18 months"


def test_pdf_rows_of_tables_are_lines_with_tabs():
    table = "#table(columns: (3cm, 3cm, 3cm), [Sex], [Drug], [Placebo], [Female], [12 (50%)], [9 (50%)])"
    assert read(pdf(f"Text.\n\n{table}")).text == "Text.\n\nSex\tDrug\tPlacebo\n\nFemale\t12 (50%)\t9 (50%)"


def test_pdf_headings_are_paragraphs():
    assert read(pdf(f"= Results\n{words(40)}.")).text == f"Results\n\n{words(40)}."


def test_pdf_without_its_references():
    body = f"{words(100)}.\n\n= References\n+ Other 2003;4:55.\n+ Other 2004.\n= Appendix\nSix of 42."
    assert read(pdf(body)).text == f"{words(100)}.\n\nAppendix\n\nSix of 42."


def test_pdf_title_and_comma():
    reading = read(pdf('#set document(title: "A trial")\nEs war p=0,03 bei 7,4 ± 2,1 Jahren.'))
    assert (reading.title, reading.decimal_mark) == ("A trial", ",")


def refused(content, name="a.pdf"):
    with pytest.raises(UnreadableSource) as info:
        read_bytes(content, name)
    return str(info.value)


def test_pdf_of_pictures_is_refused():
    assert "its pages are pictures" in refused(scanned_pdf())
    assert "text on 0 of 2 pages" in refused(scanned_pdf())
    assert "text on 1 of 4 pages" in refused(pdf("Cover.\n" + "#pagebreak()\n#rect()\n" * 3))


def test_pdf_with_a_password_is_refused():
    assert "is an encrypted PDF" in refused(encrypted_pdf())


def test_pdf_that_is_damaged_is_refused():
    assert "is a PDF that cannot be read" in refused(b"%PDF-1.7\nnothing")
    assert "is a PDF that cannot be read" in refused(b"%PDF-1.7")
    whole = pdf("Of 42 patients.")
    assert "is a PDF that cannot be read" in refused(whole[: len(whole) // 4])


def test_pdf_of_too_many_pages_is_refused():
    pages = b" ".join(b"%d 0 R" % i for i in range(3, 3003))
    tree = b"<</Type/Pages/Count 3000/MediaBox[0 0 9 9]/Kids[" + pages + b"]>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", tree, *[b"<</Type/Page/Parent 2 0 R>>"] * 3000]
    assert "has more than 1,000 pages" in refused(built_pdf(objects))


def test_pdf_of_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_SIGNS", 10)
    assert "holds more text than an article" in refused(pdf("First 11.\n\nSecond 22.\n#pagebreak()\nThird 33."))
