"""A survey, which stops where a verdict is certain, comes to the verdicts and findings of `brief check`."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.acceptance.honest import Paper
from tests.acceptance.honest_counts import categories, estimates, one_proportion, paired_proportions, two_proportions
from tests.acceptance.honest_means import before_after, correlation, one_mean, several_means, whole_and_parts
from tests.projects import ROOT

from evidence_brief.checks import CHECKS
from evidence_brief.ledger import gravest, judged
from evidence_brief.study.load import Study, load_study

KINDS: dict[Callable[[Paper], object], int] = {
    two_proportions: 12,
    **dict.fromkeys((estimates, one_proportion, paired_proportions, several_means), 6),
    **dict.fromkeys((categories, before_after, correlation, one_mean, whole_and_parts), 4),
}
PAPERS = [(kind, seed) for kind, papers in KINDS.items() for seed in range(papers)]


def said(study: Study) -> tuple[dict[str, str], list[tuple[str, str, tuple[str, ...]]]]:
    """The verdict of each claim, and the findings that are no notes."""
    judgements, found = judged(study, CHECKS)
    verdicts = {claim.id: gravest(claim, judgements.get(claim.id, [])).verdict for claim in study.claims.values()}
    return verdicts, [(each.code, each.severity, each.claims) for each in found if each.severity != "note"]


@pytest.mark.parametrize("printed", [None, "P=.31"], ids=["right", "another P"])
@pytest.mark.parametrize(("kind", "seed"), PAPERS, ids=[f"{kind.__name__}-{seed}" for kind, seed in PAPERS])
def test_survey_has_the_verdicts_of_the_brief(kind, seed, printed: str | None, tmp_path: Path):
    paper = Paper(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SciPy and statsmodels warn of samples as small as papers have them
        kind(paper)
    for claim in paper.claims:
        if printed is not None and claim["type"] == "p_value":
            claim["value"] = printed
    study = paper.load(tmp_path)
    assert said(replace(study, verdicts_alone=True)) == said(study)


def test_survey_has_the_verdicts_of_the_brief_of_the_first_study():
    study = load_study(ROOT / "data" / "ivig-dermatomyositis-2012")
    assert said(replace(study, verdicts_alone=True)) == said(study)
