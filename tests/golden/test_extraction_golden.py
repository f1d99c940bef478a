"""Recall and precision of `figures` on published strings, by the benchmark's own count; and the seed article."""

import importlib.util
import sys
from pathlib import Path

import pytest

from evidence_brief.extract import extract
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


def test_every_relation_of_the_seed_article_is_found_as_a_person_wrote_it():
    study = load_study(ROOT / "data" / "ivig-dermatomyositis-2012")
    span = {name: (anchor.value_start, anchor.value_end) for name, anchor in study.anchors.items()}
    claims = study.claims.values()
    compared = {(span[c.id], tuple(span[name] for name in c.compares), c.paired) for c in claims if c.compares}
    found = {c.name: c for c in extract(study.texts["news"])}
    place = {name: (c.start, c.end) for name, c in found.items()}
    read = {
        (place[name], tuple(place[other] for other in c.compares), c.paired) for name, c in found.items() if c.compares
    }
    assert read == compared
    sizes = {study.file.groups[name].label: span[study.file.groups[name].n] for name in ("ivig", "conventional")}
    assert {c.size_of.partition(" ")[0].lower(): place[c.name] for c in found.values() if c.size_of} == {
        "all": span["cohort.n"],
        **{label.lower(): where for label, where in sizes.items()},
    }
    relapse = next(c for c in found.values() if place[c.name] == span["relapse.muscle"])
    assert place[relapse.of] == span["relapse.ivig"]
    free = next(c for c in found.values() if place[c.name] == span["relapse.free"])
    assert place[free.within] == span["relapse.follow-up"]
