"""How much changed between two versions, in one sentence: for lists, pages and terminals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence_brief.publish.changes import Change
from evidence_brief.publish.release import Release, Since, long_date


def since_then(since: Since) -> str:
    """The headline, and since when: for terminals and other places without a heading."""
    told = headline(since)
    return f"Since version {since.version} of {long_date(since.date)}: {told[:1].lower()}{told[1:]}"


def summary(release: Release) -> str:
    """What a version changed against the one before it, as lists say it."""
    return headline(release.since[0]) if release.since else "The first version."


def headline(since: Since) -> str:
    """One sentence: how much changed, and whether a conclusion does. A conclusion that does comes first."""
    if not since.changes:
        return "Nothing that the brief says changed."
    if all(change.what == "text" for change in since.changes):
        return "No figure and no verdict changed; the words around them did."
    flips = len({_concluding(change) for change in since.changes if change.flips})
    conclusions = [_counted(flips, "conclusion")]
    parts = [
        *(conclusions if flips else ()),
        *_figures([change for change in since.changes if change.what == "figure"]),
        *(() if flips else conclusions),
        *_findings([change for change in since.changes if change.what == "finding"]),
    ]
    if all(change.what in ("derived", "text") for change in since.changes):
        parts.append(_counted(sum(change.what == "derived" for change in since.changes), "derived figure"))
    first, *others = parts
    return f"{first[:1].upper()}{first[1:]}, {', '.join(others[:-1])}, and {others[-1]}."


def _concluding(change: Change) -> str:
    """The claim that concludes: a P value, its risk difference and its odds ratio are one conclusion."""
    return change.id.rpartition(".")[0] if change.what == "derived" else change.id


def _figures(changes: Sequence[Change]) -> Iterator[str]:
    kept = [change for change in changes if change.old is not None and change.new is not None]
    other = [change for change in kept if change.old != change.new]
    # Of a figure that the study file alone gave otherwise, the article is as it was.
    reread = sum(change.causes == ("study file",) for change in other)
    reprinted = len(other) - reread
    new, gone = (sum(getattr(change, end) is None for change in changes) for end in ("old", "new"))
    if reprinted or not (new or gone or reread):
        yield f"{_many(reprinted, 'figure')} of the article changed"
    if reread:
        yield f"{_many(reread, 'figure')} {'is' if reread == 1 else 'are'} read from the article otherwise"
    if new:
        yield f"{_many(new, 'figure')} {'is' if new == 1 else 'are'} new"
    if gone:
        yield f"{_many(gone, 'figure')} {'is' if gone == 1 else 'are'} gone"
    yield _counted(sum(change.verdicts[0] != change.verdicts[1] for change in kept), "verdict")
    alike = [change for change in kept if change.old == change.new and change.verdicts[0] == change.verdicts[1]]
    if recomputed := sum(change.recomputed[0] != change.recomputed[1] for change in alike):
        yield _counted(recomputed, "recomputed figure")
    if called := sum(change.was is not None for change in alike):
        yield f"{_many(called, 'figure')} {'has' if called == 1 else 'have'} another label"


def _findings(changes: Sequence[Change]) -> Iterator[str]:
    new, gone = (sum(getattr(change, end) is None for change in changes) for end in ("old", "new"))
    if new:
        yield f"{_many(new, 'finding')} {'is' if new == 1 else 'are'} new"
    if gone:
        yield f"{_many(gone, 'finding')} {'is' if gone == 1 else 'are'} gone"
    if other := len(changes) - new - gone:
        yield _counted(other, "finding")


def _counted(count: int, word: str) -> str:
    return f"{_many(count, word)} changed"


def _many(count: int, word: str) -> str:
    return f"{count or 'no'} {word}" + ("s" if count > 1 else "")
