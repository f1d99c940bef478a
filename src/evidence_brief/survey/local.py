"""Files surveyed on this machine: one thread for each worker process, which waits for its answers."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from evidence_brief.survey.hand import COMMAND, Hand

AHEAD = 4
"""Files that wait for each process: enough that none is idle, and few enough that memory stays the same."""


@dataclass(frozen=True)
class Task:
    """A file to be surveyed: its name, the sum of its content, and the content."""

    file: str
    sha256: str
    content: bytes


Done = tuple[Task, dict[str, Any]]


def locally(tasks: Iterable[Task], jobs: int, limit: float, command: tuple[str, ...] = COMMAND) -> Iterator[Done]:
    """What became of each task, in the order in which they are done; `limit` is in seconds for each file."""
    own, hands = threading.local(), []

    def survey(task: Task) -> Done:
        if not hasattr(own, "hand"):
            own.hand = Hand(limit, command)
            hands.append(own.hand)
        return task, own.hand.survey(task.file, task.sha256, task.content)

    pool = ThreadPoolExecutor(jobs)
    waiting: set[Future[Done]] = set()
    try:
        for task in tasks:
            waiting.add(pool.submit(survey, task))
            if len(waiting) >= jobs * AHEAD:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (each.result() for each in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in done)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for hand in hands:
            hand.close()
        pool.shutdown(wait=True)
