"""Full disks, read-only places, lost networks, damaged caches, edited files: one clear error each, and what is safe."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.published import TRIAL, follows, junk, relabel, settled, tiny_project, whole
from tests.publisher import Objects

from evidence_brief.errors import PlaceFailed, RenderFailed
from evidence_brief.freshness import sums
from evidence_brief.publish.release import Number
from evidence_brief.publish.store import Store
from evidence_brief.render.quarto import join_search

pytestmark = pytest.mark.slow
SAFE = "stays as it was"
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tiny_project(tmp_path_factory.mktemp("faults") / "project")
    for verb in ("render", "publish"):
        done = run_brief(verb, cwd=root)
        assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    """A project whose study is rendered and published, and has changed since."""
    root = Path(shutil.copytree(made, tmp_path / "project", symlinks=True))
    relabel(root, "The drug")
    return root


@pytest.fixture(scope="module")
def prepared(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("prepared") / "project", symlinks=True))
    relabel(root, "The drug")
    assert run_brief("prepare", cwd=root).returncode == 0
    return root


@pytest.fixture
def changed(prepared: Path, tmp_path: Path) -> Path:
    """The project that has changed since, where the notebook has run for what it is now."""
    return Path(shutil.copytree(prepared, tmp_path / "project", symlinks=True))


def limited(size: int, *arguments: str, cwd: Path) -> Done:
    """Run the command where no file can be longer: what a full disk does to those that are being written."""
    resource = pytest.importorskip("resource")
    return subprocess.run(
        [sys.executable, "-m", "evidence_brief", *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size)),
    )


def require_clear(done: Done, *codes: int) -> None:
    assert done.returncode in codes, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr
    assert "\n    mend: " in done.stderr or "\n    found: " in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("verb", "size"),
    [
        ("prepare", 200),
        ("prepare", 20_000),
        ("render", 2_000),
        ("render", 60_000),
        ("publish", 200),
        ("publish", 60_000),
    ],
)
def test_files_that_cannot_grow_are_a_clear_error_and_the_next_run_completes(
    project: Path, verb: str, size: int
) -> None:
    published, site = whole(project / "published" / TRIAL), sums(project / "_site" / "briefs" / TRIAL)
    done = limited(size, verb, cwd=project)
    require_clear(done, 5, 6, 9, 13)
    assert whole(project / "published" / TRIAL) == published
    assert sums(project / "_site" / "briefs" / TRIAL) == site
    again = run_brief(verb, cwd=project)
    assert again.returncode == 0, again.stderr
    assert len(settled(project / "published" / TRIAL)) == (2 if verb == "publish" else 1)
    assert junk(*(project / name for name in (".brief", "_site", "published", "briefs"))) == []


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own in the folder; skips where there is no right to make one."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root, to mount a small file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False).returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk_under_the_place_is_a_clear_error_and_the_next_run_completes(changed: Path, tmp_path: Path) -> None:
    project = changed
    with mounted(tmp_path / "small", "size=3m") as place:
        shutil.copytree(project / "published", place, dirs_exist_ok=True)
        before = whole(place / TRIAL)
        (place / "filler").write_bytes(b"\0" * (shutil.disk_usage(place).free - 300_000))
        done = run_brief("publish", "--to", str(place), cwd=project)
        require_clear(done, 13)
        assert "No space left" in done.stderr
        assert SAFE in done.stderr
        assert whole(place / TRIAL) == before
        assert junk(place) == []
        (place / "filler").unlink()
        subprocess.run(["mount", "-o", "remount,size=9m", place], check=True)
        assert run_brief("publish", "--to", str(place), cwd=project).returncode == 0
        assert settled(place / TRIAL) == ["v1.0", "v1.1"]


@pytest.mark.parametrize("verb", ["render", "publish"])
def test_a_full_disk_under_the_project_is_a_clear_error(made: Path, tmp_path: Path, verb: str) -> None:
    with mounted(tmp_path / "small", "size=30m") as disk:
        project = Path(shutil.copytree(made, disk / "project", symlinks=True))
        relabel(project, "The drug")
        before, site = whole(project / "published" / TRIAL), sums(project / "_site" / "briefs" / TRIAL)
        (disk / "filler").write_bytes(b"\0" * (shutil.disk_usage(disk).free - 300_000))
        done = run_brief(verb, cwd=project)
        require_clear(done, 5, 6, 9, 13)
        assert whole(project / "published" / TRIAL) == before
        assert sums(project / "_site" / "briefs" / TRIAL) == site
        (disk / "filler").unlink()
        again = run_brief(verb, cwd=project)
        assert again.returncode == 0, again.stderr
        assert junk(*(project / name for name in (".brief", "_site", "published", "briefs"))) == []


def test_a_full_disk_where_a_version_is_made_anew_says_nothing_of_the_version(project: Path, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "size=100k") as disk:
        done = run_brief("verify", f"{TRIAL}@v1.0", cwd=project, TMPDIR=str(disk))
    require_clear(done, 9)
    assert "could not be verified: nothing is said of it" in done.stdout
    assert "as it was published" not in done.stdout


def test_a_read_only_place_is_a_clear_error(made: Path, changed: Path, tmp_path: Path) -> None:
    project = changed
    with mounted(tmp_path / "fixed", "size=9m") as place:
        shutil.copytree(project / "published", place, dirs_exist_ok=True)
        before = whole(place / TRIAL)
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        assert run_brief("publish", "--to", str(place), cwd=made).returncode == 0, "unchanged: nothing to write"
        done = run_brief("publish", "--to", str(place), cwd=project)
        require_clear(done, 13)
        assert "Read-only file system" in done.stderr
        assert SAFE in done.stderr
        assert whole(place / TRIAL) == before
        out = run_brief("render", "--out", str(place / "site"), cwd=project)
        require_clear(out, 9)


def test_a_place_that_is_a_file_is_a_clear_error(changed: Path) -> None:
    (changed / "taken").write_text("x", encoding="utf-8")
    done = run_brief("publish", "--to", "taken", cwd=changed)
    require_clear(done, 13)
    assert "taken" in done.stderr


@pytest.mark.parametrize("verb", [("publish", "--to"), ("verify", "--from")])
def test_a_network_that_is_lost_is_a_clear_error_within_a_minute(project: Path, verb: tuple[str, str]) -> None:
    pytest.importorskip("s3fs")
    start = time.monotonic()
    done = run_brief(
        *verb,
        "s3://briefs/team",
        cwd=project,
        AWS_ENDPOINT_URL="http://127.0.0.1:9",
        AWS_ACCESS_KEY_ID="anybody",
        AWS_SECRET_ACCESS_KEY="anybody",
        AWS_DEFAULT_REGION="us-east-1",
    )
    require_clear(done, 13)
    assert SAFE in done.stderr
    assert time.monotonic() - start < 60


class Lost(Objects):
    """A store whose network is gone from one write on; a read of that moment fails too."""

    left = 0
    error: Exception = OSError("Connection reset by peer")

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **more: object) -> None:
        if self.left == 0:
            raise self.error
        self.left -= 1
        super().pipe_file(path, value, mode, **more)


@pytest.mark.parametrize("left", [0, 1, 20, -1])
@pytest.mark.parametrize("kind", ["system", "client"])
def test_a_network_that_is_lost_while_a_version_is_added_leaves_a_claim_that_the_next_run_completes(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int, kind: str
) -> None:
    exceptions = pytest.importorskip("botocore.exceptions")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    system = Lost()
    system.left = left
    if kind == "client":
        system.error = exceptions.EndpointConnectionError(endpoint_url="http://127.0.0.1:9")
    version = follows(made / "published" / TRIAL / "v1.0", Number(1, 0), tmp_path / "made")
    if left == -1:  # all but the manifest, which comes last
        system.left = len(sums(version)) - 1
    place = Store(system, str(tmp_path / "store"), "objects://place")
    with pytest.raises(PlaceFailed, match=SAFE):
        place.add(TRIAL, Number(1, 0), version)
    assert place.versions(TRIAL) == []
    assert place.begun(TRIAL) == ([Number(1, 0)] if left else [])
    system.left = 1000
    assert place.add(TRIAL, Number(1, 0), version)
    assert sums(tmp_path / "store" / TRIAL / "v1.0") == sums(version)


WAYS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "garbage": lambda path: path.write_bytes(b"\xff\xfe\x00garbage"),
    "deep": lambda path: path.write_text("[" * 100_000, encoding="utf-8"),
    "another": lambda path: path.write_text('{"inputs": 1, "outputs": []}', encoding="utf-8"),
}


@pytest.mark.parametrize("way", ["cut short", "garbage", "deep"])
def test_a_damaged_cache_is_made_anew(project: Path, way: str) -> None:
    files = [path for path in (project / ".brief").rglob("*") if path.is_file()]
    assert {"rendered-trial.json", "prepared-trial.json", "site.json", "trial"} <= {path.name for path in files}
    for path in files:
        WAYS[way](path)
    done = run_brief("render", cwd=project)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["records/site.json", "locks/trial", "."])
def test_a_cache_that_cannot_be_used_says_what_to_delete(project: Path, name: str) -> None:
    path = project / ".brief" / name
    if path.is_dir():
        shutil.rmtree(path)
        path.write_text("x", encoding="utf-8")
    else:
        path.unlink()
        path.mkdir()
    done = run_brief("render", cwd=project)
    require_clear(done, 9)
    assert "delete the folder .brief" in done.stderr
    (shutil.rmtree if (project / ".brief").is_dir() else Path.unlink)(project / ".brief")
    assert run_brief("render", cwd=project).returncode == 0


@pytest.mark.parametrize("text", ["", "[", "{}x", "[1]", '[{"href": 1}]', '[{"title": "x"}]', "[" * 100_000])
def test_a_damaged_search_of_a_study_says_what_to_delete(tmp_path: Path, text: str) -> None:
    (tmp_path / "search.json").write_text("[]", encoding="utf-8")
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "trial.json").write_text(text, encoding="utf-8")
    with pytest.raises(RenderFailed, match=r"delete the folder \.brief"):
        join_search(tmp_path, tmp_path, [TRIAL])


@pytest.mark.parametrize(
    "name", ["v1.0/ro-crate-metadata.json", "v1.0/version.json", "v1.0/ledger.json", "versions.json"]
)
@pytest.mark.parametrize("way", ["cut short", "deep", "a blank"])
def test_a_published_file_edited_by_hand_stops_the_next_version(changed: Path, name: str, way: str) -> None:
    project = changed
    path = project / "published" / TRIAL / name
    before = path.read_bytes()
    if way == "a blank":
        path.write_text(json.dumps(json.loads(before), indent=1), encoding="utf-8")
    else:
        WAYS[way](path)
    tampered = sums(project / "published")
    done = run_brief("publish", cwd=project)
    if (name, way) == ("versions.json", "a blank"):  # it says the same, and is written anew
        assert done.returncode == 0, done.stderr
        return
    if (name, way) == ("v1.0/version.json", "a blank"):  # it says the same; `brief verify` tells
        assert run_brief("verify", "--no-rebuild", cwd=project).returncode == 11
        return
    require_clear(done, 11)
    assert name.rpartition("/")[2] in done.stderr
    assert sums(project / "published") == tampered
    path.write_bytes(before)
