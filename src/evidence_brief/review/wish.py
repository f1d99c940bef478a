"""What the page may ask for: each a small model, so that nothing else is taken."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]


class _Wish(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Accept(_Wish):
    """These claims are right as they are."""

    do: Literal["accept"]
    claims: Annotated[list[Name], Field(min_length=1, max_length=10_000)]


class Edit(_Wish):
    """Other fields of a claim; None takes one out. A new id is followed by all that name the claim."""

    do: Literal["edit"]
    claim: Name
    fields: Annotated[dict[Name, Any], Field(max_length=40)]


class Reject(_Wish):
    """No figure of this study: the claim becomes an exclusion."""

    do: Literal["reject"]
    claim: Name
    reason: Words


class Exclude(_Wish):
    """A passage that no claim names is no figure of the study."""

    do: Literal["exclude"]
    source: Name
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    reason: Words


class Merge(_Wish):
    """Two claims are one figure; the first keeps its id."""

    do: Literal["merge"]
    claim: Name
    other: Name


class Add(_Wish):
    """A figure that the draft has missed."""

    do: Literal["add"]
    fields: Annotated[dict[Name, Any], Field(max_length=40)]


class SetGroup(_Wish):
    """A group of patients as it is to be; a new one where there is none of this name."""

    do: Literal["group"]
    name: Name
    label: Words
    n: Name | None = None
    parts: Annotated[list[Name], Field(max_length=100)] = []


class SameGroup(_Wish):
    """Two groups are one, which keeps the name of the other."""

    do: Literal["same"]
    group: Name
    other: Name


Wish = Annotated[
    Accept | Edit | Reject | Exclude | Merge | Add | SetGroup | SameGroup,
    Field(discriminator="do"),
]


class Step(_Wish):
    """A wish, the version of the study file that the page shows, and whether new problems are taken into account."""

    version: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    wish: Wish
    anyway: bool = False


class Back(_Wish):
    """Undo, or do again, the last step."""

    version: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Passage(_Wish):
    """A selected passage of a source."""

    source: Name
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
