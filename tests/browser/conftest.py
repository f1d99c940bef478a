"""A browser, and the pages of three studies: the seed study and two made-up ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.studies import LARGE, TINY, large, tiny, write_study
from tests.projects import SEED, copy_project, run_brief
from tests.shared import made_once


@pytest.fixture(scope="module")  # Playwright's event loop must not outlive the modules that use it
def browser() -> Iterator[Browser]:
    """The machine's own Chromium; Playwright's driver comes with its wheel."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("neither chromium nor google-chrome is on PATH (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        # Root, as in a container, has no sandbox; the pages are the project's own.
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the two made-up studies, rendered once; tests leave it as it is."""

    def render(folder: Path) -> None:
        copy_project(folder)
        shutil.rmtree(folder / "data" / SEED)
        for study in (tiny(), large()):
            write_study(folder / "data", *study)
        done = run_brief("render", "--engine", "embedded", "--to", "html", "--jobs", "2", cwd=folder)
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "made-up", render)


@pytest.fixture(scope="session")
def sites(rendered: Path, made_up: Path) -> list[Path]:
    """The sites of both projects: that of the seed study, and that of the made-up ones."""
    return [rendered / "_site", made_up / "_site"]


@pytest.fixture(scope="session")
def briefs(sites: list[Path]) -> dict[str, Path]:
    """The brief of each study, by its id."""
    return {name: sites[name != SEED] / "briefs" / name / "brief.html" for name in (SEED, TINY, LARGE)}
