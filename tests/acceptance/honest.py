"""A paper whose figures are all right: what raw data give by standard software, printed as papers print.

Every choice (the data, the test, the digits, the way of rounding) comes from the generator `rng`, which has a fixed
seed: the same seed writes the same paper.
"""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import numpy as np

from evidence_brief.study.load import Study, load_study


class Paper:
    """The study file and its text in the making; `mark` is its decimal mark, `even` its way of rounding halves."""

    def __init__(self, seed: int, *, mark: str = ".") -> None:
        self.rng = np.random.default_rng(seed)
        self.mark = mark
        self.even = bool(self.rng.integers(2))
        self.minus = self.pick("-", "−", "–")
        self.data: dict[str, Any] = {"id": f"honest{seed}", "title": "An honest study", "groups": {}, "scales": {}}
        self.claims: list[dict[str, Any]] = []

    def chance(self, share: float) -> bool:
        """True in this share of the papers."""
        return bool(self.rng.random() < share)

    def pick(self, *options: Any) -> Any:
        """One of the options."""
        return options[int(self.rng.integers(len(options)))]

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.rng.integers(low, high + 1))

    def group(self, name: str, n: int, parts: tuple[str, ...] = ()) -> str:
        """A group of n patients, with the claim that says so."""
        self.data["groups"][name] = {"label": name.capitalize(), "n": f"{name}.n", "parts": parts}
        return self.claim(f"{name}.n", self.count(n), "count", group=name)

    def count(self, n: int) -> str:
        """A whole number, with or without a separator of thousands."""
        return f"{n:,}".replace(",", self.pick("", "", " " if self.mark == "," else ","))

    def claim(self, name: str, value: str, kind: str, **about: Any) -> str:
        """A claim; what is None is left out."""
        given = {key: item for key, item in about.items() if item is not None}
        self.claims.append({"id": name, "value": value, "type": kind, **given})
        return name

    def number(self, value: Any, decimals: int) -> str:
        """The value, rounded half up or half to even, exactly; no zero before the point of the odd P value."""
        exact = Fraction(value) * 10**decimals
        digits = floor(abs(exact) + Fraction(1, 2))
        if self.even and digits - abs(exact) == Fraction(1, 2) and digits % 2:
            digits -= 1
        text = f"{digits:0{decimals + 1}d}"
        text = f"{text[:-decimals]}{self.mark}{text[-decimals:]}" if decimals else text
        return f"{self.minus}{text}" if value < 0 and digits else text

    def printed(self, text: str) -> Fraction:
        """The number that such a text prints."""
        return Fraction(text.replace(self.minus, "-").replace(self.mark, "."))

    def percent(self, share: Fraction, decimals: int) -> str:
        """A share of 1 as a percentage."""
        return f"{self.number(100 * share, decimals)}%"

    def p(self, value: float) -> str:
        """A P value as papers print it: with "=", with the bound below or above which it lies, or as NS."""
        value = min(max(float(value), 0.0), 1.0)
        decimals = self.pick(2, 3, 3, 4)
        text = self.number(value, decimals)
        if self.chance(0.5) and self.mark == ".":
            text = text.removeprefix("0")
        if value >= 0.05 and self.chance(0.15):
            return self.pick("NS", "n.s.", f"P>{self.number(0.05, 2)}", "not significant")
        bounds = [bound for bound in ("0.0001", "0.001", "0.01", "0.05") if value < float(bound)]
        if bounds and (self.chance(0.2) or (value < 0.001 and self.chance(0.8))):
            return f"{self.pick('P', 'p')}{self.pick('<', ' < ')}{bounds[0].replace('.', self.mark)}"
        return f"{self.pick('P', 'p')}{self.pick('=', ' = ')}{text}"

    def load(self, folder: Path) -> Study:
        """Write the study into a folder of its own and load it."""
        for i, claim in enumerate(self.claims):
            claim["quote"] = f"the figure {chr(97 + i // 26)}{chr(97 + i % 26)} is {claim['value']} here"
        article = "\n".join(claim["quote"] for claim in self.claims).encode()
        source = {"file": "article.txt", "cite": "An article", "sha256": hashlib.sha256(article).hexdigest()}
        if self.mark == ",":
            source["decimal_mark"] = ","
        self.data |= {"sources": {"article": source}, "claims": self.claims}
        place = folder / self.data["id"]
        place.mkdir(exist_ok=True)
        (place / "article.txt").write_bytes(article)
        (place / "study.yml").write_text(json.dumps(self.data, ensure_ascii=False), encoding="utf-8")
        return load_study(place)
