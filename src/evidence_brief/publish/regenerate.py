"""Regenerate: render every study, verify what is published, publish what says something new, and tell it.

It is one command for any scheduler: an exit code, a summary for machines and one for people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from evidence_brief.accepted import require_accepted
from evidence_brief.errors import Problem, UserError
from evidence_brief.ledger import make_ledger
from evidence_brief.pipeline import Rendered
from evidence_brief.publish.headline import headline
from evidence_brief.publish.publish import Plan, Published, Say, publish
from evidence_brief.publish.verify import Verified, verify
from evidence_brief.publish.wanted import Wanted
from evidence_brief.publish.words import pull_request
from evidence_brief.render_all import Plan as RenderPlan
from evidence_brief.render_all import render_all

Outcome = Literal["unchanged", "changed", "failed"]
CHANGED = 16
"""Exit code where a new version was made, or would be: somebody should read what changed."""

FORMATS = ("html", "pdf")


@dataclass(frozen=True)
class Wish:
    """How to regenerate: what to publish with, where the site goes, and how strict to be.

    `dry` makes no version and only tells; `strict` fails where findings are not the accepted ones; `anew` makes
    published versions once more from their own inputs as well.
    """

    plan: Plan
    site: Path
    jobs: int
    dry: bool = False
    strict: bool = False
    anew: bool = False


@dataclass(frozen=True)
class Regenerated:
    """What became of one study."""

    study: str
    verified: tuple[Verified, ...]
    published: Published
    errors: tuple[UserError, ...]

    @property
    def outcome(self) -> Outcome:
        """Whether anything failed, and else whether the brief says something new."""
        if self.errors:
            return "failed"
        return "changed" if self.published.is_new else "unchanged"


def regenerate(wish: Wish, studies: Sequence[str], say: Say) -> list[Regenerated]:
    """Regenerate the studies. A study that fails publishes nothing, and does not stop the others."""
    plan = RenderPlan(wish.plan.project, wish.plan.engine, FORMATS, wish.site)
    rendered = render_all(plan, studies, min(wish.jobs, len(studies)))
    return [_one(wish, result, say) for result in rendered]


def verify_others(wish: Wish, say: Say) -> list[Regenerated]:
    """Verify the versions of studies that were published, and are not in `data/` any more."""
    known = set(wish.plan.project.studies())
    return [_verified(wish, study, [], say) for study in wish.plan.place.studies() if study not in known]


def _one(wish: Wish, rendered: Rendered, say: Say) -> Regenerated:
    study = rendered.study
    errors = [rendered.error] if rendered.error else []
    errors += _findings(wish, study) if wish.strict and not errors else []
    result = _verified(wish, study, errors, say)
    if result.errors:
        return result
    published = publish(wish.plan, study, partial(_say, say, study), dry=wish.dry)
    return replace(result, published=published, errors=(published.error,) if published.error else ())


def _verified(wish: Wish, study: str, errors: list[UserError], say: Say) -> Regenerated:
    """All versions of a study verified; the errors come after those that are known already."""
    verified: list[Verified] = []
    place = wish.plan.place
    try:
        every = [Wanted(f"{study}@{number.name}", study, number) for number in place.versions(study)]
        verified = [verify(place, one, anew=wish.anew, kept=None, say=partial(_say, say, one.name)) for one in every]
    except UserError as error:
        errors.append(error)
    found = (result.error for result in verified if result.error)
    return Regenerated(study, tuple(verified), Published(study), (*errors, *found))


def _say(say: Say, name: str, stage: str) -> None:
    say(f"{name}: {stage}")


def _findings(wish: Wish, name: str) -> list[UserError]:
    project = wish.plan.project
    try:
        study = project.load(name)
        require_accepted(project.data / name, study, make_ledger(study))
    except UserError as error:
        return [error]
    return []


def overall(results: Sequence[Regenerated], site: Sequence[UserError] = ()) -> Outcome:
    """The outcome of all: one failure, of a study or of the site's own pages, is a failure."""
    outcomes = {result.outcome for result in results}
    return "failed" if "failed" in outcomes or site else "changed" if "changed" in outcomes else "unchanged"


def as_data(results: Sequence[Regenerated], place: str, site: Sequence[UserError] = ()) -> dict[str, Any]:
    """The summary for machines; `problems` beside the studies are those of the site's own pages."""
    return {
        "outcome": overall(results, site),
        "place": place,
        "studies": [_data(result) for result in results],
        "problems": [str(problem) for problem in _problems(site)],
    }


def _data(result: Regenerated) -> dict[str, Any]:
    release, is_new = result.published.release, result.published.is_new
    since = release.since[0] if release and is_new and release.since else None
    return {
        "study": result.study,
        "outcome": result.outcome,
        "version": release.number.name if release else None,
        "previous": f"v{since.version}" if since else None,
        "kind": release.kind if release and is_new else None,
        "changes": headline(since) if since else None,
        "flips": [change.flips for change in since.changes if change.flips] if since else [],
        "redline": pull_request(release) if release and is_new else None,
        "verified": {one.name: one.outcome for one in result.verified},
        "problems": [str(problem) for problem in _problems(result.errors)],
    }


def _problems(errors: Sequence[UserError]) -> Iterator[Problem]:
    for error in errors:
        yield from error.problems


def as_markdown(results: Sequence[Regenerated], site: Sequence[UserError] = ()) -> str:
    """The summary for people: a line for each study, failures with what was found, and what changed in words."""
    titles = {
        "unchanged": "Nothing changed",
        "changed": "Some briefs say something new",
        "failed": "Something failed: nothing was published of it",
    }
    parts = [f"## Evidence briefs: {titles[overall(results, site)].lower()}"]
    lines = [f"- {_line(result)}" for result in results]
    parts.append("\n".join(lines))
    for name, errors in [*((result.study, result.errors) for result in results), ("The site's own pages", tuple(site))]:
        if errors:
            found = "\n".join(str(problem) for problem in _problems(errors))
            parts.append(f"### {name}: failed\n\n{_fenced(found)}")
    news = (result.published.release for result in results if result.outcome == "changed")
    parts += [pull_request(release).rstrip() for release in news if release]
    return "\n\n".join(parts) + "\n"


def _line(result: Regenerated) -> str:
    release, outcome = result.published.release, result.outcome
    checked = f"{len(result.verified)} published version{'s' * (len(result.verified) != 1)} verified"
    if outcome == "failed":
        return f"**{result.study}**: failed"
    if release is None:
        return f"**{result.study}**: no longer in data/; {checked}"
    if outcome == "unchanged":
        return f"**{result.study}**: unchanged since {release.number.name}; {checked}"
    told = headline(release.since[0]) if release.since else "The first version."
    return f"**{result.study}**: {release.number.name} ({release.kind}). {told}"


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
