"""What stands around the content of a page."""

from __future__ import annotations

import pytest
from lxml import html

from evidence_brief.render.inspect.around import Around, around

MUST = Around("A trial of 42", "News, 17 May 2012", "draft 0a1b2c3d", frozenset({"https://example.org/briefs/1"}))
PAGE = """<html lang="en"><head><title>A trial of 42 · Brief</title><meta name="viewport" content="width=1"></head>
<body><header><p>Brief <span class="version">draft 0a1b2c3d</span></p><h1>A trial of 42</h1>
<p class="subtitle">News, 17 May 2012</p></header>
<nav><a href="#results">Results</a> <a href="#p"><span class="toc-section-number">2</span> P values</a></nav>
<main><h2 id="results">Results</h2><section id="p"><h2>P values</h2></section><p>100</p></main>
<footer>https://example.org/briefs/1</footer></body></html>"""


def problems(page: str) -> list[str]:
    return [str(problem) for problem in around("trial/brief.html", html.fromstring(page), MUST)]


def test_known_texts_and_section_numbers_pass() -> None:
    assert problems(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<h1>A trial of 42", "<h1>A trial of 24", "another heading than its title"),
        ("<h1>A trial of 42", "<h1>No trial of 42", "another heading than its title"),
        ("<title>A trial of 42", "<title>A trial of 4", "another title"),
        ("· Brief</title>", "· Brief 7</title>", "a number outside the content"),
        ("17 May 2012</p>", "17 May 201</p>", "another citation"),
        (">draft 0a1b2c3d", ">draft 0a1b2c3e", "another version"),
        ('"#results">Results', '"#results">Result', "the contents name a heading otherwise"),
        ('<a href="#results">Results</a>', "", "the contents lack a heading"),
        ('<a href="#results">', '<a href="#results" hidden>', "the contents lack a heading"),
        ("</footer>", " 12</footer>", "a number outside the content"),
        ("<footer>", '<footer aria-label="91.7%">', "a number outside the content"),
        ("</head>", '<meta property="og:description" content="22 of 24"></head>', "a number outside the content"),
    ],
)
def test_what_is_changed_around_the_content_is_found(old: str, new: str, words: str) -> None:
    assert old in PAGE
    assert any(words in problem for problem in problems(PAGE.replace(old, new)))
