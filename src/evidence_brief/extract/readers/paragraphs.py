"""Lines of a PDF to paragraphs, by their distance, their size, their ends, and the words at their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from evidence_brief.extract.readers.pdf_lines import BROKEN, Line

_ENDS = re.compile(r"[.!?:;][\"'”’)\]⁰¹²³⁴⁵⁶⁷⁸⁹,⁻\s]*$")
_HYPHENS = ("-", "‐", BROKEN)
_GOES_ON = re.compile(r"\w[-–‐]$|\ufffe$")
_WORDS = re.compile(r"[\w’'-]+")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[-‐\ufffe]$")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_REFERENCES = re.compile(
    r"(?:\d+\.? )?(?:references?|bibliography|literature cited|literatur|références|referencias):?", re.I
)
_AFTER_REFERENCES = re.compile(r"(?:appendix|supplement|tables?\b|figures?\b|fig\.)", re.I)
_NEARER = 1.35  # lines farther apart than so many usual distances are of two paragraphs
_OF_ONE_SIZE = 0.12
_LARGEST_LIST = 0.6  # the share of the lines that a list of references can have; else the order of the text is another


def paragraphs(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines of each paragraph; one that goes on in the next column or on the next page is one."""
    found: list[list[Line]] = []
    for page in pages:
        for block in _blocks(page):
            right = max(line.right for line in block)
            left = min(line.left for line in block)
            pieces = [[block[0]]]
            for before, after in pairwise(block):
                if _goes_on(before, after, left, right):
                    pieces[-1].append(after)
                else:
                    pieces.append([after])
            if found and _goes_on_elsewhere(found[-1][-1], pieces[0][0]):
                found[-1] += pieces.pop(0)
            found += pieces
    return _without_references(found)


def _blocks(page: list[Line]) -> Iterator[list[Line]]:
    """Lines that stand under each other at the usual distance, in one size."""
    steps = [before.base - after.base for before, after in pairwise(page) if before.base > after.base]
    usual = median(steps) if steps else 0.0
    block: list[Line] = []
    for line in page:
        if block and not _under(block[-1], line, usual):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _under(before: Line, after: Line, usual: float) -> bool:
    step = before.base - after.base
    one_size = abs(before.height - after.height) <= _OF_ONE_SIZE * max(before.height, after.height)
    overlap = min(before.right, after.right) - max(before.left, after.left)
    return 0 < step <= max(_NEARER * usual, 0.9 * after.height) and one_size and overlap > 0


def _goes_on(before: Line, after: Line, left: float, right: float) -> bool:
    """Whether a line had no room for the first word of the next; a row of a table stands alone."""
    if "\t" in before.text or "\t" in after.text:
        return False
    if _GOES_ON.search(before.text):
        return True
    if after.left > left + 0.6 * after.height and before.left < left + 0.3 * after.height and _ENDS.search(before.text):
        return False
    letter = (before.right - before.left) / len(before.text)
    word = len(after.text.split(maxsplit=1)[0]) * letter
    return before.right + word + letter > right - letter


def _goes_on_elsewhere(before: Line, after: Line) -> bool:
    if "\t" in before.text or "\t" in after.text:
        return False
    one_size = abs(before.height - after.height) <= _OF_ONE_SIZE * max(before.height, after.height)
    elsewhere = after.page != before.page or after.base > before.base
    goes_on = _GOES_ON.search(before.text) or (after.text[:1].islower() and not _ENDS.search(before.text))
    return one_size and elsewhere and bool(goes_on)


def _without_references(found: list[list[Line]]) -> list[list[Line]]:
    """The paragraphs without those from the last heading "References" on, up to an appendix or tables after them."""
    heads = [i for i, one in enumerate(found) if len(one) == 1 and _REFERENCES.fullmatch(one[0].text)]
    if not heads:
        return found
    body, rest = found[: heads[-1]], found[heads[-1] + 1 :]
    again = next((i for i, one in enumerate(rest) if _AFTER_REFERENCES.match(one[0].text)), len(rest))
    left_out, all_lines = sum(map(len, rest[:again])), sum(map(len, found))
    return found if left_out > _LARGEST_LIST * all_lines else body + rest[again:]


def written(found: list[list[Line]]) -> Iterator[list[tuple[str, str]]]:
    """Of each paragraph its pieces of text with their places; what joins two lines has none."""
    known = {word for lines in found for word in _whole_words(lines)}
    for lines in found:
        pieces: list[tuple[str, str]] = []
        for i, line in enumerate(lines):
            text, after = line.text, lines[i + 1].text if i + 1 < len(lines) else ""
            joint = ""
            if after:
                text, joint = _joined(text, after, known)
            pieces += [(text.replace(BROKEN, "-"), line.place), *([(joint, "")] if joint else [])]
        yield pieces


def _whole_words(lines: list[Line]) -> Iterator[str]:
    """The words of a paragraph that no end of a line takes apart."""
    broken = False
    for line in lines:
        words = _WORDS.findall(line.text.lower())
        yield from words[1 if broken else 0 : -1]
        broken = line.text.endswith(_HYPHENS)
        if not broken and len(words) > 1:
            yield words[-1]


def _joined(before: str, after: str, known: set[str]) -> tuple[str, str]:
    """A line as it stands before the next, and what stands between them.

    A hyphen between letters goes where the word is known without it, or where it looks like one word: not where the
    word is known with its hyphen, or both halves are words.
    """
    if not before.endswith((*_HYPHENS, "–")):
        return before, " "
    first, second = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    if first is None or second is None:
        return before, "" if before[-2:-1].isalnum() else " "
    halves = first[1].lower(), second[0].lower()
    if "".join(halves) in known:
        return before[:-1], ""
    one_word = second[0].islower() and first[1][1:].islower() and not known.issuperset(halves)
    return (before[:-1] if one_word and "-".join(halves) not in known else before), ""
