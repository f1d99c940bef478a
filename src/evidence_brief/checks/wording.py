"""Words against numbers: "significantly higher", "insignificant", "decreasing from … to …", "majority".

Only English sources are read. What the words say is taken from the sentence of the figure alone; where it is not
clear to which figure a word belongs, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.checks.p_findings import as_printed
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.sentences import sentence_of, words_before
from evidence_brief.printed import Interval
from evidence_brief.stats.test_statistics import ALPHA
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

_NOT = r"(?:not|no|nor|neither|without|n't|never|non)"
_NOT_SIGNIFICANT = re.compile(
    rf"\b{_NOT}[\s-]+(?:\w+[\s-]+){{0,4}}?(?:significant|significantly|significance|differ|different|differed)\b"
    r"|\b(?:in|non)-?significant(?:ly)?\b|\bfailed to reach\b|\bdid not reach\b",
    re.I,
)
_SIGNIFICANT = re.compile(r"\bsignificant(?:ly)?\b", re.I)
_OTHER_LEVEL = re.compile(
    r"borderline|margin|trend|tend(?:ed|ency)|nearly|almost|clinical|level of|set at|P\s*[<≤]\s*0?\.1", re.I
)
_UP = re.compile(r"\b(?:increas(?:ed?|es|ing)|rose|rising|rises|grew)\b", re.I)
_DOWN = re.compile(
    r"\b(?:decreas(?:ed?|es|ing)|declin(?:ed?|es|ing)|fell|falling|falls|dropp(?:ed|ing)|reduced)\b", re.I
)
_FROM_TO = re.compile(r"\bfrom\s*$", re.I)
_MAJORITY = re.compile(r"\b(?:the|a) (?:vast |large |great )?majority\b(?! of (?:the )?(?:cases|time))", re.I)
_MINORITY = re.compile(r"\ba (?:small )?minority\b|\b(?:fewer|less) than half\b", re.I)


def check_wording(study: Study) -> Iterator[Judgement | Finding]:
    """What the sentence says of a figure is what the figure says: significance at 5%, direction, majority."""
    if not study.file.language.startswith("en"):
        return
    figures = list(study.claims.values())
    p_values = [claim for claim in figures if claim.type == "p_value"]
    for claim in p_values:
        yield from _significance(study, claim, p_values)
    yield from _directions(study, figures)
    for claim in figures:
        if claim.type == "proportion":
            yield from _share(study, claim, figures)


def _significance(study: Study, claim: Claim, p_values: list[Claim]) -> Iterator[Finding]:
    """Find “significant” beside P ≥ .05, and “not significant” beside P < .05; another level is respected."""
    words = words_before(study, claim, p_values)
    sentence, _ = sentence_of(study, claim)
    if _OTHER_LEVEL.search(sentence):
        return
    value = study.values[claim.id]
    printed = value.p
    below = printed.high < ALPHA or (printed.high == ALPHA and not printed.includes_high)
    denied = _NOT_SIGNIFICANT.search(words) is not None
    affirmed = _SIGNIFICANT.search(_NOT_SIGNIFICANT.sub(" ", words)) is not None
    if denied == affirmed:
        return
    if denied and below:
        said, means = "not significant", "lies below 5%"
    elif affirmed and (printed.low > ALPHA or (value.relation == "ns")):
        said, means = "significant", "lies above 5%"
    else:
        return
    text = f"The text calls the result {said}, while {as_printed(claim)} {means}."
    explanation = "Another level of significance, or a correction for multiple tests, may have been used."
    yield Finding("wording.significance", "warning", (claim.id,), text, explanation)


def _directions(study: Study, figures: list[Claim]) -> Iterator[Finding]:
    """Find “decreasing from a to b” where the second figure is not the lower one."""
    for first, second in _from_to(study, figures):
        anchor, other = study.anchors[first.id], study.anchors[second.id]
        text = study.texts[anchor.source]
        _, start = sentence_of(study, first)
        lead = text[start : anchor.value_start]
        ups, downs = list(_UP.finditer(lead)), list(_DOWN.finditer(lead))
        last = max([*ups, *downs], key=lambda match: match.start(), default=None)
        if last is None or re.search(rf"\b{_NOT}\b", lead[last.start() - 12 : last.end() + 6], re.I):
            continue
        rises = last in ups
        before, after = study.values[first.id].first, study.values[second.id].first
        wrong = after.value < before.value if rises else after.value > before.value
        if wrong:
            said = "rises" if rises else "falls"
            words = " ".join(text[anchor.value_start : other.value_end].split())
            sentence = f"The text says that the figure {said}, but it goes from {words}."
            explanation = "Two figures may be swapped."
            yield Finding("wording.direction", "warning", (first.id, second.id), sentence, explanation)


def _from_to(study: Study, figures: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of figures of one type and unit that stand as "from a to b"."""
    for first in figures:
        anchor = study.anchors[first.id]
        text = study.texts[anchor.source]
        if not _FROM_TO.search(text[max(0, anchor.value_start - 12) : anchor.value_start]):
            continue
        for second in figures:
            other = study.anchors[second.id]
            between = text[anchor.value_end : other.value_start] if other.source == anchor.source else ""
            has_values = study.values[first.id].numbers and study.values[second.id].numbers
            if (
                second.type == first.type
                and has_values
                and len(between) < 40
                and re.fullmatch(r"\s*[\w%/ ]{0,25}\bto\s+", between)
            ):
                yield first, second


def _share(study: Study, claim: Claim, figures: list[Claim]) -> Iterator[Finding]:
    """Find “the majority (41%)”: a majority is more than half, a minority less."""
    words = words_before(study, claim, figures)[-60:]
    share = study.values[claim.id].first.as_fraction
    half = Interval(Fraction(1, 2), Fraction(1, 2))
    if re.search(r"[.,;]|\bof the\s*$", words) or share.overlaps(half):
        return
    if _MAJORITY.search(words) and share.high < half.low:
        said, means = "a majority", "is less than half"
    elif _MINORITY.search(words) and share.low > half.high:
        said, means = "a minority", "is more than half"
    else:
        return
    text = f"The text speaks of {said}, while {claim.value} {means}."
    yield Finding("wording.share", "warning", (claim.id,), text, "It may be the largest of several groups.")
