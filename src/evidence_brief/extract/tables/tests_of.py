"""The tests that the notes of a table name, for P values of counts and of means."""

from __future__ import annotations

import re

_OF_COUNTS = (
    ("chi-square", r"\bchi[- ]?squared?\b|[χΧx𝜒]\s?[2²]"),
    ("Fisher exact", r"\bfisher"),
    ("McNemar", r"\bmcnemar"),
)
_OF_MEANS = (
    ("t test", r"\bt[- ]?tests?\b"),
    ("Mann-Whitney", r"\bmann[- –]?whitney|\brank[- ]sum\b"),
    ("Wilcoxon signed-rank", r"\bsigned[- ]rank"),
    ("Kruskal-Wallis", r"\bkruskal"),
    ("ANOVA", r"\banova\b|\banalysis of variance\b"),
)
_MODEL = re.compile(
    r"\bancova\b|\bmixed[- ](?:effects?|models?|linear)|\bGEE\b|\bregression\b|\bgenerali[sz]ed\b|\bcovari|\badjust|\bpost[- ]hoc|\bbonferroni|"
    r"\blog[- ]?rank\b|\btrend\b|\btukey|\bdunnett|\brepeated[- ]measures?|\btime effect|\binteraction|\bscheff|\bHolm\b|\bFDR\b|\bpermutation|\bbootstrap",
    re.I,
)


def test_for(kind: str, words: str) -> str | None:
    """The test, or the alternatives with "or", that the words name for P values of this kind of figures."""
    family = _OF_COUNTS if kind in ("proportion", "count") else _OF_MEANS
    named = [name for name, pattern in family if re.search(pattern, words, re.I)]
    return " or ".join(named) or None


def is_of_model(words: str) -> bool:
    """Whether the words name a model or a correction, so that plain tests need not give the P values."""
    return _MODEL.search(words) is not None
