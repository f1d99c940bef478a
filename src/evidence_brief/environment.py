"""What computes a brief: the versions of all that runs, and one sum of evidence-brief's own code.

None of it names the machine, a folder of it, or who works there.
"""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path

from evidence_brief import __version__
from evidence_brief.distributions import PRODUCT, needed
from evidence_brief.freshness import sums_of_code

UNKNOWN = "unknown"
"""The version of a program that does not say it."""

_PATIENCE = 60  # seconds: a program that does not say its version by then hangs


def packages() -> dict[str, str]:
    """The versions of evidence-brief, of every installed package that it needs, of Python and of Pandoc, by name."""
    found = {name: version for name, version in needed().items() if version is not None}
    # The code that runs says its version itself: its metadata are older where it is installed from its sources.
    found |= {PRODUCT: __version__, "python": platform.python_version(), "pandoc": pandoc_version()}
    return dict(sorted(found.items()))


@cache
def code_sum() -> str:
    """The sha256 of all files of the package, by their paths in it and their bytes."""
    return hashlib.sha256(json.dumps(sums_of_code(), sort_keys=True).encode()).hexdigest()


@cache
def pandoc_version() -> str:
    """The version of the Pandoc that renders. Raises OSError where there is none."""
    return version_of(pandoc_command())


@cache
def pandoc_command() -> Path:
    """The Pandoc that renders: the one of the wheel, also where PATH has a newer one, which pypandoc would take.

    Only where the wheel has none (pypandoc without its binary) it is the one that pypandoc finds. Raises OSError
    where there is none either.
    """
    import pypandoc

    of_wheel = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
    return of_wheel if of_wheel.is_file() else Path(pypandoc.get_pandoc_path())


@cache
def quarto_version() -> str | None:
    """The version of the Quarto on PATH, UNKNOWN where it does not say it, and None where there is none."""
    from evidence_brief.render.quarto import quarto_command

    return None if (command := quarto_command()) is None else version_of(command)


def version_of(command: str | Path) -> str:
    """The last word of the first line of the program's `--version`; UNKNOWN where it fails."""
    try:
        done = subprocess.run(
            [command, "--version"], capture_output=True, encoding="utf-8", errors="replace", timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return UNKNOWN
    words = done.stdout.partition("\n")[0].split()
    return words[-1] if words and done.returncode == 0 else UNKNOWN
