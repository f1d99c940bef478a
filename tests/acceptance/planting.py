"""Faults as another hand would plant them: into the text of a page, or into what Typst sets a paper from.

A planter takes the text and a random generator, and gives the text with one fault, or None where it finds no place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from random import Random

Plant = Callable[[str, Random], str | None]


@dataclass(frozen=True)
class Kind:
    """How the texts of a page or a paper are found: what is no text, and where rows and cells stand."""

    silent: re.Pattern[str]
    rows: re.Pattern[str]
    cells: re.Pattern[str]
    minus: str = "−"


# Scripts, styles and tags say nothing; the body alone is looked at.
PAGE = Kind(
    silent=re.compile(r"\A.*?<body>|<(script|style|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>|&\w+;", re.S),
    rows=re.compile(r"<tr\b(?:(?!</?tr\b).)*<td.*?</tr>|<li>(?:(?!</?li>).)*</li>|<dd>(?:(?!</?dd>).)*</dd>", re.S),
    cells=re.compile(r"(?<=>)(?:(?!</?t[dh]\b).)*?\d(?:(?!</?t[dh]\b).)*?(?=</td>)", re.S),
)
# Lengths, colours, labels, names of files, and all before the title are no text.
PAPER = Kind(
    silent=re.compile(
        r"\A.*?#title\(|<[\w.-]+>|rgb\(\"[^\"]*\"\)|^ *(?:columns|align): .*?$|image\(\"[^\"]*\"|width: 100%|"
        r"\d[\d.]*(?:em|pt|cm)\b|#evidence-(?:facts|fit)\(.*?$|qr\(.*?\)|#\w[\w-]*\(\"[^\"]*\"\)",
        re.S | re.M,
    ),
    rows=re.compile(r"(?<=\n)    \[(?:(?!\n    \[).)*?\],(?=\n(?:    \[|  \)\]))", re.S),
    cells=re.compile(r"(?<=\[)[^\[\]]*\d[^\[\]]*(?=\])"),
)


@cache
def _read(kind: Kind, text: str) -> str:
    """What a reader reads, with blanks of the same length for the rest."""
    return kind.silent.sub(lambda match: "\0" * len(match[0]), text)


@cache
def _rows(kind: Kind, text: str) -> list[re.Match[str]]:
    return list(kind.rows.finditer(text))


def _spots(kind: Kind, text: str, pattern: str) -> list[re.Match[str]]:
    """Where the pattern stands in what a reader reads."""
    return list(re.finditer(pattern, _read(kind, text)))


def _put(text: str, match: re.Match[str], new: str) -> str | None:
    return text[: match.start()] + new + text[match.end() :] if new != match[0] else None


def _one(kind: Kind, pattern: str, new: Callable[[re.Match[str], Random], str]) -> Plant:
    def plant(text: str, rng: Random) -> str | None:
        spots = _spots(kind, text, pattern)
        if not spots:
            return None
        match = rng.choice(spots)
        return _put(text, match, new(match, rng))

    return plant


def digit(kind: Kind) -> Plant:
    """Another digit somewhere."""
    return _one(kind, r"\d", lambda match, rng: str((int(match[0]) + rng.randint(1, 9)) % 10))


def point(kind: Kind) -> Plant:
    """A decimal point at another place."""
    return _one(kind, r"(\d)(\\?[.,])(\d)", lambda match, rng: match[2] + match[1] + match[3])


def sign(kind: Kind) -> Plant:
    """A minus sign taken away, or put before a number; a plus or minus that becomes a plus."""
    pattern = rf"{kind.minus}(?=\d)|±|(?<=[\s(\[\0])\d"
    return _one(kind, pattern, lambda match, rng: {"−": "", "±": "+"}.get(match[0], kind.minus + match[0]))


def percent(kind: Kind) -> Plant:
    """A percentage without its sign, or a count as a percentage."""
    return _one(kind, r"\d%|\b\d+/\d+\b", lambda match, rng: match[0][:-1] if "%" in match[0] else f"{match[0]}%")


def swapped(kind: Kind) -> Plant:
    """Two neighbouring texts with numbers, such as the arms of a comparison, change places."""

    def plant(text: str, rng: Random) -> str | None:
        row = rng.choice(_rows(kind, text))
        cells = list(kind.cells.finditer(text, *row.span()))
        pairs = [(a, b) for a, b in pairwise(cells) if a[0] != b[0]]
        if not pairs:
            return None
        first, second = rng.choice(pairs)
        between = text[first.end() : second.start()]
        return text[: first.start()] + second[0] + between + first[0] + text[second.end() :]

    return plant


def dropped(kind: Kind) -> Plant:
    """A row, an entry or a description that is gone."""

    def plant(text: str, rng: Random) -> str | None:
        row = rng.choice(_rows(kind, text))
        return text[: row.start()] + text[row.end() :]

    return plant


def stale(kind: Kind, figures: list[str]) -> Plant:
    """A figure that another figure of the study has taken the place of."""
    written = [escape(text, quote=False) if kind is PAGE else re.sub(r"([.<>#-])", r"\\\1", text) for text in figures]

    def plant(text: str, rng: Random) -> str | None:
        old, new = rng.sample(written, 2)
        spots = _spots(kind, text, rf"(?<![\w.]){re.escape(old)}(?![\w.])")
        return _put(text, rng.choice(spots), new) if spots else None

    return plant


def attribute(text: str, rng: Random) -> str | None:
    """Another digit in a text that assistive technology reads, or that names a cell."""
    texts = list(re.finditer(r' (?:alt|aria-label|data-label|data-claim|data-figure)="[^"]*?(\d)[^"]*"', text))
    if not texts:
        return None
    chosen = rng.choice(texts)
    at = rng.choice([chosen.start() + i for i, letter in enumerate(chosen[0]) if letter.isdigit()])
    if text[at - 2 : at] == "&#":
        return None
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def description(text: str, rng: Random) -> str | None:
    """Another digit in an alternative text of a paper."""
    spots = [match.start() for alt in re.finditer(r'alt: "(?:[^"\\]|\\.)*"', text) for match in _digits(alt)]
    if not spots:
        return None
    at = rng.choice(spots)
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def _digits(found: re.Match[str]) -> Iterator[re.Match[str]]:
    return re.compile(r"\d").finditer(found.string, *found.span())


def heading(text: str, rng: Random) -> str | None:
    """A number put into a heading, a caption, the citation, or the contents."""
    ends = list(re.finditer(r"</(?:h1|h2|h3|caption|figcaption|title)>|(?<=\w)</a></li>|</p>\s*</header>", text))
    end = rng.choice(ends)
    return f"{text[: end.start()]} {rng.randint(2, 99)}{text[end.start() :]}"


def anchor(text: str, rng: Random) -> str | None:
    """A link to the derivation of another figure."""
    links = list(re.finditer(r'href="((?:brief\.html)?#how-[^"]+)"', text))
    first, second = rng.sample(links, 2)
    return _put(text, first, second[0])


def hidden(text: str, rng: Random) -> str | None:
    """A row that is there, and not shown."""
    row = rng.choice(_rows(PAGE, text))
    return text[: row.start()] + re.sub(r"^<\w+", r'\g<0> style="display:none"', row[0], count=1) + text[row.end() :]


def faults_of_page(figures: list[str]) -> dict[str, Plant]:
    """The planters for a page, by the name of the fault."""
    both = _both(PAGE, figures)
    return both | {"attribute": attribute, "heading": heading, "link": anchor, "hidden row": hidden}


def faults_of_paper(figures: list[str]) -> dict[str, Plant]:
    """The planters for the Typst source of a paper, by the name of the fault."""
    return _both(PAPER, figures) | {"alternative text": description}


def _both(kind: Kind, figures: list[str]) -> dict[str, Plant]:
    return {
        "digit": digit(kind),
        "point": point(kind),
        "sign": sign(kind),
        "swapped arms": swapped(kind),
        "percent for count": percent(kind),
        "dropped row": dropped(kind),
        "stale figure": stale(kind, figures),
    }
