"""The installed packages that evidence-brief needs, as their own metadata name them."""

from __future__ import annotations

from email.message import Message
from email.parser import HeaderParser
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

from packaging.markers import UndefinedComparison
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

PRODUCT = "evidence-brief"


@cache
def needed() -> dict[str, str | None]:
    """The version of evidence-brief and of all that it needs, by canonical name; None where one is not installed."""
    return closure(PRODUCT)


def closure(package: str) -> dict[str, str | None]:
    """The version of the package and of all that it needs on this machine, transitively and without extras."""
    found: dict[str, str | None] = {}
    todo = [package]
    while todo:
        name = canonicalize_name(todo.pop())
        if name not in found:
            found[name] = installed(name)
            todo += [need.name for need in requirements(name)]
    return dict(sorted(found.items()))


def installed(package: str) -> str | None:
    """The version of the installed package; None where it is not installed, or lacks its metadata."""
    return None if (known := metadata(package)) is None else known["Version"]


def requirements(package: str) -> list[Requirement]:
    """What the installed package needs on this machine, without extras."""
    known = metadata(package)
    parsed = (parse(line) for line in (known.get_all("Requires-Dist") or [] if known else []))
    return [need for need in parsed if need is not None and applies(need)]


def parse(line: str) -> Requirement | None:
    """The requirement; None where the line is none (installers pass over such a line as well)."""
    try:
        return Requirement(line)
    except InvalidRequirement:
        return None


def applies(requirement: Requirement) -> bool:
    """Whether its marker holds on this machine, without extras."""
    try:
        return requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    except UndefinedComparison:  # `sys_platform ~= 'linux'`: no installer takes it for true
        return False


@cache
def metadata(package: str) -> Message | None:
    """The head of the installed package's metadata; None where there is none, as after an interrupted installation.

    `importlib.metadata` parses the whole file, its long description too, once for every question.
    """
    try:
        known = distribution(package)
    except PackageNotFoundError:
        return None
    text = known.read_text("METADATA") or known.read_text("PKG-INFO")
    return HeaderParser().parsestr(text) if text else None
