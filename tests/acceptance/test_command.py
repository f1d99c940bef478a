"""The command as a person uses it: verbs, help, exit codes, and errors without a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.projects import SEED, run_brief


def test_check_prints_a_list_of_claims_per_study(project: Path) -> None:
    done = run_brief("check", "--json", cwd=project)
    assert done.returncode == 0
    claims = json.loads(done.stdout)[SEED]
    assert len(claims) == 32
    assert all({"id", "printed", "verdict", "recomputed", "findings"} <= set(claim) for claim in claims)
    wrong = next(claim for claim in claims if claim["id"] == "complete.p")
    assert wrong["verdict"] == "contradicted"
    assert wrong["findings"][0]["code"] == "p_value.mismatch"


def test_check_of_a_contradictory_study_is_no_failure(project: Path) -> None:
    done = run_brief("check", cwd=project)
    assert done.returncode == 0
    assert "P=.28 cannot be reproduced" in " ".join(done.stdout.split())


def test_check_shows_the_good_studies_beside_the_bad_one(project: Path) -> None:
    (project / "data" / "bad").mkdir()
    (project / "data" / "bad" / "study.yml").write_text("id: bad\n", encoding="utf-8")
    done = run_brief("check", "--json", cwd=project)
    assert done.returncode == 3
    assert list(json.loads(done.stdout)) == [SEED]
    assert "data/bad/study.yml" in done.stderr


def test_explain_shows_the_derivation_of_a_figure(project: Path) -> None:
    done = run_brief("explain", SEED, "remission.p", cwd=project)
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    assert "0.0065 ≤ x ≤ 0.0075" in text
    assert "Pearson χ² 0.0065 yes" in text
    assert "Fisher exact 0.0104 no" in text


def test_explain_suggests_ids_for_an_unknown_one(project: Path) -> None:
    done = run_brief("explain", SEED, "remission.ivg", cwd=project)
    assert done.returncode == 3
    assert "did you mean remission.ivig" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("check", "no-such-study"), 3, "there is no such study"),
        (("render", "--to", "docx"), 2, "html,pdf"),
        (("render", "--engine", "latex"), 2, "latex"),
        (("render", "--jobs", "0"), 2, "jobs"),
        (("inspect",), 7, "nothing is rendered"),
        (("chekc",), 2, "chekc"),
        (("render", "--out", "_quarto.yml/site"), 9, "cannot be read or written"),
        (("publish", "--to", ""), 13, "names no place"),
        (("regenerate", "--json", "data"), 9, "a folder, where a file is to be written"),
        (("regenerate", "--markdown", "_quarto.yml/summary.md"), 9, "cannot be read or written"),
    ],
)
def test_command_answers_a_slip_with_its_exit_code(
    project: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = run_brief(*arguments, cwd=project)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "published").exists()


def test_command_outside_a_project_says_what_is_missing(tmp_path: Path) -> None:
    done = run_brief("check", cwd=tmp_path)
    assert done.returncode == 8
    assert "_quarto.yml" in done.stderr
    assert str(tmp_path) not in done.stderr


def test_quarto_as_the_engine_without_quarto_is_a_clear_error(project: Path) -> None:
    done = run_brief("render", "--engine", "quarto", cwd=project, PATH=str(project))
    assert done.returncode == 6
    assert "not on PATH" in done.stderr


def test_command_imports_nothing_heavy_before_a_verb_needs_it() -> None:
    heavy = ("numpy", "pandas", "pydantic", "scipy", "matplotlib", "papermill", "ruamel", "typst", "pypandoc")
    code = f"import sys, evidence_brief.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_lists_every_verb_and_the_exit_codes() -> None:
    done = run_brief("--help", cwd=Path.cwd())
    assert done.returncode == 0
    for word in ("check", "explain", "prepare", "render", "inspect", "doctor", "Exit codes"):
        assert word in done.stdout
