"""The study of the reviews, and a server of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reviewed import Server, running, write_reviewed

from evidence_brief.review.desk import Desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The made-up study."""
    return write_reviewed(tmp_path)


@pytest.fixture
def desk(folder: Path) -> Desk:
    """Its desk."""
    return Desk(folder)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """Its server."""
    with running(folder) as started:
        yield started
