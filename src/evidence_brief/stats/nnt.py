"""Number needed to treat, from the interval of the risk difference."""

from __future__ import annotations

import math
from dataclasses import dataclass

from evidence_brief.printed import show
from evidence_brief.stats.limits import Limits


@dataclass(frozen=True)
class NumberNeeded:
    """Interval of the number needed to treat: to benefit, to harm, or from one through ∞ to the other.

    `benefit` and `harm` each hold (smallest, largest) number, or None where the interval has none of that kind.
    """

    benefit: Limits | None
    harm: Limits | None

    def text(self, decimals: int = 0) -> str:
        """As Altman prints it: "NNTB 5 to 20", or "NNTB 5 to ∞ to NNTH 20" where no difference is possible."""

        def part(number: float) -> str:
            return "∞" if math.isinf(number) else show(number, decimals)

        if self.benefit and self.harm:
            return f"NNTB {part(self.benefit[0])} to ∞ to NNTH {part(self.harm[0])}"
        name, (low, high) = ("NNTB", self.benefit) if self.benefit else ("NNTH", self.harm or (math.inf, math.inf))
        return f"{name} {part(low)} to {part(high)}"


def nnt(lower: float, upper: float) -> NumberNeeded:
    """Number needed to treat from the limits of the risk difference, which is above 0 where treatment helps.

    ValueError unless −1 <= lower <= upper <= 1. Source: Altman 1998, BMJ 317:1309.
    """
    if not -1 <= lower <= upper <= 1:
        raise ValueError(f"limits of a risk difference need -1 <= lower <= upper <= 1, got {lower} to {upper}")
    benefit = (1 / upper, 1 / lower if lower > 0 else math.inf) if upper > 0 else None
    harm = (-1 / lower, -1 / upper if upper < 0 else math.inf) if lower < 0 else None
    if benefit is None and harm is None:
        return NumberNeeded((math.inf, math.inf), None)
    return NumberNeeded(benefit, harm)
