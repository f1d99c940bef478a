"""Render several studies, one process each, with a display of what is being done."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import partial
from pathlib import Path
from queue import Empty
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from evidence_brief.pipeline import Rendered, render
from evidence_brief.project import Project

_stages: Any = None  # the queue of (study, stage), in each worker process


def render_all(
    project: Project, studies: Sequence[str], engine: str, formats: Sequence[str], out: Path, jobs: int
) -> list[Rendered]:
    """The results in the order of the studies. A study that fails does not stop the others."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[study]}"),
        TextColumn("[dim]{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        tasks = {study: progress.add_task("waiting", study=study, total=None, start=False) for study in studies}

        def say(study: str, stage: str) -> None:
            progress.start_task(tasks[study])
            progress.update(tasks[study], description=stage)
            if not console.is_terminal:
                console.print(f"{study}: {stage} …", highlight=False)

        if jobs == 1:
            results = []
            for study in studies:
                results.append(render(project, study, engine, formats, out, partial(say, study)))
                progress.update(tasks[study], visible=False)
            return results
        return _in_processes(project, studies, engine, formats, out, jobs, say, progress, tasks)


def _in_processes(
    project: Project,
    studies: Sequence[str],
    engine: str,
    formats: Sequence[str],
    out: Path,
    jobs: int,
    say: Any,
    progress: Progress,
    tasks: dict[str, Any],
) -> list[Rendered]:
    context = multiprocessing.get_context("spawn")
    stages = context.Queue()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(stages,)) as pool:
        futures: dict[Future[Rendered], str] = {
            pool.submit(_render, project, study, engine, formats, out): study for study in studies
        }
        pending = set(futures)
        while pending:
            done, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
            try:
                while True:
                    say(*stages.get_nowait())
            except Empty:
                pass
            for future in done:
                progress.update(tasks[futures[future]], visible=False)
    results = {study: future.result() for future, study in futures.items()}
    return [results[study] for study in studies]


def _start(stages: Any) -> None:
    global _stages
    _stages = stages


def _render(project: Project, study: str, engine: str, formats: Sequence[str], out: Path) -> Rendered:
    return render(project, study, engine, formats, out, lambda stage: _stages.put((study, stage)))
