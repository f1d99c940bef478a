"""Drafts of study files from candidates, and the study that they make."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.draft.study import Found, NoFigures, study_from
from evidence_brief.extract.candidate import Apart, Candidate
from evidence_brief.study.kinds import Kind
from evidence_brief.study.model import Source, StudyFile
from evidence_brief.study.study import Study, study_of

TEXT = """In 2012 a cohort of 42 patients was seen [1, 2]. 24 received immunoglobulin (IVIG) and 18 received placebo.
At 6 months remission was more frequent with IVIG (91.7% vs. 55.6%, P=.007); scores fell from 7.46±6.26 to 2.96±3.64.
"""


def source_of(text: str, **more: Any) -> Source:
    return Source(file="article.txt", cite="An article", sha256=hashlib.sha256(text.encode()).hexdigest(), **more)


def candidate(name: str, kind: Kind, value: str, text: str = TEXT, **more: Any) -> Candidate:
    start = text.index(value)
    return Candidate(name, kind, value, start, start + len(value), **more)


def seed() -> list[Candidate]:
    return [
        candidate("a", "count", "42", parts=("b", "c")),
        candidate("b", "count", "24", size_of="immunoglobulin (IVIG)"),
        candidate("c", "count", "18", size_of="placebo"),
        candidate("t", "duration", "6", unit="months"),
        candidate("d", "proportion", "91.7%", group="Immunoglobulin  (IVIG)", outcome="remission", time="6 months"),
        candidate("e", "proportion", "55.6%", group="placebo", outcome="remission", time="6 months"),
        candidate("p", "p_value", "P=.007", compares=("d", "e")),
        candidate("m", "mean_sd", "7.46±6.26", outcome="scores", time="before", scale="CDASI"),
        candidate("n", "mean_sd", "2.96±3.64", outcome="scores", time="after", scale="CDASI"),
    ]


def study(candidates: list[Candidate], apart: list[Apart] | None = None, text: str = TEXT) -> Study:
    found = {"article": Found(text, candidates, apart or [])}
    return study_from(found, {"article": source_of(text)}, id="trial", title="A trial")


def same(file: StudyFile, made: Study, texts: dict[str, str]) -> bool:
    """Whether the file loads to the very study that was made along with it."""
    loaded = study_of(StudyFile.model_validate(file.model_dump()), texts)
    return (loaded.values, loaded.anchors, loaded.excluded) == (made.values, made.anchors, made.excluded)


def test_draft_of_a_small_article_has_ids_groups_scales_and_relations() -> None:
    made = study(seed())
    ids = ["all.n", "ivig.n", "placebo.n", "time.6-months", "remission.ivig", "remission.placebo", "remission.p"]
    assert list(made.claims) == [*ids, "scores", "scores.after"]
    assert made.file.groups["all"].parts == ("ivig", "placebo")
    assert made.file.groups["all"].n == "all.n"
    assert made.file.groups["ivig"].label == "immunoglobulin (IVIG)"
    assert made.claims["remission.p"].compares == ("remission.ivig", "remission.placebo")
    assert made.claims["all.n"].parts == ()
    assert made.claims["scores"].scale == "cdasi"
    assert made.file.scales["cdasi"].step is None
    assert {claim.status for claim in made.file.claims} == {"draft"}
    assert made.claims["remission.ivig"].quote == "(91.7% vs. 55.6%, P=.007)"
    assert same(made.file, made, {"article": TEXT})


def test_draft_leaves_numerals_apart_out_with_their_reasons() -> None:
    marks = [Apart(TEXT.index("1, 2"), TEXT.index("1, 2") + 1, "Reference mark."), Apart(3, 7, "A year.")]
    marks.append(Apart(TEXT.index("2]"), TEXT.index("2]") + 1, "Reference mark."))
    made = study(seed(), marks)
    assert [exclusion.reason for exclusion in made.file.exclusions] == ["A year.", "Reference mark."]
    assert "2012" in made.file.exclusions[0].quote
    assert "1, 2" in made.file.exclusions[1].quote
    assert same(made.file, made, {"article": TEXT})


def test_draft_excludes_nothing_that_is_a_claim() -> None:
    at = TEXT.index("42")
    made = study(seed(), [Apart(at, at + 2, "Not so."), Apart(at - 3, at + 9, "Nor this.")])
    assert made.file.exclusions == ()


def test_draft_drops_what_would_not_load() -> None:
    figures = [
        *seed(),
        candidate("x1", "count", "91"),  # a part of a longer figure
        candidate("x2", "mean_sd", "91.7% vs. 55.6%"),  # cannot be read
        Candidate("x4", "count", "43", 0, 2),  # does not stand there
        candidate("x5", "p_value", "P=.007", compares=("d", "m")),
        candidate("x6", "p_value", "P=.007", compares=("d",), paired=True, of="d", within="t", every="month"),
        candidate("x7", "proportion", "91.7%", of="x7", count="t", measure="RR", spread="sd", test="t"),
    ]
    made = study(figures)
    assert len(made.claims) == 12
    assert same(made.file, made, {"article": TEXT})


def test_draft_drops_a_sign_that_stands_before_a_p_value() -> None:
    text = "It was so (P<.001) in 12 patients."
    made = study([candidate("p", "p_value", ".001", text), candidate("n", "count", "12", text)], text=text)
    assert list(made.claims) == ["count"]


def test_draft_breaks_circles() -> None:
    figures = [
        candidate("a", "count", "42", of="b", within="c"),
        candidate("b", "count", "24", of="c", restates="a"),
        candidate("c", "count", "18", of="a"),
    ]
    made = study(figures)
    assert sum(claim.of is not None for claim in made.file.claims) == 2
    assert same(made.file, made, {"article": TEXT})


def test_draft_without_figures_says_so() -> None:
    with pytest.raises(NoFigures):
        study([])


def test_draft_of_two_texts_names_the_source_of_each_claim() -> None:
    other = "In 24 patients on IVIG, 12 responded (50%)."
    found = {
        "article": Found(TEXT, seed()),
        "more": Found(other, [candidate("b", "proportion", "50%", other, group="IVIG", outcome="remission")]),
    }
    made = study_from(found, {name: source_of(each.text) for name, each in found.items()}, id="trial", title="A trial")
    assert made.claims["remission.ivig"].source == "article"
    assert made.claims["remission.ivig.2"].source == "more"
    assert same(made.file, made, {"article": TEXT, "more": other})


NUMERALS = ["42", "24", "18", "6", "91.7%", "55.6%", "P=.007", "7.46±6.26", "2.96±3.64", "2012", "IVIG", "[1, 2]"]
NAMES = st.sampled_from("abcdefgh")
WORDS = st.none() | st.sampled_from(["", "  ", "IVIG", "the placebo", "Überleben", "数", "remission rate\n at week 6"])


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    value = draw(st.sampled_from(NUMERALS))
    start = draw(st.sampled_from([TEXT.index(value), 0]))
    one = st.none() | NAMES
    several = st.lists(NAMES, max_size=3).map(tuple)
    fields: dict[str, Any] = {
        **{key: draw(one) for key in ("count", "of", "within", "restates")},
        **{key: draw(several) for key in ("compares", "parts")},
        **{key: draw(WORDS) for key in ("group", "outcome", "time", "scale", "size_of", "test", "method", "every")},
        **{key: draw(st.booleans()) for key in ("change", "paired", "adjusted")},
        "unit": draw(st.sampled_from([None, "%", "months"])),
        "spread": draw(st.sampled_from([None, "sd", "se", "iqr", "range", "ci95", "odd"])),
        "measure": draw(st.sampled_from([None, "RR", "OR", "odd"])),
    }
    kinds = list(Kind.__args__)  # type: ignore[attr-defined]
    return Candidate(draw(NAMES), draw(st.sampled_from(kinds)), value, start, start + len(value), **fields)


@settings(deadline=None)
@given(
    st.lists(candidates(), min_size=1, max_size=9),
    st.lists(st.builds(lambda s, n: Apart(s, s + n, "Why."), st.integers(0, 150), st.integers(1, 9)), max_size=5),
)
def test_draft_of_any_candidates_loads(figures: list[Candidate], apart: list[Apart]) -> None:
    try:
        made = study(figures, apart)
    except NoFigures:
        return
    assert same(made.file, made, {"article": TEXT})
    for anchor in made.anchors.values():
        assert not any(x.start < anchor.value_end and anchor.value_start < x.end for x in made.excluded)
