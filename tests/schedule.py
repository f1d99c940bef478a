"""A project with two tiny studies, a month in which it is regenerated every day, and what may happen meanwhile."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from tests.projects import SEED, copy_project

TRIAL = """A trial in 48 patients
In a cohort of 48 patients, 24 received the drug and 24 received placebo.
Remission occurred in 75.0% and in 45.8% (P=.04). Pain was 10.4±0.6 on a scale from 0 to 12.
"""
TRIAL_STUDY = """id: trial
title: A trial
sources:
  news: {file: news.txt, cite: "News, 2012", sha256: "SHA256"}
groups:
  all: {label: All, n: cohort.n}
  drug: {label: Drug, n: drug.n}
  placebo: {label: Placebo, n: placebo.n}
scales:
  pain: {label: Pain, minimum: 0, maximum: 012, step: 1}
claims:
  - {id: cohort.n, quote: "a cohort of 48 patients", value: "48", type: count, group: all}
  - {id: drug.n, quote: "24 received the drug", value: "24", type: count, group: drug}
  - {id: placebo.n, quote: "24 received placebo", value: "24", type: count, group: placebo}
  - {id: remission.drug, quote: "in 75.0% and in 45.8%", value: "75.0%", type: proportion, group: drug}
  - {id: remission.placebo, quote: "in 75.0% and in 45.8%", value: "45.8%", type: proportion, group: placebo}
  - {id: remission.p, quote: "(P=.04)", value: "P=.04", type: p_value, compares: [remission.drug, remission.placebo]}
  - {id: pain, quote: "10.4±0.6", value: "10.4±0.6", type: mean_sd, scale: pain, group: drug}
exclusions: [{quote: "in 48 patients", reason: The title.}, {quote: "from 0 to 12", reason: The scale.}]
"""
COUNT = "A count\nOf 30 people, 12 were women and 18 were men.\n"
COUNT_STUDY = """id: count
title: A count
sources:
  news: {file: news.txt, cite: "News, 2013", sha256: "SHA256"}
claims:
  - {id: all.n, quote: "30 people", value: "30", type: count, parts: [women.n, men.n]}
  - {id: women.n, quote: "12 were women", value: "12", type: count}
  - {id: men.n, quote: "18 were men", value: "18", type: count}
"""

OCTAL = """
import re
from ruamel.yaml.constructor import RoundTripConstructor, SafeConstructor

def read_as_yaml_1_1(kind):
    before = kind.construct_yaml_int
    def construct(self, node):
        return int(node.value, 8) if re.fullmatch("0[0-7]+", node.value) else before(self, node)
    kind.add_constructor("tag:yaml.org,2002:int", construct)

read_as_yaml_1_1(SafeConstructor)
read_as_yaml_1_1(RoundTripConstructor)
"""
"""What a reader of YAML 1.1 does: 012 is ten. Both computations of a figure take what it has read."""

ROOT_OFF = """
import mpmath
before = mpmath.sqrt
mpmath.sqrt = lambda x, **more: before(x, **more) * (1 + mpmath.mpf(10) ** -6)
"""
"""A square root that is wrong in the sixth digit, and that only one of the two computations of a figure takes."""


@dataclass(frozen=True)
class Day:
    """What a day's regeneration left: its exit code, the sum of all published bytes, and its summaries."""

    date: str
    code: int
    published: str
    data: dict[str, Any]
    text: str

    def study(self, name: str) -> dict[str, Any]:
        """What the summary for machines says of a study."""
        found: dict[str, Any] = next(study for study in self.data["studies"] if study["study"] == name)
        return found


@dataclass(frozen=True)
class Schedule:
    """A project, regenerated once a day."""

    root: Path
    how: str = "date"

    @property
    def project(self) -> Path:
        return self.root / "project"

    def run(self, first: int, last: int | None = None, *, upgraded: Path | None = None) -> list[Day]:
        """The days of January from the first to the last, with a package upgraded or not."""
        out = self.root / "summaries"
        out.mkdir(exist_ok=True)
        days = (f"2026-01-{day:02}" for day in (first, last or first))
        command = [
            sys.executable,
            str(Path(__file__).with_name("days.py")),
            str(self.project),
            str(out),
            self.how,
            *days,
        ]
        known = os.environ.get("PYTHONPATH")
        path = os.pathsep.join(str(part) for part in (upgraded, known) if part)
        done = subprocess.run(
            command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return [self._day(json.loads(line)) for line in done.stdout.splitlines()]

    def _day(self, told: dict[str, Any]) -> Day:
        data, text = ((self.root / "summaries" / f"{told['date']}.{end}").read_text("utf-8") for end in ("json", "md"))
        return Day(**told, data=json.loads(data), text=text)

    def write(self, name: str, article: str, study: str) -> None:
        """Write a study, with the sum of its source."""
        folder = self.project / "data" / name
        folder.mkdir(exist_ok=True)
        (folder / "news.txt").write_text(article, encoding="utf-8")
        known = hashlib.sha256(article.encode()).hexdigest()
        (folder / "study.yml").write_text(study.replace("SHA256", known), encoding="utf-8")

    def versions(self, name: str) -> list[str]:
        """The versions that are there, sorted."""
        return sorted(path.name for path in (self.project / "published" / name).glob("v*.*") if path.is_dir())

    def record(self, name: str, version: str) -> dict[str, Any]:
        """What a version's record says changed since the version before it."""
        text = (self.project / "published" / name / version / "version.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)["since"][0]
        return found


def begun(root: Path, how: str = "date", studies: Sequence[str] = ("trial", "count")) -> Schedule:
    """The project on the evening before the first day; handout and slides are left out, to save time."""
    schedule = Schedule(root, how)
    copy_project(schedule.project)
    shutil.rmtree(schedule.project / "data" / SEED)
    for name in ("handout", "slides"):
        (schedule.project / "reports" / f"{name}.qmd").unlink()
    for name in studies:
        schedule.write(name, *{"trial": (TRIAL, TRIAL_STUDY), "count": (COUNT, COUNT_STUDY)}[name])
    return schedule


def upgrade(folder: Path, package: str, change: str) -> Path:
    """A folder for the path of Python, where the package is of version 99.0 and does this at its start."""
    name = package.replace("-", "_")
    metadata = folder / f"{name}-99.0.dist-info"
    metadata.mkdir(parents=True)
    known = distribution(package)
    text = (known.read_text("METADATA") or "").replace(f"\nVersion: {known.version}\n", "\nVersion: 99.0\n", 1)
    (metadata / "METADATA").write_text(text, encoding="utf-8")
    (folder / "sitecustomize.py").write_text(change, encoding="utf-8")
    return folder
