"""One thing that `brief doctor` looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["problem", "warning", "ok"]


@dataclass(frozen=True)
class Item:
    """What was found, what was expected where that is another thing, and one way to mend it."""

    name: str
    state: State
    found: str
    expected: str | None = None
    mend: str | None = None
    locked: bool = False
    """Whether it is a package of the lock file; those that are well are counted, not listed."""
