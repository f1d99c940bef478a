"""What `brief doctor` finds of the programs that run: Python, Pandoc, Typst, Quarto, the kernel of the notebooks."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from evidence_brief.distributions import PRODUCT, installed, metadata
from evidence_brief.doctor_item import Item
from evidence_brief.environment import UNKNOWN, pandoc_version, quarto_version

QUARTO = "1.9"
"""The Quarto that the project is tested with."""

_KERNEL = "python3"
_PATIENCE = 60  # seconds: a Python that does not say where it is by then hangs


def python(mend: str) -> Item:
    """Python, against the versions that evidence-brief says it runs in."""
    found = ".".join(map(str, sys.version_info[:3]))
    known = metadata(PRODUCT)
    wanted = (known and known["Requires-Python"]) or ""
    try:
        fits = SpecifierSet(wanted).contains(found)
    except InvalidSpecifier:
        fits = True
    if fits:
        return Item("Python", "ok", found)
    way = mend.replace("make brief", "make brief PYTHON=python3.12")
    return Item("Python", "problem", found, wanted, way if way != mend else "make the environment with a newer Python")


def pandoc(mend: str) -> Item:
    """The Pandoc that renders runs: that of its wheel, whatever else is on PATH."""
    name, silent = "Pandoc", logging.NullHandler()
    logging.getLogger("pypandoc").addHandler(silent)  # it would print the traceback of a Pandoc that is not there
    try:
        found = pandoc_version()
    except (ImportError, OSError) as error:
        return Item(name, "problem", f"does not run: {_first_line(error)}", "the one of pypandoc-binary", mend)
    finally:
        logging.getLogger("pypandoc").removeHandler(silent)
    if found == UNKNOWN:
        return Item(name, "problem", "the one of pypandoc-binary does not run", "its version", mend)
    return Item(name, "ok", found)


def typst(mend: str) -> Item:
    """Typst out of its wheel: it sets a page."""
    try:
        import typst

        typst.compile(b"a", font_paths=typst.Fonts(include_system_fonts=False))
    except (ImportError, OSError, RuntimeError) as error:
        return Item("Typst", "problem", f"does not run: {_first_line(error)}", "the one of the wheel", mend)
    return Item("Typst", "ok", installed("typst") or UNKNOWN)


def quarto() -> Item:
    """Quarto, which only slides need."""
    found = quarto_version()
    if found is None:
        return Item("Quarto", "ok", "not on PATH: slides need it, everything else is made by the embedded engine")
    if found == QUARTO or found.startswith(f"{QUARTO}."):
        return Item("Quarto", "ok", found)
    mend = f"install Quarto {QUARTO} from https://quarto.org, or render with `--engine embedded`"
    return Item("Quarto", "warning", found, f"{QUARTO}, which is tested", mend)


def kernel() -> Item:
    """The kernel of the notebooks: this very Python, with the packages that were looked at."""
    name = f"kernel {_KERNEL}"
    mend = f"run `python -m jupyter kernelspec remove {_KERNEL}`: notebooks then run in this Python"
    try:
        command = _kernel_command()
    except (ImportError, OSError, ValueError, LookupError) as error:
        return Item(name, "problem", f"cannot be read: {_first_line(error)}", "this Python", mend)
    if command == sys.executable:
        return Item(name, "ok", "this Python")
    if (prefix := _prefix(command)) is not None and os.path.realpath(prefix) == os.path.realpath(sys.prefix):
        return Item(name, "ok", "this Python")
    found = f"{command}, {'another Python' if prefix else 'which is no Python that runs'}"
    return Item(name, "problem", found, f"this Python, {sys.executable}", mend)


def _kernel_command() -> str:
    """The program that Jupyter starts for the notebooks.

    Raises LookupError where there is no such kernel, and ValueError where its file is none.
    """
    from jupyter_client.kernelspec import NoSuchKernel
    from jupyter_client.manager import KernelManager
    from traitlets import TraitError

    try:
        return KernelManager(kernel_name=_KERNEL).format_kernel_cmd()[0]
    except (TraitError, TypeError) as error:  # JSON that is no object, or of wrong types
        raise ValueError(str(error)) from error
    except NoSuchKernel as error:
        raise LookupError(str(error)) from error


def _prefix(command: str) -> str | None:
    """The environment of a Python; None where the program is none."""
    try:
        done = subprocess.run(
            [command, "-c", "import sys; print(sys.prefix)"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
