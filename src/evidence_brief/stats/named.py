"""Which tests a paper's wording may mean: "unpaired two-sided t-test", "χ² or Fisher's exact test"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Named(Protocol):
    """A test or method with a key, a label, its sides (2, or 1), and the wordings that may mean it."""

    @property
    def key(self) -> str:
        """A name for programs, unique in its family."""
        ...

    @property
    def label(self) -> str:
        """The name in tables and sentences."""
        ...

    @property
    def sides(self) -> int:
        """2, or 1 for the observed direction."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """Wordings of papers, without articles and possessives."""
        ...


T = TypeVar("T", bound=Named)


def named(family: Iterable[T], wording: str) -> tuple[T, ...]:
    """Members of the family that the wording may mean, in their order; empty where the wording is unknown.

    One-sided ones answer only to wordings that say so. A wording with an unknown word ("chi-square test for
    trend") means another test, hence none of these.
    """
    meant = [_words(part) for part in _SEPARATOR.split(wording)]
    wanted = {(1 if "onesided" in words else 2, words - {"onesided", "twosided"}) for words in meant}
    return tuple(test for test in family if any((test.sides, _words(each)) in wanted for each in test.names))


def names_more(family: Iterable[Named], wording: str) -> bool:
    """Whether one of the wording's alternatives is none of the family: "t test or Wilcoxon rank-sum test"."""
    known = {_words(name) for test in family for name in test.names}
    parts = [_words(part) - {"onesided", "twosided"} for part in _SEPARATOR.split(wording)]
    return any(part and part not in known for part in parts)


_SEPARATOR = re.compile(r"\bor\b|\band\b|[/;]|,(?!\s*(?:with|as|(?:one|two|1|2)[\s-]*(?:sided|tailed)))", re.I)
_SPELLINGS = (
    (r"without (yates\W*s? )?(continuity )?correction|\buncorrected\b", " uncorrected "),
    (r"continuity[\s-]*correct(ion|ed)|correct(ion|ed) for continuity", " yates "),
    (r"(chi|χ|khi)[\s-]*(squared?|quadrato?|carré|cuadrado|deux|\^?2)\b|\bx\s*\^?2\b", " chisquare "),
    (r"\b(exakte?r?|exact[aoe]|esatto)\b", " exact "),
    (r"\bn\s*[-−–]\s*1\b", " nminus1 "),
    (r"\banal[iy]s[ie]s of variance\b|\ban[oa]va\b", " anova "),
    (r"\b(one|1)[\s-]*way\b|\b(independent|two|2|unpaired)[\s-]*samples?\b|\bunpaired\b", " "),
    (r"\b(paired|dependent|matched)[\s-]*samples?\b|\bdependent\b|\bmatched[\s-]*pairs?\b", " paired "),
    (r"\b(un)?equal variances?( not)?( assumed)?\b", r" \1equal "),
    (r"\bstudent'?s?\b(?=.*\bt\b)", " "),
    (r"\bfreeman[\s-]*halton\b", " fisher exact "),
    (r"\bmid[\s-]*p\b", " midp "),
    (r"\b(one|1|single)[\s-]*(sided|tailed)", " onesided "),
    (r"\b(two|2|double)[\s-]*(sided|tailed)", " twosided "),
    (r"['’]s?\b|['’]", ""),
    (r"\b(fisher|pearson|barnard|boschloo|student|welch|mcnemar|edward)s\b", r"\1"),
    (r"\b(prueba|der|du|de|di|a|an|the|of|for|by|as|with|using|where|appropriate|two|independent|proportions?)\b", ""),
    (r"\b(tests?|statistics?|analysis|probability|correction|corrected)\b", ""),
)


def _words(wording: str) -> frozenset[str]:
    wording = unicodedata.normalize("NFKC", wording).lower()
    for pattern, spelling in _SPELLINGS:
        wording = re.sub(pattern, spelling, wording)
    return frozenset(re.findall(r"\w+", wording))
