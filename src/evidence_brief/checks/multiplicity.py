"""Many P values at once: which of them are still below 5% when the number of tests is allowed for (Holm)?

Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65-70.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.checks.p_findings import as_printed
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.stats.multiplicity import holm_decisions
from evidence_brief.stats.test_statistics import ALPHA
from evidence_brief.study.load import Study

FEWEST = 3
"""P values from which on the number of tests is worth a remark."""


def check_multiplicity(study: Study) -> Iterator[Judgement | Finding]:
    """P values below 5% are held against the number of all P values in the text, by Holm's procedure.

    A note names those that do not stay below 5%, and only where that holds whatever the printed digits leave out.
    """
    printed = {c.id: study.values[c.id].p for c in study.claims.values() if c.type == "p_value" and not c.restates}
    printed = {name: interval for name, interval in printed.items() if 0 <= interval.low <= interval.high <= 1}
    if len(printed) < FEWEST:
        return
    lows, highs = ([getattr(interval, end) for interval in printed.values()] for end in ("low", "high"))
    rejected = dict(zip(printed, holm_decisions(lows, highs, ALPHA), strict=True))
    small = [name for name, p in printed.items() if p.high < ALPHA]
    lost = [name for name in small if rejected[name] is False]
    if lost:
        named = ", ".join(as_printed(study.claims[name]) for name in lost)
        sentence = (
            f"{len(printed)} P values are reported, {len(small)} of them below 5%. Allowing for their number (Holm), "
            f"{len(lost)} of these {'is' if len(lost) == 1 else 'are'} no longer significant: {named}."
        )
        yield Finding("p_value.multiplicity", "note", tuple(lost), sentence)
