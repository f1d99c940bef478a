"""Read `requirements.lock`: which version of which package it asks for on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, canonicalize_version

from evidence_brief.distributions import applies, parse
from evidence_brief.errors import Problem

LOCK = "requirements.lock"
_HASH = re.compile(r"(?:^|\s)--hash=\w+:[0-9a-f]{64,}(?=\s|$)")
_OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--only-binary", "--no-binary")


def lock_anew(root: Path) -> str:
    """The command that writes the file anew: out of pyproject.toml where the project has it, else of what runs."""
    return "make lock" if (root / "Makefile").is_file() else f"python -m pip list --format=freeze > {LOCK}"


@dataclass(frozen=True)
class Pin:
    """One version that the lock file asks for."""

    name: str
    version: str
    line: int

    def is_met_by(self, version: str) -> bool:
        """Whether the version is the same, however it is spelled."""
        return canonicalize_version(version) == canonicalize_version(self.version)


def read_lock(root: Path) -> tuple[dict[str, Pin], list[Problem]]:
    """The pins that apply on this machine, by canonical name, and what is wrong in the file.

    Raises FileNotFoundError where there is none.
    """
    pins: dict[str, Pin] = {}
    problems = []
    try:
        text = (root / LOCK).read_bytes().decode()
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return {}, [
            Problem(LOCK, "is no UTF-8 text", line, found=f"byte 0x{error.object[error.start]:02x}", mend=_mend(root))
        ]
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise
        return {}, [Problem(LOCK, "cannot be read", found=error.strerror, mend=_mend(root))]
    for line, words in _lines(text):
        requirement = parse(words)
        version = _version(requirement)
        if requirement is None or version is None:
            problems.append(_wrong(line, words, "name==version", _mend(root)))
        elif applies(requirement):
            pin = Pin(canonicalize_name(requirement.name), version, line)
            first = pins.setdefault(pin.name, pin)
            if not first.is_met_by(version):
                problems.append(_wrong(line, words, f"{first.version}, as line {first.line} says", _mend(root)))
    return pins, problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Every requirement with the number of its line, without comments, options, and hashes that are written as such."""
    for number, line in enumerate(text.splitlines(), 1):
        words = re.sub(r"(^|\s)#.*", "", line).strip().removesuffix("\\")
        words = _HASH.sub("", words).strip()
        if words and not words.startswith(_OPTIONS):
            yield number, words


def _version(requirement: Requirement | None) -> str | None:
    """The one version that the requirement allows; None where it allows others."""
    wanted = list(requirement.specifier) if requirement else []
    exact = len(wanted) == 1 and wanted[0].operator == "==" and not wanted[0].version.endswith("*")
    return wanted[0].version if exact else None


def _mend(root: Path) -> str:
    return f"run `git checkout HEAD -- {LOCK}`, or `{lock_anew(root)}` to write it anew"


def _wrong(line: int, words: str, expected: str, mend: str) -> Problem:
    found = words if len(words) <= 60 else f"{words[:59]}…"
    return Problem(LOCK, "is not as it must be", line, expected=expected, found=found, mend=mend)
