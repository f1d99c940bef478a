"""What a published version says of itself: which it is, and how to cite it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.conftest import WriteStudy

from evidence_brief.blocks.versions import bibtex, version_blocks
from evidence_brief.publish.changes import Change
from evidence_brief.publish.release import Number, Release, Since
from evidence_brief.study.load import Study, load_study

FIRST = Release("trial", Number(1, 0), "2026-03-03")
LINK = "https://example.org/published/trial/v1.0/brief.html"


@pytest.fixture
def study(write_study: WriteStudy) -> Study:
    return load_study(write_study())


def test_draft_says_that_it_is_not_to_be_cited(study: Study) -> None:
    made = version_blocks(study, None, LINK)
    assert made["version"] == made["redline"] == ""
    assert "not to be cited" in made["cite"]


def test_first_version_says_that_it_is_the_first(study: Study) -> None:
    made = version_blocks(study, FIRST, LINK)
    assert "version 1.0 of 3 March 2026. It is the first." in made["version"]
    assert "Version 1.0 of 3 March 2026 is the first" in made["redline"]


def test_later_version_leads_to_what_changed(study: Study) -> None:
    change = Change("figure", "age", "Age", "38", "39", ("possible", "contradicted"))
    later = replace(FIRST, number=Number(2, 0), since=(Since("1.0", "2026-03-03", (change,)),))
    made = version_blocks(study, later, LINK)
    assert "[What changed since version 1.0](redline.html)" in made["version"]
    assert "{#since-v1.0}" in made["redline"]


def test_citation_names_version_date_and_address(study: Study) -> None:
    made = version_blocks(study, FIRST, LINK)["cite"]
    assert "Version 1\\.0\\, 3 March 2026" in made
    assert f"]({LINK})" in made
    assert "brief verify trial@v1.0" in made


def test_without_an_address_the_citation_has_none(study: Study) -> None:
    assert "http" not in version_blocks(study, FIRST, None)["cite"]
    assert "url" not in bibtex(study, FIRST, None, "News, 2012")


def test_bibtex_is_of_this_very_version(study: Study) -> None:
    entry = bibtex(study, FIRST, LINK, "Ärzte & Co. 50% {a_b}\\x, 2012")
    assert entry.startswith("@misc{trial-v1.0,\n")
    assert "  version = {1.0}," in entry
    assert "  year    = {2026}," in entry
    assert "  month   = mar," in entry
    assert f"  url     = {{{LINK}}}," in entry
    assert r"Ärzte \& Co. 50\% \{a\_b\}/x, 2012" in entry
    plain = entry.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
