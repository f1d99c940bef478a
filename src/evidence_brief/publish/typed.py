"""Fields of JSON that somebody may have edited: each is of its type, or it is a ValueError that names it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

WRONG = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)
"""What reading such JSON raises."""


def said(error: Exception) -> str:
    """What an error says, for people: a key that is missing, or the words of the error, cut."""
    return f"no {error}" if isinstance(error, KeyError) else str(error)[:200]


def text(item: Mapping[str, Any], key: str, among: Collection[str] = ()) -> str:
    """A text that can be written as UTF-8; `among` are those that it can be."""
    value = item[key]
    if not isinstance(value, str):
        raise ValueError(f"{key} is no text")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError(f"{key} is no Unicode text")
    if among and value not in among:
        raise ValueError(f"{key} is {value[:80]!r}, which is not known")
    return value


def optional(item: Mapping[str, Any], key: str, among: Collection[str] = ()) -> str | None:
    """A text or nothing; the key must be there."""
    return None if item[key] is None else text(item, key, among)


def texts(item: Mapping[str, Any], key: str, among: Collection[str] = ()) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(text({key: part}, key, among) for part in items(item, key))


def items(item: Mapping[str, Any], key: str) -> list[Any]:
    """A list."""
    if not isinstance(value := item[key], list):
        raise ValueError(f"{key} is no list")
    return value


def pair(item: Mapping[str, Any], key: str, among: Collection[str] = ()) -> tuple[str | None, str | None]:
    """The old and the new of two texts, each of which may be nothing."""
    if len(values := items(item, key)) != 2:
        raise ValueError(f"{key} is no pair")
    old, new = (optional({key: part}, key, among) for part in values)
    return old, new


def truth(item: Mapping[str, Any], key: str) -> bool | None:
    """True, false or nothing; the key may be absent."""
    value = item.get(key)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{key} is neither true nor false")
    return value


def finite(item: Mapping[str, Any], key: str) -> float:
    """A number, which may be written as text."""
    value = float(item[key])
    if not math.isfinite(value):
        raise ValueError(f"{key} is no number")
    return value
