"""Recall and precision of `figures` on published strings, by the benchmark's own count; and the seed article."""

import importlib.util
import sys
from pathlib import Path

import pytest

from evidence_brief.extract.figures import figures
from evidence_brief.study.load import load_study

ROOT = Path(__file__).parents[2]
TARGETS = {
    "test statistic": (0.99, 0.995),
    "P value": (0.99, 0.99),
    "n of N (p%)": (0.98, 0.98),
    "n/N (p%)": (0.98, 0.98),
    "p% (n/N)": (0.98, 0.98),
    "ratio with CI": (0.98, 0.98),
    "mean ± SD": (0.98, 0.98),
}


@pytest.fixture(scope="module")
def scores():
    spec = importlib.util.spec_from_file_location("strings", ROOT / "benchmarks" / "extraction" / "strings.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["strings"] = module
    spec.loader.exec_module(module)
    yield module.measured(Path(__file__).parent / "data")
    del sys.modules["strings"]


@pytest.mark.parametrize("kind", TARGETS)
def test_recall_and_precision(scores, kind):
    recall, precision = TARGETS[kind]
    assert scores[kind].expected > 200
    assert scores[kind].recall >= recall
    assert scores[kind].precision >= precision


def test_every_figure_of_the_seed_article_and_no_wrong_one():
    study = load_study(ROOT / "data" / "ivig-dermatomyositis-2012")
    claims = {
        (a.value_start, a.value_end, study.claims[i].type, study.claims[i].unit) for i, a in study.anchors.items()
    }
    found = {(c.start, c.end, c.type, c.unit) for c in figures(study.texts["news"])}
    date = next(iter(sorted(found)))  # the date of the article, which the study file excludes
    assert date[2] == "date"
    assert found - {date} == claims
