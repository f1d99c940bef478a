"""The step that proposes new versions, run for real."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.hub import REDLINE, RUN, Hub, made_hub

pytestmark = pytest.mark.skipif(shutil.which("jq") is None, reason="needs the command jq")


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A repository with one published version."""
    return made_hub(tmp_path)


def test_a_changed_figure_becomes_one_branch_one_commit_and_a_pull_request_with_the_redline(hub: Hub) -> None:
    done = hub.propose(hub.regenerate("one", version="v1.1"))
    assert done.returncode == 0, done.stderr
    (branch,) = [name for name in hub.branches() if name != "main"]
    (pull,) = hub.known["prs"]
    assert branch.startswith("regenerate/")
    assert (pull["headRefName"], pull["base"]) == (branch, "main")
    assert pull["title"] == "New versions of briefs: trial v1.1"
    assert pull["body"].startswith(REDLINE)
    assert RUN in pull["body"]
    origin = hub.root / "origin.git"
    assert hub.git("rev-list", "--count", f"main..{branch}", cwd=origin) == "1\n"
    changed = hub.git("-c", "core.quotePath=false", "diff", "--name-status", "main", branch, cwd=origin).splitlines()
    assert changed == [
        "A\tpublished/trial/v1.1/inputs/Teil 2: Fragen?.txt",
        "A\tpublished/trial/v1.1/inputs/a.pyc",
        "A\tpublished/trial/v1.1/version.json",
        "M\tpublished/trial/versions.json",
    ]
    assert (
        hub.git("show", f"{branch}:published/trial/v1.1/inputs/Teil 2: Fragen?.txt", cwd=origin).encode() == b"a\nb\n"
    )
    assert hub.git("cat-file", "-s", f"{branch}:published/trial/v1.1/inputs/Teil 2: Fragen?.txt", cwd=origin) == "5\n"
    assert not list(hub.root.rglob("stolen"))


def test_the_same_change_is_proposed_once_whatever_the_date(hub: Hub) -> None:
    hub.propose(hub.regenerate("one", version="v1.1"))
    before = hub.branches(), hub.git("rev-parse", hub.branches()[-1], cwd=hub.root / "origin.git")
    done = hub.propose(hub.regenerate("two", version="v1.1", date="2026-03-09"))
    assert done.returncode == 0, done.stderr
    assert "proposed already" in done.stdout
    assert (hub.branches(), hub.git("rev-parse", hub.branches()[-1], cwd=hub.root / "origin.git")) == before
    assert len(hub.known["prs"]) == 1


def test_another_change_takes_the_place_of_the_one_that_is_proposed(hub: Hub) -> None:
    hub.propose(hub.regenerate("one", version="v1.1"))
    done = hub.propose(hub.regenerate("two", version="v1.1", content="b"))
    assert done.returncode == 0, done.stderr
    old, new = hub.known["prs"]
    assert (old["state"], new["state"], old["branch_deleted"]) == ("CLOSED", "OPEN", True)
    assert old["comment"].endswith("/pull/2")
    assert old["headRefName"] != new["headRefName"]


def test_a_pull_request_of_somebody_else_with_the_same_branch_hinders_nothing(hub: Hub) -> None:
    hub.propose(hub.regenerate("one", version="v1.1"))
    (own,) = hub.known["prs"]
    other = own | {"isCrossRepository": True}
    hub.know(prs=[other])
    hub.git("push", "--quiet", "origin", "--delete", own["headRefName"])
    done = hub.propose(hub.regenerate("two", version="v1.1"))
    assert done.returncode == 0, done.stderr
    assert [pull["state"] for pull in hub.known["prs"]] == ["OPEN", "OPEN"]


def test_what_was_declined_is_proposed_again_only_after_its_branch_is_deleted(hub: Hub) -> None:
    hub.propose(hub.regenerate("one", version="v1.1"))
    (pull,) = hub.known["prs"]
    hub.know(prs=[pull | {"state": "CLOSED"}])
    done = hub.propose(hub.regenerate("two", version="v1.1"))
    assert done.returncode == 0, done.stderr
    assert len(hub.known["prs"]) == 1
    hub.git("push", "--quiet", "origin", "--delete", pull["headRefName"])
    hub.propose(hub.regenerate("three", version="v1.1"))
    assert [pull["state"] for pull in hub.known["prs"]] == ["CLOSED", "OPEN"]


def test_a_branch_without_a_pull_request_gets_one(hub: Hub) -> None:
    hub.know(may_propose=False)
    done = hub.propose(hub.regenerate("one", version="v1.1"))
    assert done.returncode != 0
    hub.know(may_propose=True)
    done = hub.propose(hub.regenerate("two", version="v1.1", date="2026-03-09"))
    assert done.returncode == 0, done.stderr
    assert len(hub.known["prs"]) == 1
    assert len(hub.branches()) == 2


def test_nothing_changed_packs_nothing_to_propose(hub: Hub) -> None:
    temporary = hub.regenerate("one", version=None)
    assert sorted(path.name for path in (temporary / "regenerated").iterdir()) == ["regenerate.json", "regenerate.md"]
    assert hub.known["calls"] == []


def test_an_archive_with_nothing_new_makes_no_commit(hub: Hub) -> None:
    temporary = hub.regenerate("one", version=None)
    subprocess.run(["tar", "-cf", temporary / "regenerated" / "published.tar", "published"], cwd=hub.briefs, check=True)
    done = hub.propose(temporary)
    assert (done.returncode, done.stdout) == (0, "Nothing changed.\n")
    assert hub.branches() == ["main"]
    assert hub.known["calls"] == []


def test_a_changed_file_of_a_published_version_is_never_proposed(hub: Hub) -> None:
    temporary = hub.regenerate("one", version="v1.1")
    made = temporary.parent / "made"
    (made / "published" / "trial" / "v1.0" / "version.json").write_text("forged", encoding="utf-8")
    subprocess.run(["tar", "-cf", temporary / "regenerated" / "published.tar", "published"], cwd=made, check=True)
    done = hub.propose(temporary)
    assert done.returncode == 1
    assert "published/trial/v1.0/version.json" in done.stderr
    assert hub.branches() == ["main"]


def test_an_archive_that_leads_out_of_its_folder_writes_nothing_there(hub: Hub) -> None:
    temporary = hub.regenerate("one", version="v1.1")
    evil = temporary / "evil"
    evil.mkdir()
    (evil / "hooks").mkdir()
    (evil / "hooks" / "pre-commit").write_text("#!/bin/sh\ntouch stolen\n", encoding="utf-8")
    (evil / "published").symlink_to(".git")
    archive = temporary / "regenerated" / "published.tar"
    subprocess.run(["tar", "-cf", archive, "published"], cwd=evil, check=True)
    subprocess.run(["tar", "-rf", archive, "--transform", "s,^hooks,published/hooks,", "hooks"], cwd=evil, check=True)
    hub.propose(temporary)
    assert not (temporary.parent / "proposed" / ".git" / "hooks" / "pre-commit").exists()
    assert hub.branches() == ["main"]


def test_a_text_too_long_for_github_is_cut_and_says_so(hub: Hub) -> None:
    temporary = hub.regenerate("one", version="v1.1")
    file = temporary / "regenerated" / "regenerate.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    data["studies"][0]["redline"] = "½" * 70_000
    file.write_text(json.dumps(data), encoding="utf-8")
    assert hub.propose(temporary).returncode == 0
    body = hub.known["prs"][0]["body"]
    assert 60_000 < len(body) < 65_536
    assert body.startswith("**Cut")
    assert RUN in body.partition("\n")[0]
