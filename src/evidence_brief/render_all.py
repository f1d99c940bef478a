"""Render several studies, each in a process of its own, with a display of what is being done."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evidence_brief.pipeline import Rendered, render
from evidence_brief.project import Project

PATIENCE = 3.0  # seconds that an interrupted process has to clean up after itself
_stages: Any = None  # the queue of (study, stage), in each worker process


@dataclass(frozen=True)
class Plan:
    """What to render the studies of a project with, to which formats, and where to."""

    project: Project
    engine: str
    formats: Sequence[str]
    out: Path

    def render(self, study: str, say: Callable[[str], None]) -> Rendered:
        """Render one study."""
        return render(self.project, study, self.engine, self.formats, self.out, say)


class Display:
    """One line per study while it is being made; plain lines where the output is no terminal."""

    def __init__(self, studies: Sequence[str]) -> None:
        self.console = Console(stderr=True)
        text = TextColumn("[dim]{task.description}")
        columns = (SpinnerColumn(), TextColumn("{task.fields[study]}"), text, TimeElapsedColumn())
        self.progress = Progress(*columns, console=self.console, transient=True)
        add = self.progress.add_task
        self.tasks = {study: add("waiting", study=study, total=None, start=False) for study in studies}

    def say(self, study: str, stage: str) -> None:
        """Show what is being done for a study."""
        self.progress.start_task(self.tasks[study])
        self.progress.update(self.tasks[study], description=stage)
        if not self.console.is_terminal:
            self.console.print(f"{study}: {stage} …", highlight=False)

    def done(self, study: str) -> None:
        """Take the line of a study away."""
        self.progress.update(self.tasks[study], visible=False)


def render_all(plan: Plan, studies: Sequence[str], jobs: int) -> list[Rendered]:
    """The results in the order of the studies. A study that fails does not stop the others."""
    display = Display(studies)
    with display.progress:
        if jobs > 1:
            return _in_processes(plan, studies, jobs, display)
        results = []
        for study in studies:
            results.append(plan.render(study, partial(display.say, study)))
            display.done(study)
        return results


def _in_processes(plan: Plan, studies: Sequence[str], jobs: int, display: Display) -> list[Rendered]:
    context = multiprocessing.get_context("spawn")
    stages = context.Queue()
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(stages,))
    try:
        futures = {pool.submit(_render, plan, study): study for study in studies}
        _follow(futures, stages, display)
        results = {study: future.result() for future, study in futures.items()}
        return [results[study] for study in studies]
    except KeyboardInterrupt:
        # The terminal has interrupted the workers too: they remove their folders, then they are ended.
        pool.shutdown(wait=False, cancel_futures=True)
        deadline = monotonic() + PATIENCE
        for child in multiprocessing.active_children():
            child.join(max(0.0, deadline - monotonic()))
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()


def _follow(futures: dict[Future[Rendered], str], stages: Any, display: Display) -> None:
    """Show the stages that the workers report until all of them are done."""
    pending = set(futures)
    while pending:
        done, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
        try:
            while True:
                display.say(*stages.get_nowait())
        except Empty:
            pass
        for future in done:
            display.done(futures[future])


def _start(stages: Any) -> None:
    global _stages
    _stages = stages


def _render(plan: Plan, study: str) -> Rendered:
    return plan.render(study, lambda stage: _stages.put((study, stage)))
