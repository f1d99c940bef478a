"""The pages about methods and checks are made from the code that runs."""

import inspect

import pytest

from evidence_brief.blocks.site_checks import checks, codes
from evidence_brief.blocks.site_methods import methods, papers_of, used_by
from evidence_brief.checks import CHECKS
from evidence_brief.checks.codes import CODES
from evidence_brief.stats import exact

BY_NAME = {check.name: check for check in CHECKS}


def section(name):
    return methods().split(f"{{#check-{name}}}")[1].split("\n## ")[0]


def test_methods_have_a_section_and_an_entry_for_each_check():
    text = methods()
    for check in CHECKS:
        assert f"{{#check-{check.name}}}" in text
        assert f"(#check-{check.name})" in text


def test_methods_are_the_words_of_the_docstrings():
    for check in CHECKS:
        first = inspect.getdoc(check.run).split("\n\n")[0].split()[0]
        assert section(check.name).strip().startswith(first.replace("`", "").rstrip(":")), check.name


@pytest.mark.parametrize(
    ("check", "paper"),
    [
        ("p_proportions", "Boschloo 1970, Stat Neerl 24:1"),  # a table of tests, each a closure
        ("p_means", "Welch 1938, Biometrika 29:350"),
        ("intervals", "Newcombe 1998, Stat Med 17:873"),  # a method behind another function
        ("multiplicity", "Holm S"),
    ],
)
def test_methods_name_the_papers_of_what_a_check_uses(check, paper):
    assert paper in section(check).replace("\\", "")


def test_methods_name_no_paper_twice_in_a_section():
    for check in CHECKS:
        papers = [line for line in section(check.name).splitlines() if line.startswith("- ")]
        assert len(papers) == len(set(papers)), check.name


def test_methods_do_not_follow_the_second_path():
    for check in CHECKS:
        assert not any(used.__module__.startswith(exact.__name__) for used in used_by(check)), check.name


def test_checks_without_methods_use_none():
    assert used_by(BY_NAME["coverage"]) == []


def test_papers_after_source_or_in_brackets():
    def first():
        """Something.

        Source: Wilson 1927, J Am Stat Assoc 22:209; Newcombe 1998, Stat Med 17:857, method 3.
        """

    def second():
        """Pearson's test (Pearson 1900, Philos Mag 50:157); None where n is 0 (of 12)."""

    assert papers_of(first) == ["Wilson 1927, J Am Stat Assoc 22:209.", "Newcombe 1998, Stat Med 17:857."]
    assert papers_of(second) == ["Pearson 1900, Philos Mag 50:157."]
    assert papers_of(test_papers_after_source_or_in_brackets) == []


def test_checks_page_lists_every_check_and_every_code_with_an_anchor():
    assert all(f"[`{check.name}`](methods.html#check-{check.name})" in checks() for check in CHECKS)
    assert all(f"[`{code}`]{{#code-{code}}}" in codes() for code in CODES)
