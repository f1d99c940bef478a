"""Bytes to text: the encoding that the file declares, else UTF-8, else the one that its signs suggest."""

from __future__ import annotations

import codecs
import re

from evidence_brief.errors import Problem, UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9._:-]{1,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_WEST = (
    "latin-1",
    "latin1",
    "iso8859-1",
    "iso-8859-1",
    "ascii",
    "us-ascii",
)  # as browsers do: what is called so is cp1252
_GUESSES = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr")
_SAMPLE = 100_000  # bytes that an encoding is guessed from
_EXPECTED = re.compile(
    r"[\x00-\x7f]|[–—‘’‚“”„•…™‰ €†‡\u00a0©®«»°±²³´µ¶·¹º¼½¾×÷§¿¡]|(?<=[A-Za-zÀ-ÿ])[À-ÿŒœŠšŽžŸ]|[À-ÿŒœŠšŽžŸ](?=[a-zß-ÿ])"
)
_NONSENSE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_ASCII = bytes(range(128))
_NO_TEXT = ("escape", "idna", "punycode")  # of names and of programs
SAVE_AS_UTF8 = "save it as UTF-8"


def decoded(content: bytes, name: str) -> str:
    """The text of the bytes, without a byte order mark, every line ended as in Unix.

    Raises UnreadableSource where they are no text.
    """
    text = _decoded(content, name).replace("\r\n", "\n").replace("\r", "\n")
    nonsense = _NONSENSE.search(text)
    if nonsense is not None:
        line = text.count("\n", 0, nonsense.start()) + 1
        found = f"{nonsense[0]!r} in a text read as {_called(content)}"
        raise UnreadableSource(Problem(name, "holds signs that no text has", line=line, found=found, mend=SAVE_AS_UTF8))
    return text


def _called(content: bytes) -> str:
    return _declared(content) or "UTF-8"


def _decoded(content: bytes, name: str) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strictly(content[len(bom) :], encoding, name)
    if (wide := _wide(content)) is not None:
        return _strictly(content, wide, name)
    declared = _declared(content)
    if declared is not None and declared not in _WEST:
        return _strictly(content, declared, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared is not None:
            return _strictly(content, "cp1252", name)
        guess = _guess(content, error.start)
        if guess is None:
            line = content.count(b"\n", 0, error.start) + 1
            found = f"the byte 0x{content[error.start]:02x}"
            what = "is text in an encoding that cannot be told"
            raise UnreadableSource(
                Problem(name, what, line=line, expected="UTF-8", found=found, mend=SAVE_AS_UTF8)
            ) from error
        return _strictly(content, guess, name)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02x}"
        what = "is not in the encoding that it names"
        raise UnreadableSource(
            Problem(name, what, line=line, expected=encoding, found=found, mend=SAVE_AS_UTF8)
        ) from error


def _declared(content: bytes) -> str | None:
    """The encoding that an XML declaration or an HTML meta element names, if Python knows it."""
    head = content[:4096]
    found = _XML.match(head.lstrip()) or _META.search(head)
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    # a declaration that can be read as ASCII is not in UTF-16, whatever it says
    return name if _extends_ascii(name) else None


def _extends_ascii(encoding: str) -> bool:
    try:
        return not any(word in encoding for word in _NO_TEXT) and _ASCII.decode(encoding) == _ASCII.decode("ascii")
    except (LookupError, UnicodeError):
        return False


def _wide(content: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Latin letters is zero."""
    sample = content[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(content) % 2 == 0 and max(even, odd) > len(sample) // 4 and min(even, odd) * 10 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _guess(content: bytes, first: int) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8: Western where all its signs stand as they do in articles."""
    sample = content[max(0, first - _SAMPLE // 2) :][:_SAMPLE]
    try:
        if not _EXPECTED.sub("", sample.decode("cp1252")):
            return "cp1252"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_GUESSES)).best()
    return None if best is None else best.encoding
