"""What changed between two versions, in words first and as a table second: for pages, pull requests, terminals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from evidence_brief.blocks.text import md, pipe_table, verdict
from evidence_brief.publish.causes import joined
from evidence_brief.publish.changes import Change
from evidence_brief.publish.headline import headline, since_then
from evidence_brief.publish.release import Release, Since, long_date
from evidence_brief.verdicts import SIGNS, WORDS

Mark = Callable[[str], str]
HEAD = ("Figure", "Old", "New", "Verdict", "Conclusion", "Cause")
MOST, FEW = 30, 5
"""How many changes are told in words, and how many more are not worth leaving out."""

WIDTHS = (24, 16, 16, 18, 14, 12)
_ESCAPE = re.compile(r"\\(.)")
_CONCLUDING = ("rd", "rr", "or", "md")
"""How the ids of derived figures end that compare: a number needed to treat or a probability says no more than it."""

_ACCEPTED = " Accepted: "
_WORDS = {
    "source": "the source",
    "study file": "the study file",
    "method": "the method",
    "environment": "the environment",
    "template": "the template",
}


def plain(name: str) -> str:
    """A verdict as its sign and word, without markup."""
    return f"{SIGNS[name]} {WORDS[name].lower()}"  # type: ignore[index]  # verdicts of a ledger file are text


def marked(name: str) -> str:
    """A verdict as the pages show it."""
    return verdict(name)  # type: ignore[arg-type]


def sentences(since: Since, mark: Mark = plain, rest: str = "the table has them all") -> list[str]:
    """What changed, one sentence each as Markdown: conclusions first, then verdicts, then the rest.

    Of many, those behind the first ones and behind the conclusions are counted; `rest` says where they stand.
    """
    order = sorted(since.changes, key=lambda change: (not change.flips, not change.is_major))
    most = max(MOST, sum(bool(change.flips) for change in order))
    if len(order) <= most + FEW:
        return [_sentence(change, mark) for change in order]
    return [*(_sentence(change, mark) for change in order[:most]), f"And {len(order) - most} more: {rest}."]


def _sentence(change: Change, mark: Mark) -> str:
    parts = [_what(change)]
    before, after = change.verdicts
    if change.what == "figure" and before and after and before != after:
        parts.append(f"The verdict is {mark(after)}; it was {mark(before)}.")
    elif change.what == "figure" and before and after:
        parts.append(f"The verdict is still {mark(after)}.")
    elif change.what == "figure":
        parts.append(f"The verdict {'is' if after else 'was'} {mark(after or before or '')}.")
    if before and after and change.recomputed[0] != change.recomputed[1]:
        parts.append(_recomputed(*change.recomputed))
    if change.flips:
        parts.append(f"**The conclusion changes: {md(change.flips)}.**")
    if change.causes:
        parts.append(f"Cause: {joined([_WORDS[cause] for cause in change.causes], 'or')}.")
    return " ".join(parts)


def _recomputed(old: str | None, new: str | None) -> str:
    if not new:
        return f"It cannot be recomputed any more; it was {md(old or '')}."
    return f"Recomputed, it is {md(new)}; it was {md(old)}." if old else f"It can be recomputed now: {md(new)}."


def _what(change: Change) -> str:
    label = f"**{md(change.label)}**" + (f" (called “{md(change.was)}” before)" if change.was else "")
    old, new = (None if text is None else md(text) for text in (change.old, change.new))
    if old is None and new is None:
        return f"{label} changed."
    if change.what == "finding":
        if old is None or new is None:
            return f"{label} {'is no longer found' if new is None else 'is new'}: {new or old}"
        if (accepted := _only_accepted(change)) is not None:
            return f"{label} {accepted}: {new}"
        return f"{label} says now: {new}" if old != new else f"{label} has another severity now: {new}"
    if old == new:
        return f"{label}: {new}, as before."
    if old is None:
        return f"{label} is new: {new}."
    return f"{label} is gone; it was {old}." if new is None else f"{label}: {new}; it was {old}."


def _only_accepted(change: Change) -> str | None:
    """How the acceptance of a finding changed whose own words are as before; None where these changed too."""
    (old, _, one), (new, _, two) = ((text or "").partition(_ACCEPTED) for text in (change.old, change.new))
    if old != new or one == two:
        return None
    return "is accepted for another reason" if one and two else f"is {'accepted now' if two else 'no longer accepted'}"


def rows(since: Since, mark: Mark = plain) -> Iterator[tuple[str, ...]]:
    """The cells of the table, in the order of the ledger."""
    for change in _tabled(since):
        one, two = change.verdicts
        seen = [mark(name) for name in dict.fromkeys((one, two)) if name and change.what == "figure"]
        old, new = _both(change)
        yield (
            md(change.label),
            old,
            new,
            " → ".join(seen) if None not in (one, two) else "".join(seen),
            md(change.flips or _as_before(change)),
            md(", ".join(change.causes)),
        )


def _tabled(since: Since) -> list[Change]:
    """What has an old or a new text of its own; what is only said to have changed needs no row."""
    return [change for change in since.changes if change.old is not None or change.new is not None]


def _as_before(change: Change) -> str:
    """A figure that is new or gone has no conclusion to compare, nor has a derived one that concludes nothing."""
    if None in (change.old, change.new) or change.what not in ("figure", "derived"):
        return ""
    kind = change.id.rpartition(".")[2].removesuffix("-derived")
    return "as before" if change.what == "figure" or kind in _CONCLUDING else ""


def _both(change: Change) -> tuple[str, str]:
    def cell(text: str | None, recomputed: str | None) -> str:
        first = "–" if text is None else md(text)
        return first if recomputed is None else f"{first} (recomputed: {md(recomputed)})"

    if change.what == "finding":  # its sentence stands in the words above, and is too long for a cell
        was, now = ("–" if text is None else "found" for text in (change.old, change.new))
        if was == now:
            accepted = _only_accepted(change)
            now = f"found, {accepted.removeprefix('is ')}" if accepted else "found, in other words"
        return was, now
    same = change.recomputed[0] == change.recomputed[1]
    one, two = (None, None) if same else change.recomputed
    return cell(change.old, one), cell(change.new, two)


def section(release: Release, since: Since, mark: Mark, heading: str) -> str:
    """What changed since one version, under its heading: words, table, inputs that differ."""
    first = (
        f"Version {release.number} of {long_date(release.date)} against version {since.version} of "
        f"{long_date(since.date)}. {headline(since)}"
    )
    return f"{heading}\n\n{first}\n\n{_details(since, mark)}"


def of_changes(since: Since, mark: Mark) -> str:
    """What changed, without a heading: since when and how much, then each, then the table."""
    return f"{since_then(since)}\n\n{_details(since, mark)}"


def _details(since: Since, mark: Mark) -> str:
    parts = ["\n".join(f"- {text}" for text in sentences(since, mark))]
    if _tabled(since):
        parts.append(pipe_table(HEAD, list(rows(since, mark)), WIDTHS))
    parts.append(_differ("Inputs that differ", since.files) + _differ("Tools that differ", since.tools))
    return "\n\n".join(part.rstrip() for part in parts if part.strip()) + "\n"


def _differ(title: str, names: Sequence[str]) -> str:
    return f"{title}: {', '.join(md(name) for name in names)}.\n\n" if names else ""


def redline(release: Release) -> str:
    """The page's sections, newest first: each has an anchor that a superseded version leads to."""
    if not release.since:
        return (
            f"Version {release.number} of {long_date(release.date)} is the first: there is nothing to compare it with. "
            "[Read the brief](brief.html).\n"
        )
    titles = (f"## Since version {since.version} {{#since-v{since.version}}}" for since in release.since)
    sections = (section(release, since, marked, title) for since, title in zip(release.since, titles, strict=True))
    return "\n".join([f"[Read version {release.number}](brief.html).\n", *sections])


def lean(markdown: str) -> str:
    """GitHub's Markdown without the backslashes that it does not need, so that mails and commits can be read as well.

    What could be a mark, a mention, a reference or an address keeps its own.
    """
    return _ESCAPE.sub(lambda match: match[1] if _is_needless(match) else match[0], markdown)


def _is_needless(escape: re.Match[str]) -> bool:
    sign, before, after = escape[1], escape.string[: escape.start()][-1:], escape.string[escape.end() :][:1]
    if sign == ".":
        return before not in ("w", "W")
    if sign == ":":
        return after.isspace()
    if sign in "_-/":
        return before.isalnum() and after.isalnum()
    return sign in "=,;%()'\""


def pull_request(release: Release) -> str:
    """What changed since the version before, as Markdown for a pull request or a job's page."""
    title = f"### {release.study}: version {release.number}"
    if not release.since:
        return f"{title}\n\nThe first version.\n"
    return lean(section(release, release.since[0], plain, title))
