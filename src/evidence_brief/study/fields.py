"""The building blocks of the study file's models: texts that stay texts, names, numbers, and slips."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from evidence_brief.printed import NotPrintedNumber, number

_M = TypeVar("_M", bound=BaseModel)

ID = r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$"


def _text(value: Any) -> Any:
    """Refuse what YAML has already turned into a number, date or truth value: its printed form is lost."""
    if isinstance(value, str) and not value.split():
        raise ValueError("is empty")
    if value is None or isinstance(value, str | list | dict):
        return value
    raise ValueError("must be text, as printed")


def _exact(value: Any) -> Any:
    if value is None:
        return value
    try:
        if isinstance(value, str | int | float) and not number(str(value)).percent:
            return str(value)
    except NotPrintedNumber:
        pass
    raise ValueError("must be a number, for example 0 or 0.5")


Exact = Annotated[str, BeforeValidator(_exact), WithJsonSchema({"type": ["number", "string"]})]
Text = Annotated[str, Field(min_length=1, pattern=r"\S"), BeforeValidator(_text)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), BeforeValidator(_text)]
Id = Annotated[str, Field(pattern=ID, max_length=80), BeforeValidator(_text)]


class Model(BaseModel):
    """A frozen model that knows no other keys than its own."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


def without(slips: list[tuple[str, str]], model: _M) -> _M:
    """The model itself, if none of its fields has a slip (its name, and what is wrong with it)."""
    if slips:
        text = "; ".join(f"`{field}` {message}" for field, message in slips)
        # The text holds no braces: pydantic would take them for a template.
        raise PydanticCustomError("slips", text.replace("{", "(").replace("}", ")"), {"slips": slips})
    return model
