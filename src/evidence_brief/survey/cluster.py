"""Files surveyed on a Dask cluster: their content is sent to the workers, which need no common folder."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from evidence_brief.environment import code_sum
from evidence_brief.errors import EnvironmentDiffers, Problem
from evidence_brief.survey.hand import Hand
from evidence_brief.survey.local import Done, Task

BATCH = 16
"""Files of one task: the scheduler spends a millisecond on each task, as long as on a short text."""

AHEAD = 3
"""Batches that wait for each thread of the cluster."""

ANSWER = 5
"""Seconds in which a scheduler answers."""

INSTALL = "python -m pip install 'evidence-brief[cluster]'"

_own = threading.local()


class NoCluster(Exception):
    """There is no cluster to work on; the text says why."""


def on_cluster(tasks: Iterable[Task], address: str, limit: float) -> Iterator[Done]:
    """What became of each task, in the order in which they are done.

    Raises NoCluster where the package or the scheduler is not there, EnvironmentDiffers where a worker runs other code.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise NoCluster(f"needs the package distributed: {INSTALL}") from error
    try:
        client = distributed.Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise NoCluster(f"no scheduler answers at {address}") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NoCluster(f"the scheduler at {address} has no workers")
        batches = _batches(tasks)
        sent: dict[Any, list[Task]] = {}
        running = distributed.as_completed(loop=client.loop)

        def send() -> bool:
            batch = next(batches, None)
            if batch is None:
                return False
            future = client.submit(survey_batch, batch, limit, pure=False)
            sent[future] = batch
            running.add(future)
            return True

        while len(sent) < threads * AHEAD and send():
            pass
        for future in running:
            batch = sent.pop(future)
            yield from _answers(future, batch)
            send()


def _answers(future: Any, batch: list[Task]) -> Iterator[Done]:
    """What became of a batch: of one whose worker died again and again, that it failed."""
    error = future.exception()
    if error is not None:
        if type(error).__name__ != "KilledWorker":
            raise error
        failed = {"status": "failed", "error": "ended the workers of the cluster that read it", "rows": []}
        yield from ((task, failed) for task in batch)
        return
    code, answers = future.result()
    if code != code_sum():
        mend = "install the same version on every worker"
        raise EnvironmentDiffers(Problem("a worker of the cluster", "runs other code than this command", mend=mend))
    yield from zip(batch, answers, strict=True)


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    for task in tasks:
        batch.append(task)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def survey_batch(batch: list[Task], limit: float) -> tuple[str, list[dict[str, Any]]]:
    """On a worker of the cluster: the sum of the code that runs there, and what became of each file."""
    if not hasattr(_own, "hand"):
        _own.hand = Hand(limit)
    hand: Hand = _own.hand
    hand.limit = limit
    answers = [hand.survey(task.file, task.sha256, task.content) for task in batch]
    return code_sum(), answers
