"""What each check does and on which papers it rests, out of the docstrings of the code that is run."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

from evidence_brief.blocks.text import block, md, minus
from evidence_brief.checks import CHECKS
from evidence_brief.checks.result import Check

_STATS, _CHECKS, _SECOND_PATH = (f"evidence_brief.{name}" for name in ("stats", "checks", "stats.exact"))
_SOURCE = re.compile(r"\bSource: (.+?)(?=\n\s*\n|\Z)", re.S)
_PLACE = re.compile(r"\b(\d+):(\w*\d+)")
_NEXT = re.compile(r"; (?=[A-Z][\w’'-]+[^;]*\b(?:1[89]|20)\d\d\b)")
_CITED = re.compile(r"\(((?:[A-Z][\w’'-]+)[^()]*?(?:,| )(?:1[89]|20)\d\d\b[^()]*(?:\([^()]*\)[^()]*)*)\)")


def methods() -> str:
    """A section for each check: what must hold, how it is decided, and the papers of its methods."""
    contents = "\n".join(f"- [{md(check.title)}](#check-{check.name})" for check in CHECKS)
    return block("columns", contents) + "\n" + "\n".join(_section(check) for check in CHECKS)


def _section(check: Check) -> str:
    own = sys.modules[check.run.__module__]
    papers = _once([*_own_papers(own), *(paper for used in used_by(check) for paper in papers_of(used))])
    lines = [f"## {md(check.title)} {{#check-{check.name}}}", *_paragraphs(inspect.getdoc(check.run) or "")]
    if papers:
        lines += ["[Papers]{.lead-in}", block("papers", "\n".join(f"- {md(minus(paper))}" for paper in papers))]
    return "\n\n".join(lines) + "\n"


def _once(papers: list[str]) -> list[str]:
    """Each paper once, known by its volume and first page: "Stat Med 17:873"."""
    places = [(match := _PLACE.search(paper)) and match.groups() for paper in papers]
    first = {place or paper: paper for paper, place in reversed(list(zip(papers, places, strict=True)))}
    return [paper for paper in dict.fromkeys(papers) if paper in first.values()]


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a docstring; words of the study file, in backquotes, stay code."""
    return ["".join(_marked(paragraph)) for paragraph in re.split(r"\n\s*\n", text)]


def _marked(text: str) -> Iterator[str]:
    for part in re.split(r"(`[^`]+`)", " ".join(text.split())):
        lead, trail = " " * (part[:1] == " "), " " * (part[-1:] == " " and part != " ")
        yield part if part.startswith("`") else f"{lead}{md(part)}{trail}"


def _own_papers(module: ModuleType) -> list[str]:
    """The papers that the file of a check names, a paragraph that ends with the place in a journal."""
    paragraphs = re.split(r"\n\s*\n", inspect.getdoc(module) or "")
    return [" ".join(text.split()) for text in paragraphs[1:] if re.search(r"\b(1[89]|20)\d\d\b", text)]


def papers_of(used: object) -> list[str]:
    """The papers in a docstring, each with its year or its handbook: after "Source:", else in brackets."""
    text = inspect.getdoc(used) or ""
    cited = [" ".join(paper.split()) for paper in _SOURCE.findall(text) or _CITED.findall(text)]
    papers = [_cut(paper) for together in cited for paper in _NEXT.split(together)]
    return [paper for paper in papers if re.search(r"\b(1[89]|20)\d\d\b|Handbook", paper)]


def _cut(paper: str) -> str:
    """A citation without what follows the page, such as the number of the method."""
    place = _PLACE.search(paper)
    return (paper[: place.end()] if place else paper.rstrip(".")) + "."


def used_by(check: Check) -> list[object]:
    """What of `stats` the check comes to: its calls are followed until a function names its papers."""
    return list(dict.fromkeys(_reached(check.run, set())))


def _reached(function: object, seen: set[int]) -> Iterator[object]:
    """Functions of `stats` behind a function, a method, or a table of methods."""
    if id(function) in seen:
        return
    seen.add(id(function))
    home = _home(function)
    if home.startswith(_SECOND_PATH):
        return
    if home.startswith(_STATS) and papers_of(function):
        yield function
    elif home.startswith((_STATS, _CHECKS)):
        for part in _parts(function):
            yield from _reached(part, seen)
    elif isinstance(function, tuple | list | dict):
        for part in function.values() if isinstance(function, dict) else function:
            yield from _reached(part, seen)


def _home(value: object) -> str:
    """The module of a function or class, or of the class of a value."""
    return getattr(value, "__module__", None) or type(value).__module__


def _parts(value: object) -> Iterator[object]:
    """What a function names or encloses; what a class does; what a value of a class, such as a test, holds."""
    if isinstance(value, FunctionType):
        names = list(_names(value.__code__))
        for name in names:
            known = value.__globals__.get(name)
            if isinstance(known, ModuleType):
                yield from (vars(known)[each] for each in names if each in vars(known))
            elif known is not None:
                yield known
        yield from (cell.cell_contents for cell in value.__closure__ or ())
    else:
        yield from (vars(value).values() if hasattr(value, "__dict__") else ())


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
