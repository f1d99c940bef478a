"""The kernel that runs notebooks: this very Python, without the settings of whoever runs it.

A person's IPython profile, start-up files and kernels would change what a notebook prints, and thus its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager


@contextmanager
def apart() -> Iterator[dict[str, Any]]:
    """What papermill must be told to start it: all that it reads of settings and writes is in a folder of its own."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)

        class Apart(AsyncKernelManager):
            """Starts this Python, never another one that somebody has called "python3"."""

            def __init__(self, **traits: Any) -> None:
                traits["kernel_spec_manager"] = KernelSpecManager(kernel_dirs=[])
                super().__init__(**traits, connection_file=str(folder / "kernel.json"))

        settings = [f"--ipython-dir={folder}", "--IPKernelApp.exec_PYTHONSTARTUP=False"]
        arguments = ["--log-level=CRITICAL", *settings]  # what a cell raises is told by itself
        yield {"kernel_name": "python3", "kernel_manager_class": Apart, "extra_arguments": arguments}
