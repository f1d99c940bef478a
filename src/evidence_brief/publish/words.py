"""What changed between two versions, in words first and as a table second: for pages, pull requests, terminals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evidence_brief.blocks.text import md, pipe_table, verdict
from evidence_brief.publish.changes import Change
from evidence_brief.publish.release import Release, Since, long_date
from evidence_brief.verdicts import SIGNS, WORDS

Mark = Callable[[str], str]
HEAD = ("Figure", "Old", "New", "Verdict", "Conclusion", "Cause")
WIDTHS = (24, 16, 16, 18, 14, 12)
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


def headline(since: Since) -> str:
    """One sentence: how much changed, and whether a conclusion flips."""
    figures = [change for change in since.changes if change.what == "figure"]
    verdicts = sum(bool(change.verdicts[0] and change.verdicts[1]) and change.verdicts[0] != change.verdicts[1]
                   for change in figures)  # fmt: skip
    flips = [change for change in since.changes if change.flips]
    if not since.changes:
        return "Nothing that the brief says changed."
    if all(change.what == "text" for change in since.changes):
        return "No figure and no verdict changed; the words around them did."
    first = f"{_many(len(figures), 'figure')} of the article changed" if figures else "No figure of the article changed"
    second = f"{_many(verdicts, 'verdict')} changed" if verdicts else "no verdict changed"
    third = f"{_many(len(flips), 'conclusion')} flipped" if flips else "no conclusion flipped"
    return f"{first}, {second}, and {third}."


def _many(count: int, word: str) -> str:
    return f"{count} {word}" + ("s" if count != 1 else "")


def sentences(since: Since, mark: Mark = plain) -> list[str]:
    """What changed, one sentence each as Markdown: conclusions first, then verdicts, then the rest."""
    order = sorted(since.changes, key=lambda change: (not change.flips, not change.is_major))
    return [_sentence(change, mark) for change in order]


def _sentence(change: Change, mark: Mark) -> str:
    parts = [_what(change)]
    before, after = change.verdicts
    if change.what == "figure" and before and after and before != after:
        parts.append(f"The verdict is {mark(after)}; it was {mark(before)}.")
    elif change.what == "figure" and (before or after):
        parts.append(f"The verdict {'is' if after else 'was'} {mark(after or before or '')}.")
    if change.what == "figure" and change.old == change.new and change.recomputed[0] != change.recomputed[1]:
        old, new = (md(text or "nothing") for text in change.recomputed)
        parts.append(f"Recomputed, it is {new}; it was {old}.")
    if change.flips:
        parts.append(f"**The conclusion flips: {md(change.flips)}.**")
    if change.causes:
        parts.append(f"Cause: {_causes(change)}.")
    return " ".join(parts)


def _what(change: Change) -> str:
    label = f"**{md(change.label)}**"
    old, new = (None if text is None else md(text) for text in (change.old, change.new))
    if change.what == "finding":
        if old is None or new is None:
            return f"{label}: {'no longer found' if new is None else 'new'}. {new or old}"
        return f"{label}: it now says: {new}"
    if old == new:
        return f"{label} changed." if new is None else f"{label}: {new}, as before."
    if old is None:
        return f"{label}: {new}, which is new."
    return f"{label}: no longer there; it was {old}." if new is None else f"{label}: {new}; it was {old}."


def _causes(change: Change) -> str:
    names = [_WORDS[cause] for cause in change.causes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def rows(since: Since, mark: Mark = plain) -> Iterator[tuple[str, ...]]:
    """The cells of the table, in the order of the ledger."""
    for change in since.changes:
        one, two = change.verdicts
        seen = [mark(name) for name in dict.fromkeys((one, two)) if name and change.what == "figure"]
        old, new = _both(change)
        yield (
            md(change.label),
            old,
            new,
            " → ".join(seen) if None not in (one, two) else "".join(seen),
            md(change.flips or "as before" if change.what in ("figure", "derived") else ""),
            md(", ".join(change.causes)),
        )


def _both(change: Change) -> tuple[str, str]:
    def cell(text: str | None, recomputed: str | None) -> str:
        first = "–" if text is None else md(text)
        return first if recomputed is None else f"{first} (recomputed: {md(recomputed)})"

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
    """What changed, without a heading: how much, then each, then the table."""
    return f"{headline(since)}\n\n{_details(since, mark)}"


def _details(since: Since, mark: Mark) -> str:
    parts = ["\n".join(f"- {text}" for text in sentences(since, mark))]
    if since.changes:
        parts.append(pipe_table(HEAD, list(rows(since, mark)), WIDTHS))
    parts.append(_differ("Inputs that differ", since.files) + _differ("Tools that differ", since.tools))
    return "\n\n".join(part.rstrip() for part in parts if part.strip()) + "\n"


def _differ(title: str, names: Sequence[str]) -> str:
    return f"{title}: {', '.join(f'`{name}`' for name in names)}.\n\n" if names else ""


def redline(release: Release) -> str:
    """The page's sections, newest first: each has an anchor that a superseded version leads to."""
    if not release.since:
        return "This is the first version: there is nothing to compare it with.\n"
    titles = (f"## Since version {since.version} {{#since-v{since.version}}}" for since in release.since)
    return "\n".join(section(release, since, marked, title) for since, title in zip(release.since, titles, strict=True))


def pull_request(release: Release) -> str:
    """What changed since the version before, as Markdown for a pull request or a job's page."""
    title = f"### {release.study}: version {release.number}"
    if not release.since:
        return f"{title}\n\nThe first version.\n"
    return section(release, release.since[0], plain, title)
