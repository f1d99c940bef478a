"""What is no article is refused: with its name, what was found, and a way out; soon, and in little memory."""

import contextlib
import os
import random
import re
import time

import pytest
from tests.readable import HTML, JATS, pdf, words

from evidence_brief.errors import UnreadableSource
from evidence_brief.extract.readers import read, read_bytes
from evidence_brief.extract.readers.parse import MOST_TAGS
from evidence_brief.study.sources import LARGEST_SOURCE


def refused(content, name):
    with pytest.raises(UnreadableSource) as info:
        read_bytes(content, name)
    (problem,) = info.value.problems
    assert problem.file == name
    assert problem.mend
    return problem


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0", "a picture (JPEG)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a picture (WebP)"),
        (b"PK\x03\x04\x14\x00word/document.xml", "a Word document (docx)"),
        (b"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument file"),
        (b"PK\x03\x04\x14\x00a.txt", "an archive (zip)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Word, Excel or PowerPoint"),
        (b"{\\rtf1 12}", "a document in RTF"),
        (b"\x1f\x8b\x08", "a compressed file (gzip)"),
    ],
)
def test_binary_files_are_named(content, found):
    problem = refused(content, "article.txt")
    assert problem.found == found
    assert "HTML" in problem.mend


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", "\u00a0\u2003".encode()])
def test_empty_files(content):
    assert refused(content, "a.txt").message == "is empty"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.xml", "a.md"])
def test_signs_that_no_text_has(name):
    assert refused(b"<p>one\n\n12\x01 patients", name).line == 3
    assert refused("<p>one\n12\ufffd patients".encode(), name).line == 2


def test_bytes_that_are_no_text():
    assert refused(bytes(range(128, 256)) * 9 + bytes(range(32)), "a.txt").expected == "UTF-8"
    assert refused(b"\xff\xfea", "a.txt").expected == "utf-16-le"
    assert refused(b"\xff\xfea\x00\x00\xd8", "a.txt").expected == "utf-16-le"


def test_text_that_is_not_in_the_encoding_it_names():
    content = b'<?xml version="1.0" encoding="utf-8"?>\n<article><body>\n<p>\xe9</p></body></article>'
    problem = refused(content, "a.xml")
    assert (problem.line, problem.expected, problem.found) == (3, "utf-8", "the byte 0xe9")


@pytest.mark.parametrize("declared", ["foo-8", "rot13", "utf-16", "unicode_escape", "idna", "base64", "undefined"])
def test_encodings_that_cannot_be_are_ignored(declared):
    content = f'<?xml version="1.0" encoding="{declared}"?><article><body><p>\u00b112</p></body></article>'
    assert read_bytes(content.encode(), "a.xml").text == "±12"


def test_broken_xml_names_its_line():
    problem = refused(b"<?xml version='1.0'?>\n<article>\n<body><p>a & b</p></body></article>", "a.xml")
    assert (problem.message, problem.line) == ("is broken XML", 3)
    assert refused(b"<article><body>\n<p>12", "a.xml").line == 2
    assert refused(b"12 patients", "a.nxml").message == "is broken XML"


def jats(content, internal):
    return f"<?xml version='1.0'?><!DOCTYPE article [{internal}]><article><body>{content}</body></article>".encode()


LAUGHS = "<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{i + 1} '{f'&l{i};' * 10}'>" for i in range(9))
LONG = f"<!ENTITY a '{'a' * 100_000}'>"


@pytest.mark.parametrize(
    ("content", "internal"),
    [
        ("<p>&l9;</p>", LAUGHS),
        ("<p id='&l9;'>1</p>", LAUGHS),
        (f"<p>{'&a;' * 100_000}</p>", LONG),
        (f"<p id='{'&a;' * 100_000}'>1</p>", LONG),
    ],
)
def test_xml_bombs(content, internal):
    start = time.monotonic()
    assert refused(jats(content, internal), "a.xml").message == "is XML that unfolds beyond any article"
    assert time.monotonic() - start < 5


def test_external_entities_are_never_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("12345")
    for internal in (f"<!ENTITY x SYSTEM '{secret.as_uri()}'>", "<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>"):
        problem = refused(jats("<p>&x;</p>", internal), "a.xml")
        assert "12345" not in str(problem)
        assert problem.found.startswith("&x; in line 1")


def test_document_type_is_never_read(tmp_path):
    dtd = tmp_path / "a.dtd"
    dtd.write_text("<!ENTITY x '12345'>")
    content = f"<!DOCTYPE article SYSTEM '{dtd.as_uri()}'><article><body><p>7&x;</p></body></article>"
    refused(content.encode(), "a.xml")
    parameter = jats("<p>7</p>", f"<!ENTITY % x SYSTEM '{dtd.as_uri()}'> %x;")
    assert read_bytes(parameter, "a.xml").text == "7"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<article>" + b"<sec>" * 100_000 + b"</sec>" * 100_000 + b"</article>", "a.xml"),
        (b"<!doctype html>" + b"<div>" * 100_000 + b"12", "a.html"),
        (b"<!doctype html>" + b"<b>x" * 1_000_000, "a.html"),
        (b"<!doctype html>" + b"<p>x" * 1_000_000, "a.html"),
        (b"<!doctype html><table>" + b"<tr><td>" * 1_000_000, "a.html"),
        (b">" * 100_000 + b"12", "a.md"),
    ],
)
def test_deep_and_endless_markup(content, name):
    start = time.monotonic()
    refused(content, name)
    assert time.monotonic() - start < 5


def test_markup_just_below_the_depth_is_read():
    assert read_bytes(
        b"<article><body>" + b"<sec>" * 250 + b"<p>12</p>" + b"</sec>" * 250 + b"</body></article>", "a"
    ).text
    assert read_bytes(b"<!doctype html><body>" + b"<div>" * 250 + b"12", "a.html").text == "12"
    assert read_bytes(b"<!doctype html><body>" + b"<sup>" * 250 + b"2", "a.html").text == "²"


def test_many_tags_are_refused_from_one_number_on():
    within = b"<!doctype html>" + b"<br>" * (MOST_TAGS - 2) + b"<p>12"
    assert read_bytes(within.replace(b"<br>", b"<!>"), "a.html").text == "12"
    refused(within + b"<p>", "a.html")


def test_files_that_are_too_large(tmp_path):
    assert refused(b"1" * (LARGEST_SOURCE + 1), "a.txt").message == "is larger than 20 MB"
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(100_000_000_000)  # a hole: it takes no room
    with pytest.raises(UnreadableSource, match="is larger than 20 MB"):
        read(huge)


def test_markdown_that_is_too_large():
    assert refused(b"12 patients\n" * 100_000, "a.md").message == "is larger than a Markdown article"


def test_paths_that_are_no_files(tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    os.mkfifo(tmp_path / "pipe")
    for path, words_ in (
        (tmp_path, "a folder"),
        (tmp_path / "pipe", "a device or a pipe"),
        (tmp_path / "missing.txt", "No such file"),
        (loop, "symbolic links"),
        (tmp_path / ("n" * 300), "too long"),
        (tmp_path / "a\0b", "null byte"),
    ):
        with pytest.raises(UnreadableSource, match=words_):
            read(path)


def test_file_without_permission(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("12")

    def denied(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(type(path), "open", denied)  # root may read everything
    with pytest.raises(UnreadableSource, match="Permission denied"):
        read(path)


def test_file_is_read_under_its_name(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>12 patients")
    assert read(path).text == "12 patients"


HOSTILE = [
    "<xref ref-type='bibr'>1</xref>" + "," * 300_000,
    "<xref ref-type='bibr'>1</xref>" + "(" * 300_000,
    "<xref ref-type='bibr'>1</xref>(" + "et al." * 100_000,
    "(<xref ref-type='bibr'>Other 2001</xref>, " * 20_000,
    "<xref ref-type='bibr'>1</xref>" + " [1" * 100_000,
    "<tex-math>" + "{" * 50_000 + "}" * 50_000 + "</tex-math>",
    "<tex-math>" + r"\frac{1" * 50_000 + "</tex-math>",
    "1<sup>2</sup>" * 30_000,
    " " * 1_000_000,
    "1,2" * 300_000,
    "0," + "1" * 1_000_000,
    "12\u2009345" * 100_000,
    "<fig><caption><p>y</p></caption></fig>" * 10_000,
]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_reading_takes_time_in_proportion(content):
    start = time.process_time()
    with contextlib.suppress(UnreadableSource):
        read_bytes(f"<article><body><p>x{content}</p></body></article>".encode(), "a.xml")
    assert time.process_time() - start < 5


def mutated(content, chance):
    """The content with a few bytes changed, doubled, dropped, or a piece of it moved."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(changed) or 1)
        until = min(len(changed), at + chance.choice((1, 2, 20, 400)))
        what = chance.randrange(5)
        if what == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            del changed[at:until]
        elif what == 2:
            changed[at:at] = changed[at:until]
        elif what == 3:
            changed[at:at] = chance.choice(
                (b"<", b">", b"&", b"\x00", b"</p>", b"<td>", b"]]>", b"<!--", b"&#0;", b"\xff")
            )
        else:
            changed = changed[: max(1, until)]
    return bytes(changed)


@pytest.mark.parametrize(
    ("content", "name", "times"),
    [
        (JATS.encode(), "a.xml", 400),
        (HTML.encode(), "a.html", 400),
        (b"# A\n\n|a|b|\n|-|-|\n|1|2|\n\n- x `y` [z](#a) <b>12</b>\n", "a.md", 200),
        ("A trial: 24 of 42 (57.1 %), p = .03; 7.4±2.1".encode(), "a.txt", 300),
    ],
)
def test_mutations_are_read_or_refused(content, name, times):
    chance = random.Random(6)
    for _ in range(times):
        try:
            reading = read_bytes(mutated(content, chance), name)
        except UnreadableSource:
            continue
        assert reading.text.strip()
        assert not re.search("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", reading.text), "no text may have them"


def test_mutated_pdfs_are_read_or_refused():
    chance, content = random.Random(6), pdf(f"= Results\n{words(60)} 24 of 42.")
    for _ in range(100):
        try:
            read_bytes(mutated(content, chance), "a.pdf")
        except UnreadableSource:
            continue
