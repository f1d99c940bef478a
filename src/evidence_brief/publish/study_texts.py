"""The texts that people wrote for a study, in two versions: which figures were printed anew, and what else differs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ANEW = ("value", "quote", "occurrence")
"""What changes in a claim when its source is corrected."""

_WORDS = ("label", "note", "title", "cite", "url", "licence", "publication", "sha256", "bibliography")
"""What no verdict depends on."""


def is_reprinted(quotes: tuple[str | None, str | None], old: str, new: str) -> bool:
    """Whether a source prints a figure anew: its old words stand there less often than before, or its new ones more.

    A slip of whoever wrote the study file leaves the sources as they were. `quotes` are the old and the new words.
    """
    before, after = quotes
    fewer = before is not None and _count(before, new) < _count(before, old)
    return fewer or (after is not None and _count(after, new) > _count(after, old))


def _count(quote: str, text: str) -> int:
    words = r"\s+".join(re.escape(word) for word in quote.split())
    return len(re.findall(words, text))


def is_only_reprinted(old: str, new: str) -> bool:
    """Whether two study files differ in nothing but printed values, their quotes, and words that no check reads.

    Claims that stand in one of the two alone are left out: they are changes themselves.
    """
    one, two = (_frame(text) for text in (old, new))
    if one is None or two is None:
        return False
    (frame, claims), (other_frame, other_claims) = one, two
    return frame == other_frame and all(claims[name] == other_claims[name] for name in claims if name in other_claims)


def _frame(text: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The study file without its claims, and these by their ids; None for what is no study file."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        data = _without(YAML(typ="safe", pure=True).load(text))
        return data, {claim["id"]: claim for claim in data.pop("claims")}
    except (YAMLError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _without(data: Any) -> Any:
    if isinstance(data, Mapping):
        # Claims and exclusions are what has a quote: a group may be called "value".
        drop = (*_WORDS, *_ANEW) if "quote" in data else _WORDS
        return {key: _without(value) for key, value in data.items() if key not in drop}
    return [_without(item) for item in data] if isinstance(data, list) else data
