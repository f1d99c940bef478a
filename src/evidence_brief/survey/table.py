"""The table of a survey as Parquet: written in pieces, in the order of the files, whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evidence_brief.errors import FileFailed, Problem
from evidence_brief.folders import NEW, sweep
from evidence_brief.survey.columns import CLAIM, FILE, NAMES

PIECE = 20_000
"""Rows that are held in memory and written together."""

_KEY = b"evidence_brief.code"
_TYPES = {"text": pa.string(), "number": pa.int32()}

File = tuple[str, str | None, str, str | None, list[list[Any]]]
"""A file with its sum, status, error and rows."""


def schema(code: str) -> pa.Schema:
    """The columns, with the sum of the code that made the rows."""
    fields = [pa.field(name, _TYPES[kind]) for name, kind in (*FILE, *CLAIM)]
    return pa.schema(fields, metadata={_KEY: code.encode()})


def write_table(path: Path, files: Iterable[File], code: str) -> None:
    """Write the rows of the files; until all of them stand there, nothing does at `path`."""
    sweep(path.parent, f"{NEW}{path.name}-")
    new = path.parent / f"{NEW}{path.name}-{os.getpid()}"
    try:
        with new.open("wb") as out:
            fcntl.flock(out, fcntl.LOCK_SH)
            with pq.ParquetWriter(out, schema(code), compression="zstd") as writer:
                for piece in _pieces(files):
                    writer.write_table(pa.table(piece, schema(code)))
            out.flush()
            os.fsync(out.fileno())
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _pieces(files: Iterable[File]) -> Iterator[list[list[Any]]]:
    """The columns of as many rows as are written together; where a piece ends depends on the files alone."""
    rows: list[tuple[Any, ...]] = []
    for file, sha256, status, error, found in files:
        about = (file, sha256, status, error)
        rows += [(*about, *row) for row in found] or [(*about, *(None,) * len(CLAIM))]
        while len(rows) >= PIECE:
            yield _columns(rows[:PIECE])
            del rows[:PIECE]
    if rows:
        yield _columns(rows)


def _columns(rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def code_of(path: Path) -> str | None:
    """The sum of the code that made a table; None where the file is no table of a survey."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (pa.ArrowException, OSError):
        return None
    return metadata[_KEY].decode() if _KEY in metadata else None


def require_replaceable(path: Path) -> None:
    """Raise FileFailed where a file stands that no survey has made."""
    if path.exists() and code_of(path) is None:
        mend = "name another file, or move this one away"
        raise FileFailed(Problem(str(path), "would be replaced, and is no table of a survey", mend=mend))


def files_in(path: Path) -> Iterator[File]:
    """The files of a table with their rows, as `write_table` takes them."""
    held: File | None = None
    for batch in pq.ParquetFile(path).iter_batches(batch_size=PIECE, columns=list(NAMES)):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            file, row = values[: len(FILE)], list(values[len(FILE) :])
            if held is None or held[0] != file[0]:
                if held is not None:
                    yield held
                held = (*file, [])
            if row[0] is not None:
                held[4].append(row)
    if held is not None:
        yield held
