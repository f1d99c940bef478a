"""`check --strict`: the findings are the accepted ones, each by somebody, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import WriteStudy
from tests.projects import SEED, copy_project, run_brief

from evidence_brief.accepted import require_accepted
from evidence_brief.errors import FindingsDiffer, Problem
from evidence_brief.ledger import make_ledger
from evidence_brief.study.load import load_study

ENTRY = "{finding: some.code, claims: [age], reason: It was read.}"


PLACEBO = '  - {id: placebo.n, quote: "18 received placebo", value: "18", type: count, within: cohort.n}\n'


@pytest.fixture
def study_text(study_text: str) -> str:
    """The small study with the number of its other patients, against whom its P value does not add up."""
    text = study_text.replace('value: "44.4%", type: proportion}', 'value: "44.4%", type: proportion, of: placebo.n}')
    return text.replace("  - {id: remission.drug", f"{PLACEBO}  - {{id: remission.drug", 1)


@pytest.fixture
def told(write_study: WriteStudy, study_text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Code and claims of the findings of the small study that need to be accepted."""
    ledger = make_ledger(load_study(write_study(study_text.replace(ENTRY, ""))))
    return [
        (item.finding.code, item.finding.claims)
        for item in ledger.findings
        if item.finding.severity in ("contradiction", "warning")
    ]


def problems(folder: Path) -> tuple[Problem, ...]:
    study = load_study(folder)
    try:
        require_accepted(folder, study, make_ledger(study))
    except FindingsDiffer as error:
        return error.problems
    return ()


def entries(told: list[tuple[str, tuple[str, ...]]], more: str = ", role: methodologist") -> str:
    named = ((code, f"claims: [{', '.join(claims)}], " if claims else "") for code, claims in told)
    return ", ".join(f"{{finding: {code}, {claims}reason: Read{more}}}" for code, claims in named)


def test_study_whose_findings_are_all_accepted_passes(
    write_study: WriteStudy, study_text: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert "p_value.mismatch" in [code for code, _ in told]
    assert problems(write_study(study_text.replace(ENTRY, entries(told)))) == ()


def test_new_finding_is_named_with_its_line_and_the_entry_that_accepts_it(
    write_study: WriteStudy, study_text: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    code, claims = next(item for item in told if item[0] == "p_value.mismatch")
    others = [item for item in told if item != (code, claims)]
    (problem,) = problems(write_study(study_text.replace(ENTRY, entries(others))))
    assert code in problem.message
    assert problem.line is not None
    assert 10 <= problem.line <= 16
    assert problem.mend is not None
    assert f"{{finding: {code}, claims: [{', '.join(claims)}], reason: …, role: …}}" in problem.mend


def test_notes_may_stay_unaccepted(write_study: WriteStudy, study_text: str, told: list[object]) -> None:
    folder = write_study(study_text.replace(ENTRY, ""))
    assert len(problems(folder)) == len(told)


def test_finding_that_vanished_is_named_with_the_line_of_its_entry(
    write_study: WriteStudy, study_text: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    (problem,) = problems(write_study(study_text.replace(ENTRY, f"{ENTRY[:-1]}, role: editor}}, {entries(told)}")))
    assert "some.code of age, which no check finds any more" in problem.message
    assert problem.line == 18


def test_acceptance_without_a_role_is_named(
    write_study: WriteStudy, study_text: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = problems(write_study(study_text.replace(ENTRY, entries(told, more=""))))
    assert len(found) == len(told)
    assert all("`role` does not say by whom" in problem.message for problem in found)


def test_ledger_says_who_accepted_a_finding(
    write_study: WriteStudy, study_text: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    ledger = make_ledger(load_study(write_study(study_text.replace(ENTRY, entries(told)))))
    assert "Read (methodologist)" in [item.accepted for item in ledger.findings]


def test_command_fails_strictly_with_its_own_code_and_passes_without(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    assert run_brief("check", SEED, cwd=project).returncode == 0
    done = run_brief("check", "--strict", SEED, cwd=project)
    assert done.returncode == FindingsDiffer.exit_code
    assert "granularity.grim, which nobody has accepted" in done.stderr
    assert "Traceback" not in done.stderr
