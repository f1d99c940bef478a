"""Runs that are killed at random points: nothing published is ever damaged, and the next run completes.

The points are moments, or file operations before which a run dies, drawn from a seed; what is asserted holds
wherever a kill happens to fall. EVIDENCE_BRIEF_TESTS=full kills twice as often.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.projects import run_brief
from tests.published import TRIAL, follows, junk, relabel, settled, tiny_project, whole
from tests.publishers import Publisher, serving
from tests.shared import FULL

from evidence_brief.errors import InspectionFailed
from evidence_brief.freshness import sums
from evidence_brief.pipeline import inspect
from evidence_brief.project import Project
from evidence_brief.publish.release import Number

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="needs kill -9")]
SEED = 20261124
STEPS = 70 if FULL else 40
"""Kills of the publishing step alone, for each kind of place; in one place there are ten."""
COMMANDS = 8 if FULL else 4
"""Kills of each of the two commands, fewer where the machine is so busy that they take longer than BUDGET."""
BUDGET = 40.0 if FULL else 20.0
"""Seconds."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose study is rendered and published."""
    root = tiny_project(tmp_path_factory.mktemp("kills") / "project")
    for verb in ("render", "publish"):
        done = run_brief(verb, cwd=root)
        assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(params=["folder", "store"])
def publisher(request: pytest.FixtureRequest, project: Path, tmp_path: Path) -> Iterator[Publisher]:
    with serving(request.param, project, tmp_path) as one:
        yield one


def test_publishing_step_killed_anywhere_damages_nothing(publisher: Publisher, project: Path, tmp_path: Path) -> None:
    kind, ask = publisher.kind, publisher.ask
    random = Random(SEED)
    base = project / "published" / TRIAL / "v1.0"
    made = [follows(base, Number(1, minor), tmp_path / "made" / f"v1.{minor}") for minor in range(11)]
    span, operations, _ = ask(tmp_path / kind / "first", made[0], Number(1, 0))
    assert operations > 50
    killed = 0
    for kills in range(STEPS):
        place = tmp_path / kind / f"{kills // 10}"
        before = whole(place / TRIAL)
        # A version that was killed on its way is begun again: a store completes it.
        number = Number(1, len(before))
        at = random.randrange(operations) if random.random() < 0.7 else None
        after = random.uniform(0, span) if at is None else None
        killed += ask(place, made[number.minor], number, after, at) is None
        left = whole(place / TRIAL)
        assert {name: left[name] for name in before} == before
        assert set(left) <= {*before, number.name}
        if random.random() < 0.3:
            assert ask(place, made[number.minor], number) is not None
            assert settled(place / TRIAL) == [f"v1.{minor}" for minor in range(number.minor + 1)]
            assert junk(place, project / ".brief") == []
    assert killed >= STEPS // 2, "the runs were over before they were killed"


@pytest.mark.parametrize("verb", ["render", "publish"])
def test_command_killed_anywhere_damages_nothing_and_the_next_run_completes(project: Path, verb: str) -> None:
    random = Random(f"{SEED} {verb}")
    relabel(project, f"Drug before {verb}")
    start = time.monotonic()
    assert run_brief(verb, cwd=project).returncode == 0
    span = time.monotonic() - start
    killed = kills = 0
    deadline = time.monotonic() + BUDGET
    for kills in range(COMMANDS):
        relabel(project, f"Drug, {verb} {kills}")
        published, site = whole(project / "published" / TRIAL), sums(project / "_site" / "briefs" / TRIAL)
        killed += _killed(project, verb, span * (kills + random.random()) / COMMANDS, group=kills % 2 == 0)
        after = whole(project / "published" / TRIAL)
        assert {name: after[name] for name in published} == published
        _old_or_new(project, site)
        if time.monotonic() > deadline:
            break
    assert killed > kills // 2, "the runs were over before they were killed"
    before = whole(project / "published" / TRIAL)
    done = run_brief(verb, cwd=project)
    assert done.returncode == 0, done.stderr
    after = settled(project / "published" / TRIAL)
    if verb == "publish":
        assert len(after) - len(before) in (0, 1)
        page = (project / "published" / TRIAL / after[-1] / "brief.html").read_text(encoding="utf-8")
    else:
        page = (project / "_site" / "briefs" / TRIAL / "brief.html").read_text(encoding="utf-8")
        inspect(Project(project), TRIAL, project / "_site")
    assert f"Drug, {verb} {kills}" in page
    assert junk(*(project / name for name in (".brief", "_site", "published", "briefs"))) == []
    _wait_until_nothing_runs_in(project)


def _killed(project: Path, verb: str, after: float, *, group: bool) -> bool:
    """Whether the command was still running when it was killed, by itself or with all that it had started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "evidence_brief", verb],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        return True
    assert process.returncode == 0
    return False


def _old_or_new(project: Path, old: dict[str, str]) -> None:
    """The rendered brief is the one of before, to the byte, or the one of the study as it is now."""
    if sums(project / "_site" / "briefs" / TRIAL) != old:
        try:
            inspect(Project(project), TRIAL, project / "_site")
        except InspectionFailed as error:
            pytest.fail(f"neither the old brief nor the new one: {error}")


def _wait_until_nothing_runs_in(project: Path) -> None:
    """Kernels see within a second that the run which started them is gone."""
    if not Path("/proc/self/cwd").exists():
        return
    deadline = time.monotonic() + 20
    while (left := list(_running_in(project))) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert left == []


def _running_in(folder: Path) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            where = os.readlink(process / "cwd")
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue  # it has ended
        if where.startswith(str(folder)):
            yield command
