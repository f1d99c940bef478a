"""A project with a small study, which is published in seconds, and the command as somebody else runs it elsewhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.projects import ROOT

from evidence_brief.project import INPUTS

TEXT = """Of 100 patients, 50 received the drug and 50 placebo. At 12 weeks 60% of the drug group and
30% of the placebo group had responded (P=.003).
"""
STUDY = """id: trial
title: A trial
sources:
  news: {file: news.txt, cite: "News, 2020", sha256: "SHA256"}
groups:
  drug: {label: Drug, n: drug.n}
  placebo: {label: Placebo, n: placebo.n}
claims:
  - {id: drug.n, quote: "50 received the drug", value: "50", type: count, group: drug}
  - {id: placebo.n, quote: "and 50 placebo", value: "50", type: count, group: placebo}
  - {id: drug, quote: "60% of the drug", value: "60%", type: proportion, group: drug, outcome: response}
  - {id: placebo, quote: "30% of the placebo", value: "30%", type: proportion, group: placebo, outcome: response}
  - {id: p, quote: "(P=.003)", value: "P=.003", type: p_value, compares: [drug, placebo]}
exclusions: [{quote: "Of 100 patients", reason: Both.}, {quote: "At 12 weeks", reason: Time.}]
"""


def write_study(project: Path, name: str = "trial", *, placebo: str = "30%", file: str = "news.txt") -> None:
    """The small study; `placebo` is the percentage of responders, which an erratum may correct."""
    folder = project / "data" / name
    folder.mkdir(parents=True, exist_ok=True)
    text = TEXT.replace("30%", placebo).encode()
    study = STUDY.replace("30%", placebo).replace("news.txt", file).replace("id: trial", f"id: {name}")
    (folder / file).write_bytes(text)
    study = study.replace("SHA256", hashlib.sha256(text).hexdigest())
    (folder / "study.yml").write_text(study, encoding="utf-8")


def small_project(folder: Path, *studies: str, backwards: bool = False) -> Path:
    """The inputs of the project with small studies for its own; `backwards` makes its files in another order."""
    wanted = [ROOT / name for name in INPUTS]
    files = [path for path in wanted if path.is_file()]
    files += [path for place in wanted if place.is_dir() for path in sorted(place.rglob("*")) if path.is_file()]
    names = [path.relative_to(ROOT) for path in files]
    for name in sorted({*names, Path("requirements.lock")}, reverse=backwards):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    for study in sorted(studies, reverse=backwards):
        write_study(folder, study)
    return folder


def run_elsewhere(*arguments: str, cwd: Path, umask: int = -1, **environment: str) -> str:
    """Run the command with a umask and an environment of its own; it must succeed."""
    command = [sys.executable, "-m", "evidence_brief", *arguments]
    environ = {**os.environ, "COLUMNS": "200", **environment}
    done = subprocess.run(
        command, cwd=cwd, env=environ, umask=umask, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of the folder by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
