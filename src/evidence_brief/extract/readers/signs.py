"""Signs of running text: white space, superscripts and subscripts, and the marks that lead to references."""

from __future__ import annotations

import re

MARK = "\x01"  # stands for a reference mark such as "12" until its paragraph is whole
NAMED, NAMED_END = "\x02", "\x03"  # around one that is words of the sentence, such as "Smith et al. 2001"

_UP = dict(zip("0123456789+=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_UP |= dict.fromkeys("-−–‐", "⁻")
_RAISED = frozenset(_UP.values())
_DOWN = dict(zip("0123456789+=", "₀₁₂₃₄₅₆₇₈₉₊₌", strict=True)) | dict.fromkeys("-−–", "₋")
_ORDINAL = re.compile(r"st|nd|rd|th|er|re|e|ème|o|a\.?|º|ª")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_WIDE = "\u00a0\u2000-\u200a\u202f"
_THOUSANDS = re.compile(rf"(?<=\d)([{_WIDE}])(?=\d{{3}}(?!\d))")

_BETWEEN = r"(?:[ ,;–—‐−&-]|and |to )*"
_MARKS = re.compile(rf"{MARK}(?:{_BETWEEN}{MARK})*")
_NUMERIC = re.compile(r"[\[(]?[\s\d⁰¹²³⁴-⁹⁻⁽⁾,;.–—‐−&*†‡§-]*[a-zᵃ-ᶻ]?[\])]?")
_YEAR = re.compile(r"[\[(]?[12]\d{3}[a-z]?[\])]?")
_LEFT_OVER = re.compile(r"[\s\d,;.()\[\]–—‐−-]*")
_WORDS = (
    r"[ ,;.&–—‐−-]|and |see |also |e\.g\.|i\.e\.|cf\.|refs?\.? |references? |reviewed in |reviewed by |in |et al\.?"
)
_PARENTHESIS = re.compile(
    rf"\((?:{_WORDS}|{MARK}|{NAMED}[^{NAMED_END}()]*{NAMED_END})*+\)"
    rf"|\[(?:{_WORDS}|{MARK}|\d{{1,3}}(?!\d)|{NAMED}[^{NAMED_END}\[\]]*{NAMED_END})*+\]"
)
_OPEN = re.compile(rf"(?<=[(\[])(?:{_MARKS.pattern})[ ,;]{{0,3}}")
_CLOSE = re.compile(rf"[ ,;]{{0,3}}(?:{_MARKS.pattern})(?=[)\]])")
_REST = re.compile(rf" ?(?:{_MARKS.pattern})")


def seen(text: str) -> str:
    """The text as browsers show it: "&#150;" is the dash of Windows, other control characters are white space."""
    return _CONTROL.sub(_shown, text) if _CONTROL.search(text) else text


def _shown(found: re.Match[str]) -> str:
    sign = bytes([ord(found[0])]).decode("cp1252", "replace")
    return " " if sign == found[0] or sign == "\ufffd" else sign


def collapsed(text: str) -> str:
    """The text on one line, white space collapsed; the space in "12 345" stays the sign that was printed."""
    text = text.translate(_INVISIBLE)
    if not _THOUSANDS.search(text):
        return " ".join(text.split())
    pieces = _THOUSANDS.split(text)  # text, space, text, space, …
    words = [piece if i % 2 else re.sub(r"\s+", " ", piece) for i, piece in enumerate(pieces)]
    return "".join(words).strip()


def mark(text: str) -> str:
    """A reference mark, as it stands in a paragraph until the paragraph is whole."""
    text = " ".join(_CONTROL.sub(" ", text).split())
    if _NUMERIC.fullmatch(text) and not _YEAR.fullmatch(text):
        return MARK
    return f"{NAMED}{text}{NAMED_END}"


def only_marks(text: str) -> bool:
    """Whether the text is reference marks and what stands between them."""
    return MARK in text and _LEFT_OVER.fullmatch(text.replace(MARK, "")) is not None


def without_marks(text: str) -> str:
    """The collapsed text of a whole paragraph without its reference marks, and without what only they leave behind.

    Marks with names, as in "as Smith et al. (2001) found", stay where the sentence needs them.
    """
    text = collapsed(text)
    if MARK not in text and NAMED not in text:
        return text
    for _ in range(2):  # brackets in brackets
        text = _PARENTHESIS.sub(_emptied, text)
    text = text.replace(NAMED, "").replace(NAMED_END, "")
    text = _CLOSE.sub("", _OPEN.sub("", text))
    text = _REST.sub("", text)
    return text.strip()


def _emptied(found: re.Match[str]) -> str:
    return MARK if MARK in found[0] or NAMED in found[0] else found[0]


def raised(text: str, before: str, *, in_table: bool = False, note: bool = False) -> str:
    """A superscript after the text `before`: a power in Unicode superscripts (10⁻³, m²), a footnote mark apart.

    In a table, what stands above a number that is no power of ten is a footnote mark; `note` says that it is one.
    """
    inner = text.strip()
    if not inner:
        return text
    if before[-1:].isdecimal() and _ORDINAL.fullmatch(inner) and len(inner) > 1:
        return text
    lifted = "".join(_UP.get(sign, sign) for sign in inner)
    after = " " if text[-1:].isspace() else ""
    if any(sign.isalnum() and sign not in _RAISED and not MARK <= sign <= NAMED_END for sign in lifted):
        return f" {inner}{after}" if before[-1:].isalnum() else f"{inner}{after}"
    footnote = before[-1:].isdecimal() and (note or not _power(inner, before, in_table))
    return f" {lifted}{after}" if footnote and lifted[0] in _RAISED else f"{lifted}{after}"


def _power(text: str, before: str, in_table: bool) -> bool:
    number = text.lstrip("+-−–‐").isdecimal()
    return number and (not in_table or re.search(r"(?<![\d.,])10$", before) is not None)


def lowered(text: str) -> str:
    """A subscript: digits as Unicode subscripts (t₂₈, CO₂), so that they are no figures; letters as they are."""
    inner = text.strip()
    if inner and all(sign in _DOWN or sign in ",. " for sign in inner):
        return "".join(_DOWN.get(sign, sign) for sign in inner) + (" " if text[-1:].isspace() else "")
    return text
