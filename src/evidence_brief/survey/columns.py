"""The columns of a survey's table. One row per claim and finding; a file without claims has one row."""

from __future__ import annotations

from typing import Literal

FILE: tuple[tuple[str, Literal["text", "number"]], ...] = (
    ("file", "text"),
    ("sha256", "text"),
    ("status", "text"),
    ("error", "text"),
)
"""What is said of the file, on each of its rows."""

CLAIM: tuple[tuple[str, Literal["text", "number"]], ...] = (
    ("claim", "text"),
    ("type", "text"),
    ("value", "text"),
    ("group", "text"),
    ("outcome", "text"),
    ("time", "text"),
    ("unit", "text"),
    ("sentence", "text"),
    ("offset", "number"),
    ("start", "number"),
    ("end", "number"),
    ("place", "text"),
    ("verdict", "text"),
    ("method", "text"),
    ("recomputed", "text"),
    ("condition", "text"),
    ("why", "text"),
    ("finding", "number"),
    ("code", "text"),
    ("severity", "text"),
    ("message", "text"),
    ("explanation", "text"),
)
"""What is said of a claim, and of one of its findings; empty on the row of a file without claims."""

NAMES = tuple(name for name, _ in (*FILE, *CLAIM))
