"""The last step of the action, run for real with a stand-in for `brief`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.workflows import ACTION, outputs, run_step, script


@pytest.mark.parametrize(("code", "outcome", "left"), [(0, "unchanged", 0), (16, "changed", 0), (11, "failed", 11)])
def test_the_action_tells_the_outcome_and_fails_where_something_failed(
    tmp_path: Path, code: int, outcome: str, left: int
) -> None:
    done = action(tmp_path, f"echo '## Told' > {{markdown}}; echo '{{{{}}}}' > {{json}}; exit {code}")
    assert done.returncode == left
    told = outputs(tmp_path)
    assert told["outcome"] == outcome
    assert Path(told["summary"]).read_text() == (tmp_path / "page.md").read_text() == "## Told\n"
    assert Path(told["json"]).name == "regenerate.json"


def test_the_action_that_breaks_off_has_no_summary_and_fails(tmp_path: Path) -> None:
    done = action(tmp_path, "exit 8")
    assert done.returncode == 8
    assert outputs(tmp_path) == {"outcome": "failed"}


def test_the_action_takes_studies_as_words_and_never_as_commands(tmp_path: Path) -> None:
    action(
        tmp_path, 'for word; do echo "$word" >> words; done', STUDIES="one $(touch${IFS}stolen) --to *", DRY_RUN="true"
    )
    words = (tmp_path / "words").read_text().splitlines()
    assert words[:3] == ["regenerate", "--engine", "auto"]
    assert words[words.index("--") - 1] == "--dry-run"
    assert words[words.index("--") + 1 :] == ["one", "$(touch${IFS}stolen)", "--to", "*"]


def test_the_action_lets_what_a_study_says_be_no_command_of_the_runner(tmp_path: Path) -> None:
    done = action(tmp_path, "echo '::add-mask::a'; exit 3")
    first, second, last = done.stdout.splitlines()
    assert first.startswith("::stop-commands::")
    assert second == "::add-mask::a"
    assert last == f"::{first.removeprefix('::stop-commands::')}::"
    assert len(last) == 4 + 32


def action(folder: Path, does: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The action's last step with a `brief` that does this."""
    brief = folder / "evidence-brief" / "bin" / "brief"
    brief.parent.mkdir(parents=True)
    does = does.format(json='"$5"', markdown='"$7"') if "{" in does and "${IFS" not in does else does
    brief.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    brief.chmod(0o755)
    told = {"FOLDER": ".", "STUDIES": "", "TO": "", "ENGINE": "auto", "STRICT": "false", "DRY_RUN": "false"}
    return run_step(script(ACTION, None, "Regenerate"), folder, folder, **{**told, **environment})
