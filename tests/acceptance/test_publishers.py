"""Several publishers at once: the versions follow each other, none is lost, and none overwrites another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from secrets import token_hex
from types import ModuleType

import pytest
from tests.projects import run_brief
from tests.published import TRIAL, follows, junk, settled, tiny_project, whole
from tests.publishers import Publisher, serving

from evidence_brief.publish.place import Folder, Place
from evidence_brief.publish.release import Number
from evidence_brief.publish.store import Store

pytestmark = pytest.mark.slow
DAY = "--date=2026-11-24"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tiny_project(tmp_path_factory.mktemp("publishers") / "project", "Drug of the first")
    assert run_brief("prepare", cwd=root).returncode == 0
    return root


@pytest.fixture(scope="module")
def published(project: Path) -> Path:
    done = run_brief("publish", DAY, "--to", str(project.parent / "one"), cwd=project)
    assert done.returncode == 0, done.stderr
    return project.parent / "one" / TRIAL / "v1.0"


@pytest.fixture(scope="module")
def s3() -> Iterator[ModuleType]:
    """A store of objects as S3 is one, which s3fs finds by itself; the module s3fs."""
    server_of, s3fs = pytest.importorskip("moto.server"), pytest.importorskip("s3fs")
    server = server_of.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "anybody")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        yield s3fs
    server.stop()


@pytest.fixture(params=["folder", "store"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to publish: a folder, or a store."""
    if request.param == "folder":
        return str(tmp_path / "place")
    bucket = f"briefs-{token_hex(8)}"
    request.getfixturevalue("s3").S3FileSystem().mkdir(bucket)
    return f"s3://{bucket}/team"


@pytest.fixture(params=["folder", "store"])
def publishers(request: pytest.FixtureRequest, project: Path, tmp_path: Path) -> Iterator[list[Publisher]]:
    with ExitStack() as stack:
        yield [stack.enter_context(serving(request.param, project, tmp_path)) for _ in range(3)]


def test_one_number_goes_to_one_of_three_publishers_and_its_version_is_whole(
    publishers: list[Publisher], published: Path, tmp_path: Path
) -> None:
    kind = publishers[0].kind
    made = {
        (number, one): follows(published, number, tmp_path / "made" / str(one) / number.name, f"of {one}")
        for number in (Number(1, minor) for minor in range(12))
        for one in range(3)
    }
    for number in (Number(1, minor) for minor in range(12)):
        for one, publisher in enumerate(publishers):
            publisher.begin(tmp_path / kind, made[number, one], number)
        won = [one for one, publisher in enumerate(publishers) if publisher.end()[2]]
        assert len(won) == 1, f"{number} was added {len(won)} times"
        there = whole(tmp_path / kind / TRIAL)[number.name]
        assert there["version.json"] == whole(made[number, won[0]].parent)[number.name]["version.json"]
    assert settled(tmp_path / kind / TRIAL) == [f"v1.{minor}" for minor in range(12)]
    assert junk(tmp_path / kind) == []


def begin(project: Path, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "evidence_brief", "publish", DAY, "--to", address]
    return subprocess.Popen(command, cwd=project, env=dict(os.environ), stderr=subprocess.PIPE, text=True)


def place_of(address: str) -> Place:
    return Store.open(address) if "://" in address else Folder(Path(address))


def fetched(address: str, to: Path) -> Path:
    """The study's folder in the place, on this disk."""
    if "://" not in address:
        return Path(address) / TRIAL
    place = Store.open(address)
    assert isinstance(place, Store)
    place.system.invalidate_cache()
    place.system.get(f"{address}/{TRIAL}", str(to / TRIAL), recursive=True)
    return to / TRIAL


def test_publishers_with_the_same_content_make_one_version(project: Path, address: str, tmp_path: Path) -> None:
    running = [begin(project, address) for _ in range(2)]
    for process in running:
        _, told = process.communicate(timeout=200)
        assert process.returncode == 0, told
    assert settled(fetched(address, tmp_path / "read")) == ["v1.0"]
    assert junk(project / ".brief") == []


@pytest.fixture(scope="module")
def checkouts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three projects that say something else each; their notebooks have run."""
    root = tmp_path_factory.mktemp("checkouts")
    projects = [tiny_project(root / name, f"Drug of {name}") for name in ("one", "two", "three")]
    for project in projects:
        assert run_brief("prepare", cwd=project).returncode == 0
    return projects


def test_publishers_of_three_checkouts_make_three_versions_that_follow_each_other(
    address: str, checkouts: list[Path], tmp_path: Path
) -> None:
    projects = [Path(shutil.copytree(project, tmp_path / project.name)) for project in checkouts]
    running = [begin(project, address) for project in projects]
    for process in running:
        _, told = process.communicate(timeout=280)
        assert process.returncode == 0, told
    folder = fetched(address, tmp_path / "read")
    names = settled(folder)
    assert len(names) == 3
    records = [json.loads((folder / name / "version.json").read_text(encoding="utf-8")) for name in names]
    for position, record in enumerate(records):
        assert [f"v{since['version']}" for since in record["since"]] == names[:position][::-1]
    pages = [(folder / name / "brief.html").read_text(encoding="utf-8") for name in names]
    assert [sum(f"Drug of {one}" in page for page in pages) for one in ("one", "two", "three")] == [1, 1, 1]
    assert place_of(address).begun(TRIAL) == []
