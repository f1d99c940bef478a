"""The summary of a survey: one HTML page that needs no network, in the look of the briefs."""

from __future__ import annotations

import os
import re
from collections import Counter
from html import escape
from pathlib import Path
from urllib.parse import quote

from evidence_brief.checks.codes import CODES
from evidence_brief.checks.result import VERDICTS, Verdict
from evidence_brief.labels import TYPES
from evidence_brief.new_project import template
from evidence_brief.survey.totals import Contradicted, Totals
from evidence_brief.verdicts import MEANINGS, SIGNS, WORDS

STYLES = ("reports/styles/page.css", "reports/_extensions/evidence/evidence.css")
OWN_STYLE = Path(__file__).with_name("summary.css")
_LIMITS = (
    "A program found these figures and what belongs to what; no person has confirmed it. A contradiction may come from "
    "a sentence that was misread: read the sentence in the text before you draw any conclusion.",
    "A contradiction accuses nobody. Adjusted analyses, missing patients and slips of the typesetter make honest "
    "figures disagree; each finding names what might explain it.",
    "“Not checked” is the usual verdict: most figures of a text follow from no others in it. It says nothing for or "
    "against them.",
    "The verdicts are those that a brief of the same draft would have. Derived figures, and the second computation "
    "that every printed number of a brief has, are left to the brief: make one with <code>brief new</code> of what you "
    "want to look at.",
)


def page(totals: Totals, table: Path, place: Path) -> str:
    """The page as it stands at `place`, with links to the table and to the files."""
    title = f"A survey of {_n(sum(totals.files.values()), 'file')}"
    link = escape(_link(str(table), place))
    parts = [
        _opening(totals),
        _codes("contradictions", totals.contradictions),
        _contradicted(totals, place),
        _failed(totals, place),
        _codes("cautions", totals.warnings),
        _types(totals),
        _reading(),
    ]
    styles = "\n".join(style.read_text(encoding="utf-8") for style in _styles())
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="evidence-brief">
<title>{escape(title)} · Evidence brief</title>
<style>
{styles}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<div class="page">
<header>
<p class="kicker">Evidence survey</p>
<h1>{escape(title)}</h1>
<p class="cite">Every figure with its sentence and verdict: <a href="{link}">{escape(table.name)}</a></p>
</header>
{_contents("".join(parts))}<main id="content">
{"".join(parts)}</main>
</div>
</body>
</html>
"""


def _styles() -> list[Path]:
    return [*(template() / style for style in STYLES), OWN_STYLE]


def _contents(body: str) -> str:
    """Links to the headings of the page."""
    headings = re.findall(r'<h2 id="([^"]+)">([^<]+)</h2>', body)
    items = "".join(f'<li><a href="#{name}">{heading}</a></li>\n' for name, heading in headings)
    return f'<nav aria-label="Contents">\n<p class="nav-title">Contents</p>\n<ul>\n{items}</ul>\n</nav>\n'


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "none"


def _link(file: str, place: Path) -> str:
    return quote(os.path.relpath(file, place.parent).replace(os.sep, "/"))


def _opening(totals: Totals) -> str:
    checked = totals.claims - totals.of_verdict("unchecked")
    wrong = totals.of_verdict("contradicted")
    said = (
        f"{_n(totals.claims, 'figure')} were found, and {checked:,} of them could be held against others of the same "
    )
    said += (
        f"text. <strong>{_n(wrong, 'figure')} ({_share(wrong, checked)} of those) cannot be right together with the "
    )
    said += f"others</strong>, in {_n(totals.contradicted_files, 'file')}."
    rest = [f"{_n(totals.files['no figures'], 'file')} had no figures"] if totals.files["no figures"] else []
    rest += [
        f'<a href="#failed">{_n(totals.files["failed"], "file")} could not be read</a>'
    ] if totals.files["failed"] else []  # fmt: skip
    tallies = " ".join(_tally(verdict, totals.of_verdict(verdict)) for verdict in VERDICTS)
    more = f"<p>{' and '.join(rest)}.</p>\n" if rest else ""
    caution = 'A program read them, and no person has confirmed it: <a href="#method">how to read this page</a>.'
    return f'<div class="summary">\n<p>{said}</p>\n{more}<p>{tallies}</p>\n<p>{caution}</p>\n</div>\n'


def _tally(verdict: Verdict, count: int) -> str:
    number = f'<span class="number">{count:,}</span>'
    return f'<span class="tally {verdict}">{_sign(verdict)} {number} {WORDS[verdict].lower()}</span>'


def _sign(verdict: Verdict) -> str:
    return f'<span aria-hidden="true">{SIGNS[verdict]}</span>'


def _types(totals: Totals) -> str:
    kinds = sorted({kind for kind, _ in totals.verdicts}, key=lambda kind: (-_of_kind(totals, kind), kind))
    if not kinds:
        return ""
    names = ("Figures", *(WORDS[verdict] for verdict in VERDICTS))
    head = '<th scope="col">Kind of figure</th>' + "".join(f'<th scope="col" class="n">{name}</th>' for name in names)
    rows = ""
    for kind in kinds:
        counts = (_of_kind(totals, kind), *(totals.verdicts[kind, verdict] for verdict in VERDICTS))
        cells = (
            f'<td class="n" data-label="{name}">{_or_nothing(count)}</td>'
            for name, count in zip(names, counts, strict=True)
        )
        rows += f'<tr><td data-label="Kind of figure">{TYPES[kind]}</td>{"".join(cells)}</tr>\n'
    return (
        '<h2 id="kinds">Verdicts by kind of figure</h2>\n<table class="cards">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _or_nothing(count: int) -> str:
    return f"{count:,}" if count else ""


def _of_kind(totals: Totals, kind: str) -> int:
    return sum(totals.verdicts[kind, verdict] for verdict in VERDICTS)


def _codes(name: str, counter: Counter[str]) -> str:
    """The findings of one severity, from the most frequent."""
    if not counter:
        return ""
    column = name.title()
    head = f'<th scope="col">What was found</th><th scope="col">Code</th><th scope="col" class="n">{column}</th>'
    rows = ""
    for code, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])):
        rows += f'<tr><td data-label="What was found">{escape(CODES[code].meaning)}</td>'
        rows += (
            f'<td data-label="Code"><code>{code}</code></td><td class="n" data-label="{column}">{count:,}</td></tr>\n'
        )
    return (
        f'<h2 id="{name}">The most frequent {name}</h2>\n<table class="cards">\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )


def _contradicted(totals: Totals, place: Path) -> str:
    if not totals.contradicted:
        return ""
    more = totals.contradicted_files - len(totals.contradicted)
    left = f"<p>{_n(more, 'more file')} with contradictions: in the table.</p>\n" if more else ""
    files = "".join(_file(name, found, place) for name, found in totals.contradicted)
    return f'<h2 id="files">Contradicted figures by file</h2>\n{files}{left}'


def _file(name: str, found: list[Contradicted], place: Path) -> str:
    items = "".join(_claim(each) for each in found)
    link = f'<a href="{escape(_link(name, place))}">{escape(name)}</a>'
    return f'<section class="file">\n<h3>{link}</h3>\n{items}</section>\n'


def _claim(found: Contradicted) -> str:
    small = " · ".join(filter(None, (escape(found.place), f"<code>{found.code}</code>" if found.code else "")))
    explained = f'<p class="small">{escape(found.explanation)}</p>\n' if found.explanation else ""
    return (
        f'<div class="finding contradiction">\n<p>“{_marked(found)}”</p>\n<p class="why">{escape(found.why)}</p>\n'
        f'{explained}<p class="small">{small}</p>\n</div>\n'
    )


def _marked(found: Contradicted) -> str:
    """The sentence with its figures marked; one that cannot be found in it stands behind it."""
    spans = sorted((at, at + len(" ".join(value.split()))) for value, at in found.marks if at is not None)
    made, done = "", 0
    for start, end in spans:
        if start >= done:
            made += f"{escape(found.sentence[done:start])}<mark>{escape(found.sentence[start:end])}</mark>"
            done = end
    missing = "".join(f" (<mark>{escape(value)}</mark>)" for value, at in found.marks if at is None)
    return made + escape(found.sentence[done:]) + missing


def _failed(totals: Totals, place: Path) -> str:
    if not totals.failed:
        return ""
    more = totals.files["failed"] - len(totals.failed)
    left = f"<p>{_n(more, 'more file')}: in the table.</p>\n" if more else ""
    items = "".join(
        f'<li><a href="{escape(_link(name, place))}">{escape(name)}</a>: {escape(error)}</li>\n'
        for name, error in totals.failed
    )
    return f'<h2 id="failed">Files that could not be read</h2>\n<ul class="failed">\n{items}</ul>\n{left}'


def _reading() -> str:
    meanings = "".join(_meaning(verdict) for verdict in VERDICTS)
    limits = "".join(f"<li>{limit}</li>\n" for limit in _LIMITS)
    return (
        f'<h2 id="method">How to read this page</h2>\n<ul class="papers">\n{limits}</ul>\n'
        f'<dl class="meanings">\n{meanings}</dl>\n'
    )


def _meaning(verdict: Verdict) -> str:
    mark = f'<span class="verdict {verdict}">{_sign(verdict)} {WORDS[verdict]}</span>'
    return f"<dt>{mark}</dt><dd>{escape(MEANINGS[verdict].replace('the ledger', 'the table'))}</dd>\n"
