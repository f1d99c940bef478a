"""What several acceptance tests look at and leave as it is: a project with two published versions."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shared import made_once
from tests.small_project import run_elsewhere, small_project, write_study


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose study was published on two days, with an erratum in between; `other` was rendered only."""

    def publish(folder: Path) -> None:
        project = small_project(folder, "trial", "other")
        run_elsewhere("publish", "trial", "--date", "2026-01-31", cwd=project)
        write_study(project, placebo="50%")
        run_elsewhere("publish", "trial", "--date", "2026-02-28", cwd=project)
        run_elsewhere("render", "--engine", "embedded", cwd=project)

    return made_once(tmp_path_factory, "published", publish)
