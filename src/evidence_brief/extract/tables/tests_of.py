"""The tests that a table, or else the article, names for P values of counts and of means.

An article that names several says them as alternatives: where one of them is a test of ranks or of a model, nothing
printed in the table gives its P value, and none is held against it.
"""

from __future__ import annotations

import re
from functools import lru_cache

_COUNTS = (
    ("chi-square", r"\bchi[- ]?(?:2|²|squared?)|[χΧ𝜒]\s?[2²]|\bX²"),
    ("Fisher exact", r"\bfisher"),
    ("McNemar", r"\bmcnemar"),
    ("Cochran-Mantel-Haenszel", r"\bmantel"),
    ("log-rank", r"\blog[- ]?rank\b"),
    ("trend", r"\btests? for (?:linear )?trend|\blinear[- ]by[- ]linear|\barmitage"),
)
_MEANS = (
    ("t test", r"\bt[- –]?tests?\b|\bstudent['’]?s? t\b"),
    ("Mann-Whitney", r"\bmann[- –]?whitney|\brank[- –]sum\b"),
    ("Wilcoxon", r"\bwilcoxon(?![- ]?mann)(?! rank[- –]sum)"),
    ("ANOVA", r"\banova\b|\banalys[ie]s of variance\b"),
    ("Kruskal-Wallis", r"\bkruskal"),
    ("Friedman", r"\bfriedman"),
    ("permutation", r"\bpermutation tests?|\bbootstrap"),
    ("logarithms", r"\blog(?:arithmic(?:ally)?)?[- ]transform|\bgeometric mean"),
)
_MODELS = (
    ("analysis of covariance", r"\bancovas?\b|\banalys[ie]s of covariance|\bcovariance analys[ie]s|\bcovariates?\b"),
    ("mixed model", r"\bmixed[- ](?:effects?|models?|linear)|\bmulti-?level|\bhierarchical|\brandom[- ]effects?\b"),
    ("repeated measures", r"\brepeated[- ]measure"),
    ("estimating equations", r"\bGEE\b|\bestimating equations?"),
    ("regression", r"\bregression\b|\bgenerali[sz]ed linear|\bgeneral linear model"),
    (
        "post hoc",
        r"\bbonferroni|\bpost[- ]?hoc\b|\btukey|\bdunnett|\bscheff|\bholm\b|\bduncan|\bLSD\b"
        r"|\bmultiple (?:comparison|testing)",
    ),
    ("adjusted", r"\badjust(?:ed|ing|ment) for\b"),
)
_PAIRED_ONLY = frozenset({"McNemar", "Wilcoxon", "Friedman"})
_TWO_ONLY = frozenset({"t test", "Mann-Whitney"})
_SEVERAL_ONLY = frozenset({"ANOVA", "Kruskal-Wallis"})
_BASELINE = re.compile(r"\bbaseline\b|\bdemograph|\bcharacteristics?\b", re.I)


@lru_cache(maxsize=4)  # whole articles: every table of one asks again
def tests_named(words: str) -> frozenset[str]:
    """Every test, model or correction that the words name."""
    families = (*_COUNTS, *_MEANS, *_MODELS)
    return frozenset(name for name, pattern in families if re.search(pattern, words, re.I))


def test_for(kind: str, compared: int, *, paired: bool, notes: str, caption: str, text: str) -> str | None:
    """The test of a P value that compares so many figures of a kind, as the notes or else the article names it."""
    family = _COUNTS if kind in ("proportion", "count") else _MEANS
    named = tests_named(notes)
    if not any(name in named for name, _ in (*family, *_MODELS)):
        named = tests_named(text)
        models = [] if _BASELINE.search(caption) else [name for name, _ in _MODELS if name in named]
    else:
        models = [name for name, _ in _MODELS if name in named]
    tests = [name for name, _ in family if name in named and _applies(name, compared, paired)]
    if not tests and not models:
        return None
    if paired:
        tests = ["paired t test" if name == "t test" else name for name in tests]
    return " or ".join([*tests, *models])


def _applies(name: str, compared: int, paired: bool) -> bool:
    if paired:
        return name not in ("Mann-Whitney", "Kruskal-Wallis", "chi-square", "Fisher exact", "ANOVA")
    if name in _PAIRED_ONLY:
        return name == "Wilcoxon" and compared == 2
    return name not in (_SEVERAL_ONLY if compared == 2 else _TWO_ONLY)
