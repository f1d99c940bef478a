from evidence_brief.extract.readers import read_bytes


def test_text_is_what_the_file_holds():
    content = "Of 42 patients,\n\n  24 received it (P=.007).\tEnd\n"
    assert read_bytes(content.encode(), "a.txt").text == content


def test_text_drops_the_byte_order_mark_and_ends_lines_alike():
    assert read_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n", "a.txt").text == "one\ntwo\nthree\n"


def test_text_is_not_normalised():
    content = "7.4\u00a0\u00b1\u20092.1 \u212b \ufb01 e\u0301"
    assert read_bytes(content.encode(), "a.txt").text == content


def test_text_places_are_lines():
    reading = read_bytes(b"first\n\nthird 5%\n", "a.txt")
    assert reading.place(reading.text.index("first")) == "line 1"
    assert reading.place(reading.text.index("5%")) == "line 3"
    assert reading.place(6) is None
    assert reading.place(len(reading.text)) is None


def test_text_that_begins_with_a_sign_is_text():
    assert read_bytes(b"<0.05 was significant; 3<4", "a.txt").text == "<0.05 was significant; 3<4"


def test_text_of_a_name_without_an_ending_is_text():
    assert read_bytes(b"# 12 patients", "article").text == "# 12 patients"


def test_utf_16_with_and_without_a_mark():
    text = "Von 42 Patienten erhielten 24 (57,1 %) Immunglobulin."
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_windows_signs_are_told():
    text = "Größe 7.4 ± 2.1 µg – “quoted”"
    assert read_bytes(text.encode("cp1252"), "a.txt").text == text


def test_other_scripts_are_told():
    text = "Пациенты были разделены на две группы, 12 и 14 человек в каждой."
    assert read_bytes(text.encode("cp1251"), "a.txt").text == text


def test_markdown_has_no_markup_and_keeps_its_lines():
    source = b"# A *trial*\n\nOf **42** patients,\n24 had 10<sup>-3</sup>.\n\n- one\n- two `x`\n"
    source += b"\n## References\n\n1. Other 2001\n"
    reading = read_bytes(source, "a.md")
    assert reading.text == "A trial\n\nOf 42 patients, 24 had 10⁻³.\n\none\n\ntwo x"
    assert reading.place(reading.text.index("42")) == "line 3"
    assert reading.place(reading.text.index("two")) == "line 7"
    assert (reading.title, reading.media_type) == ("A trial", "text/markdown")


def test_markdown_tables_are_tables():
    reading = read_bytes(b"text\n\n| Group | n |\n|---|---|\n| Drug | 12 |\n", "a.md")
    cell = reading.tables[0].cells[-1]
    assert reading.text[cell.start : cell.end] == "12"
    assert (cell.headers, cell.stub) == (("n",), ("Drug",))
    assert reading.place(cell.start) == "line 5"
