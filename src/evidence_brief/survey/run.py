"""A whole survey: which files are left, their rows, the table and its summary."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from evidence_brief.distributions import needed
from evidence_brief.environment import code_sum
from evidence_brief.folders import require_file, write_whole
from evidence_brief.study.sources import LARGEST_SOURCE
from evidence_brief.survey.cluster import on_cluster
from evidence_brief.survey.inputs import files_of
from evidence_brief.survey.local import Done, Task, locally
from evidence_brief.survey.page import page
from evidence_brief.survey.progress import Shown
from evidence_brief.survey.store import ENDING, Store
from evidence_brief.survey.table import code_of, files_in, require_replaceable, write_table
from evidence_brief.survey.totals import Totals

SAFE_EVERY = 2.0
"""Seconds of work that a survey which is killed may lose."""


@dataclass(frozen=True)
class Wish:
    """What to survey, where to, with how many processes or on which cluster; `limit` is in seconds for each file."""

    paths: Sequence[str]
    to: Path
    jobs: int
    scheduler: str | None = None
    summary: Path | None = None
    limit: float = 60.0


def survey(wish: Wish) -> Totals:
    """Survey all files, go on where an earlier run was stopped, and write the table and the summary.

    Raises FileFailed where nothing can be read or a file cannot be written, and what `on_cluster` raises.
    """
    files = files_of(wish.paths)
    for place in filter(None, (wish.to, wish.summary)):
        require_file(place)
    require_replaceable(wish.to)
    wish.to.parent.mkdir(parents=True, exist_ok=True)
    code = version()
    store = Store(wish.to.with_name(wish.to.name + ENDING), code)
    try:
        if code_of(wish.to) == code:
            _take_over(store, wish.to)
        with Shown(len(files)) as shown:
            tasks = _left(files, store, shown)
            done = on_cluster(tasks, wish.scheduler, wish.limit) if wish.scheduler else _here(tasks, wish)
            _keep(done, store, shown)
            shown.writing()
            totals = Totals()
            names = [name_of(path) for path in files]
            write_table(wish.to, totals.counting(store.rows(names)), code)
        if wish.summary is not None:
            write_whole(wish.summary, page(totals, wish.to, wish.summary).encode())
        store.remove()
    finally:
        store.close()
    return totals


def version() -> str:
    """The sum of the code, and of the versions of the packages that compute."""
    computing = sorted((name, version) for name, version in needed().items() if version is not None)
    return hashlib.sha256(f"{code_sum()} {computing}".encode()).hexdigest()


def name_of(path: str) -> str:
    """The name of a file in the table: as it was given, with a mark for bytes that are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _here(tasks: Iterator[Task], wish: Wish) -> Iterator[Done]:
    return locally(tasks, wish.jobs, wish.limit)


def _take_over(store: Store, table: Path) -> None:
    """What an earlier survey into the same file has read need not be read again where it is the same."""
    for file, sha256, status, error, rows in files_in(table):
        if not store.has(file, sha256):
            store.put(file, sha256, {"status": status, "error": error, "rows": rows})
    store.commit()


def _left(files: Sequence[str], store: Store, shown: Shown) -> Iterator[Task]:
    """The files that are not done, with their content; those that cannot be opened are done at once."""
    for path in files:
        name = name_of(path)
        try:
            content = _content(path)
        except OSError as error:
            words = error.strerror or str(error)
            store.put(name, None, {"status": "failed", "error": f"cannot be read: {words}", "rows": []})
            shown.done(failed=True)
            continue
        sha256 = hashlib.sha256(content).hexdigest()
        if store.has(name, sha256):
            shown.skipped()
        else:
            yield Task(name, sha256, content)


def _content(path: str) -> bytes:
    """The content of a file; of one that is too large one byte more than is read, which says so."""
    with open(path, "rb", opener=_without_waiting) as file:
        return file.read(LARGEST_SOURCE + 1)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to is no reason to wait."""
    return os.open(path, flags | os.O_NONBLOCK)


def _keep(done: Iterator[Done], store: Store, shown: Shown, now: Callable[[], float] = monotonic) -> None:
    safe = now()
    try:
        for task, surveyed in done:
            store.put(task.file, task.sha256, surveyed)
            shown.done(failed=surveyed["status"] == "failed")
            if now() - safe > SAFE_EVERY:
                store.commit()
                safe = now()
    finally:
        store.commit()
