"""Versions in a store of objects (S3 and its like, or whatever fsspec knows), which has no rename.

Each file is written only where there is none (a conditional write where the store has one); the version's record
comes first and claims the number, the manifest comes last. A run that was killed leaves a claim: the next one with
the same content completes it, byte for byte.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence_brief.errors import PlaceFailed, Problem
from evidence_brief.publish.manifest import MANIFEST
from evidence_brief.publish.place import LIST, SAFE, Folder, Place, failing_clearly, numbers
from evidence_brief.publish.release import RECORD, Number
from evidence_brief.study.model import is_id

_NETWORK = ("botocore.exceptions:BotoCoreError", "botocore.exceptions:ClientError", "aiohttp:ClientError",
            "requests:RequestException", "gcsfs.retry:HttpError", "azure.core.exceptions:AzureError")  # fmt: skip
"""What stores raise that is no OSError, by module; those that are not loaded cannot be raised."""

_BUCKETS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss"}
"""Stores whose addresses begin with a bucket, which their owner makes: one that is not there is a slip."""


class Store:
    """A place that fsspec reaches, by its file system and the path in it."""

    def __init__(self, system: Any, root: str, name: str) -> None:
        self.system, self.root, self.name = system, root.rstrip("/"), name

    @classmethod
    def open(cls, address: str) -> Place:
        """The store of an address; a folder, where it leads to this machine.

        Raises PlaceFailed where its kind is not known, or its package not installed.
        """
        from fsspec.core import url_to_fs

        try:
            system, root = url_to_fs(address, use_listings_cache=False, **_patience(address))
        except (ImportError, ValueError) as error:
            mend = "for S3 and its like: pip install 'evidence-brief[s3]'; others: the package that fsspec names"
            raise PlaceFailed(Problem(address, "no such store is known", found=str(error), mend=mend)) from error
        if "local" in system.protocol:  # a file system writes files bit by bit, and has a rename
            return Folder(Path(root), address)
        if hasattr(system, "retries"):  # what s3fs asks again, beside what is asked again below it
            system.retries = 2
        store = cls(system, root, address)
        if store.has_buckets and not store.root:
            mend = "name one: s3://bucket, or s3://bucket/folder"
            raise PlaceFailed(Problem(address, "names no bucket", mend=mend))
        return store

    @property
    def has_buckets(self) -> bool:
        """Whether the address begins with a bucket."""
        known = self.system.protocol
        return bool(_BUCKETS & set((known,) if isinstance(known, str) else known))

    def _require_bucket(self) -> None:
        """Raise PlaceFailed where the bucket itself is missing: fsspec would make one, or say that it is empty."""
        bucket = self.root.partition("/")[0]
        if self.has_buckets and not self.system.exists(bucket):
            mend = "mend the address, or make the bucket first"
            raise PlaceFailed(Problem(self.name, f"there is no bucket {bucket!r}", found=SAFE, mend=mend))

    @contextmanager
    def _reached(self, what: str) -> Iterator[None]:
        with failing_clearly(what, self.name):
            try:
                yield
            except _network_errors() as error:
                mend = "mend the connection or the permissions and run the command again"
                found = f"{str(error)[:300]}; {SAFE}"
                raise PlaceFailed(Problem(self.name, f"cannot {what}", found=found, mend=mend)) from error

    def _path(self, *parts: str) -> str:
        return "/".join((self.root, *parts))

    def _names(self, *parts: str) -> list[str]:
        with self._reached("be read"):
            self.system.invalidate_cache()
            try:
                found = self.system.ls(self._path(*parts), detail=False)
            except FileNotFoundError:
                self._require_bucket()
                return []
        return sorted(str(name).rstrip("/").rsplit("/", 1)[-1] for name in found)

    def _is_there(self, *parts: str) -> bool:
        with self._reached("be read"):
            self.system.invalidate_cache()
            try:
                self.system.info(self._path(*parts))  # `exists` would take a lost network for a missing file
            except FileNotFoundError:
                return False
            return True

    def studies(self) -> list[str]:
        """The studies that have versions here, sorted."""
        return [name for name in self._names() if is_id(name) and (self.versions(name) or self._is_there(name, LIST))]

    def _folders(self, study: str) -> list[tuple[Number, bool]]:
        return [(number, self._is_there(study, number.name, MANIFEST)) for number in numbers(self._names(study))]

    def versions(self, study: str) -> list[Number]:
        """The versions of a study that are whole, oldest first."""
        return [number for number, whole in self._folders(study) if whole]

    def begun(self, study: str) -> list[Number]:
        """Versions of a study whose record stands there and whose manifest does not."""
        half = [number for number, whole in self._folders(study) if not whole]
        return [number for number in half if self._is_there(study, number.name, RECORD)]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        with self._reached("be read"):
            try:
                return bytes(self.system.cat_file(self._path(path)))
            except FileNotFoundError:
                return None

    def fetch(self, study: str, number: Number, to: Path) -> None:
        """Copy a version into a new folder, as it is."""
        with self._reached("be read"):
            self.system.invalidate_cache()
            for path in sorted(self.system.find(self._path(study, number.name))):
                target = to / str(path).removeprefix(self._path(study, number.name, ""))
                if not target.resolve().is_relative_to(to.resolve()):
                    raise PlaceFailed(Problem(self.name, "holds a file outside its version", found=str(path)))
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self.system.cat_file(path))

    def add(self, study: str, number: Number, made: Path) -> bool:
        """Add a version: its record first, its manifest last. False where another one has, or claims, its number."""
        files = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
        order = [RECORD, *(name for name in files if name not in (RECORD, MANIFEST))]
        if not all(self._create(f"{study}/{number.name}/{name}", (made / name).read_bytes()) for name in order):
            return False
        if any(later > number for later in self.versions(study)):
            return False  # it took so long that others have passed over it: the versions follow each other
        return self._create(f"{study}/{number.name}/{MANIFEST}", (made / MANIFEST).read_bytes())

    def _create(self, path: str, data: bytes) -> bool:
        """Write a file where there is none; True also where the very same stands there."""
        if (known := self.read(path)) is not None:
            return known == data
        with self._reached("be written"):
            try:
                self._put(path, data, "create")
            except OSError:
                # Another publisher was faster, or the answer to our own writing was lost: what stands there decides.
                if (known := self.read(path)) is None:
                    raise
                return known == data
        return True

    def replace(self, path: str, data: bytes) -> None:
        """Write a file that may change: stores put an object whole or not at all."""
        with self._reached("be written"):
            self._put(path, data, "overwrite")

    def tidy(self, study: str) -> None:
        """Nothing: what a killed run has left is a claim, which the next one completes."""

    def _put(self, path: str, data: bytes, mode: str) -> None:
        place = self._path(path)
        try:
            self.system.pipe_file(place, data, mode=mode)
        except FileNotFoundError:
            self._require_bucket()
            # A store with real folders.
            self.system.makedirs(place.rpartition("/")[0], exist_ok=True)
            self.system.pipe_file(place, data, mode=mode)


def _patience(address: str) -> dict[str, Any]:
    """How long a store that does not answer is asked: without this, for many minutes."""
    if not address.startswith(("s3:", "s3a:")):
        return {}
    return {"config_kwargs": {"connect_timeout": 5, "read_timeout": 15, "retries": {"total_max_attempts": 3}}}


def _network_errors() -> tuple[type[Exception], ...]:
    found = []
    for name in _NETWORK:
        module, _, error = name.partition(":")
        if module in sys.modules and hasattr(sys.modules[module], error):
            found.append(getattr(sys.modules[module], error))
    return tuple(found)
