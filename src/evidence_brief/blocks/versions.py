"""The blocks of a published version: which it is, how to cite it, and what changed since each earlier one."""

from __future__ import annotations

from evidence_brief.blocks.text import block, md
from evidence_brief.publish.headline import headline
from evidence_brief.publish.release import MONTHS, Release, long_date
from evidence_brief.publish.words import redline
from evidence_brief.study.load import Study

DRAFT = (
    "This is a draft, which changes with the study file and is not to be cited: `brief publish` makes a "
    "version that stays as it is.\n"
)


def version_blocks(study: Study, release: Release | None, link: str | None) -> dict[str, str]:
    """The blocks by name. A draft has no version, and no words but how it becomes one."""
    if release is None:
        return {"version": "", "cite": DRAFT, "redline": ""}
    return {"version": _version(release), "cite": _cite(study, release, link), "redline": redline(release)}


def _version(release: Release) -> str:
    """One line under the title; a script turns it into a choice of versions where the others are at hand."""
    words = f"This is version {release.number} of {long_date(release.date)}."
    if release.since:
        since = release.since[0]
        words += f" [What changed since version {since.version}](redline.html): {headline(since)}"
    else:
        words += " It is the first."
    return block("this-version", f"{words} [How to cite it](#cite).")


def _cite(study: Study, release: Release, link: str | None) -> str:
    cited = study.file.publication or next(iter(study.file.sources.values())).cite
    text = f"Evidence brief: {study.file.title}. Version {release.number}, {long_date(release.date)}."
    where = f" [{md(link)}]({link})." if link else ""
    return (
        f"{md(text)}{where} It recomputes: {md(cited)}\n\n"
        f"As BibTeX:\n\n```bibtex\n{bibtex(study, release, link, cited)}```\n\n"
        "This version never changes: [version.json](version.json) says what it is, and "
        "[ro-crate-metadata.json](ro-crate-metadata.json) holds the sum of every input and output. "
        f"`brief verify {study.id}@{release.number.name}` checks them and makes it anew.\n"
    )


def bibtex(study: Study, release: Release, link: str | None, cited: str) -> str:
    """The entry of this very version."""
    year, month, _ = release.date.split("-")
    fields = {
        "title": f"{{Evidence brief: {_tex(study.file.title)}}}",
        "version": str(release.number),
        "year": year,
        "month": MONTHS[int(month) - 1].lower()[:3],
        "url": link,
        "note": f"Recomputes: {_tex(cited)}",
    }
    lines = [
        f"  {name:<7} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value
    ]
    return "\n".join([f"@misc{{{study.id}-{release.number.name},", *lines, "}"]) + "\n"


def _tex(text: str) -> str:
    """The text on one line, its special signs escaped, its braces in pairs."""
    plain = " ".join(text.split()).replace("\\", "/")
    for sign in "{}&%$#_":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
