"""What several test modules need: a small correct study, a way to write one into a folder, the seed study rendered."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from tests.projects import copy_project, run_brief
from tests.published import relabel, tiny_project
from tests.shared import made_once

# The same examples in every run: what fails fails again. `HYPOTHESIS_PROFILE=explore` looks for new ones.
settings.register_profile("explore", derandomize=False)
settings.register_profile("same", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ARTICLE = """A trial in 42 patients
In a cohort of 42 patients, 24 received the drug and 18 received placebo.
Remission occurred in 50% and in 44.4% (P=.28); age was 38.5±34.3 years (range 4-18).
Harms occurred in 16.7% of them. Harms occurred in few of the others, as P<.001 says.
"""

# Every line has its number in tests: 10 to 15 are claims.
STUDY = """id: trial
title: A trial
sources:
  news: {file: news.txt, cite: "News, 2012", sha256: "SHA256"}
groups:
  all: {label: All, n: cohort.n}
scales:
  years: {label: Age, minimum: 0, step: 1}
claims:
  - {id: cohort.n, quote: "a cohort of 42 patients", value: "42", type: count, group: all}
  - {id: drug.n, quote: "24 received the drug", value: "24", type: count, within: cohort.n}
  - {id: remission.drug, quote: "in 50% and in 44.4%", value: "50%", type: proportion, of: drug.n}
  - {id: remission.placebo, quote: "in 50% and in 44.4%", value: "44.4%", type: proportion}
  - {id: remission.p, quote: "(P=.28)", value: "P=.28", type: p_value, compares: [remission.drug, remission.placebo]}
  - {id: age, quote: "38.5±34.3 years", value: "38.5±34.3", type: mean_sd, scale: years}
exclusions: [{quote: "in 42 patients", reason: The title.}]
accepted: [{finding: some.code, claims: [age], reason: It was read.}]
"""

WriteStudy = Callable[..., Path]


@pytest.fixture
def article() -> str:
    """The source of the small correct study."""
    return ARTICLE


@pytest.fixture
def study_text() -> str:
    """The study file of the small correct study; SHA256 stands for the sum of its source."""
    return STUDY


@pytest.fixture
def write_study(tmp_path: Path) -> WriteStudy:
    """Write a study into a folder of its own: `write_study(study.yml, source)`, each a text or bytes."""

    def write(text: str | bytes = STUDY, source: str | bytes = ARTICLE, name: str = "trial") -> Path:
        folder = tmp_path / "data" / name
        folder.mkdir(parents=True, exist_ok=True)
        article = source.encode() if isinstance(source, str) else source
        (folder / "news.txt").write_bytes(article)
        if isinstance(text, str):
            text = text.replace("SHA256", hashlib.sha256(article).hexdigest()).encode()
        (folder / "study.yml").write_bytes(text)
        return folder

    return write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose seed study was rendered once by the embedded engine; tests leave it as it is."""

    def render(folder: Path) -> None:
        done = run_brief("render", "--engine", "embedded", cwd=copy_project(folder))
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "rendered", render)


@pytest.fixture(scope="session")
def two_versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place with two versions of the small study; tests leave it as it is."""

    def publish(root: Path) -> None:
        project = tiny_project(root / "project", "Drug", brief_alone=False)
        for label in ("Drug", "The drug"):
            relabel(project, label)
            done = run_brief("publish", "--date=2026-11-24", "--to", str(root / "place"), cwd=project)
            assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "versions", publish) / "place"


@pytest.fixture
def place(two_versions: Path, tmp_path: Path) -> Path:
    """A copy of the place with two versions, to be changed."""
    return Path(shutil.copytree(two_versions, tmp_path / "place"))
