"""Markdown of the blocks: escaping, tables, verdict marks. Pandoc reads it, in either engine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from evidence_brief.checks.result import VERDICTS, Verdict
from evidence_brief.verdicts import SIGNS, WORDS

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$\"'@=%&/:;,])")


SHORT = 10  # rows of a table that stays on one page


def md(text: str) -> str:
    """The text, so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", no_shortcode(" ".join(text.split())))


def no_shortcode(text: str) -> str:
    """The text with invisible joiners in what Quarto takes for a shortcode, even escaped and in code: `{{< … >}}`."""
    return text.replace("{{<", "{{\u2060<").replace(">}}", ">\u2060}}")


def minus(text: str) -> str:
    """A recomputed number with a real minus sign."""
    return re.sub(r"(?<![\w)])-(?=[\d.])", "−", text)


def verdict(name: Verdict) -> str:
    """A verdict as a mark and a word; the colour comes on top."""
    return f"[{SIGNS[name]} {WORDS[name]}]{{.verdict .{name}}}"


def tallies(counts: Mapping[Verdict, int]) -> str:
    """How many figures have each verdict, in a row; those that none has are left out."""
    return " ".join(
        f"[[{SIGNS[name]}]{{.tick}} [{counts[name]}]{{.number}} {WORDS[name].lower()}]{{.tally .{name}}}"
        for name in VERDICTS
        if counts.get(name)
    )


def reported(claim: str) -> str:
    """The place that the filter fills with a claim's printed figure, linked to its ledger row."""
    return f"[{claim}]{{.reported}}"


def drafts(total: int, unconfirmed: int) -> str:
    """What a reader must know first while figures are drafts; "" where none is."""
    if not unconfirmed:
        return ""
    are = "was" if unconfirmed == 1 else "were"
    figures = "figure" if total == 1 else "figures"
    return f"**{unconfirmed} of {total} {figures} {are} read by the program and not yet confirmed by a person.**"


def shortened(text: str, longest: int, *, keep_end: bool = False) -> str:
    """The text, or as many of its words as fit into so many characters and a mark where something is left out.

    Names lose what is in their middle, since they often differ at their ends.
    """
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    end = _last_words(plain, longest // 3) if keep_end else ""
    cut = plain[: longest - len(end)]
    words = cut.rpartition(" ")[0]
    start = (words if len(words) > len(cut) // 2 else cut).rstrip(" ,;:(")
    is_cut = end and not plain[: -len(end)].endswith(" ")
    return f"{start} …{end}" if is_cut else f"{start} … {end}".rstrip()


def _last_words(text: str, longest: int) -> str:
    """The last words that fit into so many characters, or the last characters of one that is longer."""
    cut = text[-longest:]
    return cut.partition(" ")[2] or cut


def table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], caption: str = "") -> str:
    """A pipe table with a caption; a short one stays on one page."""
    text = pipe_table(header, rows, widths) + (f"\n: {caption}\n" if caption else "")
    return block("together", text) if len(rows) <= SHORT else text


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """A pipe table; `widths` share the line between the columns. Cells are Markdown already."""
    lines = ["| " + " | ".join(header) + " |", "|" + "|".join("-" * (width + 1) for width in widths) + "|"]
    lines += ["| " + " | ".join(cell or " " for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def block(kind: str, body: str) -> str:
    """A fenced div of a class."""
    colons = ":" * (3 + max((len(run) for run in re.findall(r"^:{3,}", body, re.M)), default=0))
    return f"{colons} {{.{kind}}}\n{body.rstrip()}\n{colons}\n"
