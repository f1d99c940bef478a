"""A stand-in for GitHub's command `gh`: it records what it is told, and answers as a repository with these would."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

STATE = Path(__file__).with_name("gh.json")


def main(words: list[str]) -> int:
    """Do what the words say to the state; 1 for a command that it does not know."""
    state: dict[str, Any] = json.loads(STATE.read_text(encoding="utf-8"))
    state["calls"].append(words)
    code = _DO[" ".join(words[:2])](state, words[2:])
    STATE.write_text(json.dumps(state), encoding="utf-8")
    return code


def _parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("number", nargs="?", type=int)
    for name in ("base", "body-file", "color", "comment", "description", "head", "json", "label", "limit", "title"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--state", default="open")
    for name in ("delete-branch", "force"):
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args(words)


def _listed(items: list[dict[str, Any]], said: argparse.Namespace) -> int:
    found = [item for item in reversed(items) if said.state in ("all", item["state"].lower())]
    found = [item for item in found if said.head in (None, item.get("headRefName"))]
    found = [item for item in found if said.label is None or said.label in item["labels"]]
    print(json.dumps([{key: item[key] for key in said.json.split(",")} for item in found]))
    return 0


def _pr_create(state: dict[str, Any], words: list[str]) -> int:
    said = _parsed(words)
    if not state["may_propose"]:
        print("GitHub Actions is not permitted to create or approve pull requests", file=sys.stderr)
        return 1
    body = Path(said.body_file).read_text(encoding="utf-8")
    number = len(state["prs"]) + 1
    state["prs"].append({"number": number, "state": "OPEN", "headRefName": said.head, "isCrossRepository": False,
                         "base": said.base, "title": said.title, "body": body})  # fmt: skip
    print(f"https://github.com/owner/briefs/pull/{number}")
    return 0


def _pr_close(state: dict[str, Any], words: list[str]) -> int:
    said = _parsed(words)
    pull = state["prs"][said.number - 1]
    pull |= {"state": "CLOSED", "comment": said.comment, "branch_deleted": said.delete_branch}
    return 0


def _issue_create(state: dict[str, Any], words: list[str]) -> int:
    said = _parsed(words)
    if said.label not in state["labels"]:
        print(f"could not add label: '{said.label}' not found", file=sys.stderr)
        return 1
    body = Path(said.body_file).read_text(encoding="utf-8")
    state["issues"].append({"number": len(state["issues"]) + 1, "state": "OPEN", "title": said.title, "body": body,
                            "labels": [said.label], "comments": []})  # fmt: skip
    return 0


def _issue_comment(state: dict[str, Any], words: list[str]) -> int:
    said = _parsed(words)
    state["issues"][said.number - 1]["comments"].append(Path(said.body_file).read_text(encoding="utf-8"))
    return 0


def _label_create(state: dict[str, Any], words: list[str]) -> int:
    state["labels"].append(words[0])
    return 0


_DO = {
    "auth setup-git": lambda state, words: 0,
    "pr list": lambda state, words: _listed(state["prs"], _parsed(words)),
    "pr create": _pr_create,
    "pr close": _pr_close,
    "issue list": lambda state, words: _listed(state["issues"], _parsed(words)),
    "issue create": _issue_create,
    "issue comment": _issue_comment,
    "label create": _label_create,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
