"""What the families of patterns share: the numbers of a text, what stands between them, and what was found."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.candidate import Apart, Candidate
from evidence_brief.extract.figures.lexer import NEAR, Token, tokens
from evidence_brief.extract.figures.names import LABEL, MARK, continues, reason_of
from evidence_brief.printed import NotPrintedNumber, number

_INVERSE = ("-1", "−1", "–1", "-2", "−2", "–2", "-3", "−3", "–3")
_POWER_OF_UNIT = re.compile(r"[a-zµμ]\([-−–][123]\)")  # "mg l(-1) h"
_PLUS_MINUS = ("±", " ±", "+/-", " +/-")
Found = dict[str, Any]
"""The fields of a candidate that is being made: later patterns may add a relation to it."""


class Scan:
    r"""A text with its numbers. `gaps[i]` is the lower text before number i, back to the number before it.

    A gap is cut to its last NEAR characters; a cut one begins with "\\0", so that no pattern matches it as a whole.
    """

    def __init__(self, text: str, decimal_mark: str) -> None:
        self.text, self.mark = text, decimal_mark
        low = text.lower()
        # A few capitals have lower forms of two characters, which would shift every position after them.
        self.low = low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self.tokens: list[Token] = []
        self.gaps: list[str] = []
        self.found: list[Found] = []
        self.apart: list[Apart] = []
        self._context = (-1, "")
        self._named: dict[str, int] = {}
        self.anchor: Found | None = None  # the last estimate, interval or statistic, which a P value may belong to
        self.measure: tuple[int, str | None, bool] | None = None  # where an estimate was named last, and which
        self._keep()

    def _keep(self) -> None:
        last, listed = 0, False
        previous: Token | None = None
        for token in tokens(self.text, self.mark):
            between = self._gap(last, token.start)
            reason = reason_of(self.text, self.low, token, between)
            if reason is not None and self.low.startswith(_PLUS_MINUS, token.stop):
                reason = None  # "in the control group 105 ± 30.8"
            if token.text in _INVERSE and _POWER_OF_UNIT.match(self.low, max(token.start - 2, 0)):
                reason = "power of a unit"
            near = previous is not None and token.start - previous.stop < 12
            if (
                previous is not None
                and near
                and reason is None
                and continues(token, self.low[previous.stop : token.start], listed)
            ):
                reason = LABEL
            if reason is None:
                self.tokens.append(token)
                self.gaps.append(between)
                last, previous = token.stop, None
            else:
                self.apart.append(Apart(token.start, token.end, reason))
                if reason == LABEL:
                    if previous is None:
                        listed = self.low[max(token.start - 4, 0) : token.start].rstrip(" (").endswith("s")
                    previous = token
                else:
                    previous = None
        self.ends = self._gap(last, len(self.text))

    def _gap(self, start: int, end: int) -> str:
        return self.low[start:end] if end - start <= NEAR else "\0" + self.low[end - NEAR : end]

    def gap(self, i: int) -> str:
        r"""The text before number i; "\\0" where there is no such number."""
        return self.gaps[i] if i < len(self.gaps) else "\0"

    def at(self, i: int) -> Token | None:
        """Number i, if there is one."""
        return self.tokens[i] if i < len(self.tokens) else None

    def context(self, i: int) -> str:
        """The lower text of the sentence before number i, at most 240 characters."""
        if self._context[0] == i:
            return self._context[1]
        end = self.tokens[i].start
        start = max(end - 240, 0)
        at = end
        while (at := self.low.rfind(". ", start, at)) >= 0:
            if not self.low.endswith(("vs", "i.e", "e.g", "al", "approx", "no", "fig"), start, at):
                break
        context = self.low[max(at + 1, self.low.rfind("\n", start, end) + 1, start) : end]
        self._context = (i, context)  # several families ask for the same one
        return context

    def above_hundred(self, token: Token) -> bool:
        """Whether it is a number above 100, which no share in percent is."""
        try:
            return number(token.text, self.mark).value > 100
        except NotPrintedNumber:
            return False

    def add(self, kind: str, start: int, end: int, **fields: Any) -> Found:
        """A figure of this type whose value is this span."""
        self._named[kind] = number = self._named.get(kind, 0) + 1
        name = f"{kind.replace('_', '-')}-{number}"
        found = {"name": name, "type": kind, "value": self.text[start:end], "start": start, "end": end, **fields}
        self.found.append(found)
        return found

    def leave(self, i: int, reason: str) -> None:
        """Number i is no figure."""
        self.apart.append(Apart(self.tokens[i].start, self.tokens[i].end, reason))

    def result(self) -> tuple[list[Candidate], list[Apart]]:
        """What was found, in order of position."""
        figures = [Candidate(**found) for found in sorted(self.found, key=lambda found: (found["start"], found["end"]))]
        return figures, sorted(self.apart, key=lambda apart: apart.start)


__all__ = ["MARK", "Found", "Scan"]
