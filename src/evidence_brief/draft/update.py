"""What is found in the texts of a study and stands in it neither as a claim nor as an exclusion yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_brief.draft.edit import FIRST, StudyText
from evidence_brief.draft.groups import key_of
from evidence_brief.draft.names import unique
from evidence_brief.draft.relations import SEVERAL
from evidence_brief.draft.study import NoFigures, draft_and_study
from evidence_brief.draft.write import claim_fields, given
from evidence_brief.errors import UserError
from evidence_brief.extract.reading import Reading
from evidence_brief.study.anchors import Anchor
from evidence_brief.study.load import load_study
from evidence_brief.study.model import Claim, Exclusion
from evidence_brief.study.references import targets_of
from evidence_brief.study.study import Study

_ONE = ("count", "of", "within", "restates")


@dataclass(frozen=True)
class Added:
    """Claims and exclusions that a study lacks, with the claim that each stands behind; and groups and scales."""

    claims: tuple[Claim, ...] = ()
    behind: tuple[str | None, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    groups: tuple[tuple[str, str, str | None], ...] = ()
    scales: tuple[tuple[str, str], ...] = ()


def update_study(folder: Path, *, write: bool) -> Added:
    """Read the texts of a study again; what is new is added to its file if `write`, and all else there stays.

    What a person has taken out comes again, unless the passage is excluded. Raises InvalidStudy.
    """
    study = load_study(folder)
    added = missing(study, _readings(study, folder))
    if write and (added.claims or added.exclusions):
        text = StudyText.load(folder / "study.yml")
        for name, label, n in added.groups:
            text.add_group(name, label, n)
        for name, label in added.scales:
            text.add_scale(name, label)
        text.add_claims_at(_by_place(added))
        if added.exclusions:
            text.exclude_several([given(exclusion) for exclusion in added.exclusions])
        load_study(folder, text=text.text())
        text.save(folder / "study.yml")
    return added


def _by_place(added: Added) -> Iterator[tuple[str | None, list[dict[str, Any]]]]:
    places: dict[str | None, list[dict[str, Any]]] = {}
    for claim, behind in zip(added.claims, added.behind, strict=True):
        places.setdefault(behind, []).append(claim_fields(claim))
    yield from places.items()


def _readings(study: Study, folder: Path) -> dict[str, Reading]:
    """The texts as they were read: with tables where the original gives the same text still."""
    from evidence_brief.extract.readers import read

    found = {}
    for name, source in study.file.sources.items():
        found[name] = Reading(study.texts[name], "text/plain", decimal_mark=source.decimal_mark)
        if source.original is not None:
            try:
                again = read(folder / source.original.file)
            except UserError:  # an original of a kind that is not read: its text is there
                continue
            if again.text == study.texts[name]:
                found[name] = again
    return found


def missing(study: Study, readings: dict[str, Reading]) -> Added:
    """What is found in the readings and is not in the study."""
    try:
        draft = draft_and_study(readings, study.file.sources, id=study.id, title=study.file.title)
    except NoFigures:
        return Added()
    covered = _Covered(study)
    new = [claim for claim in draft.file.claims if not covered.by(draft.anchors[claim.id])]
    names = _Names(study, draft, new, covered)
    claims = tuple(names.claim(claim) for claim in new)
    free = zip(draft.file.exclusions, draft.excluded, strict=True)
    exclusions = tuple(exclusion for exclusion, anchor in free if not covered.by(anchor))
    groups = tuple(names.new_groups(claims))
    scales = tuple(
        (new, draft.file.scales[old].label) for old, new in names.scales.items() if new not in study.file.scales
    )
    behind = tuple(covered.before(draft.anchors[claim.id]) for claim in new)
    return Added(claims, behind, exclusions, groups, scales)


class _Covered:
    """What of the texts belongs to claims and exclusions."""

    def __init__(self, study: Study) -> None:
        anchors = [*((each, id) for id, each in study.anchors.items()), *((each, None) for each in study.excluded)]
        self._spans: dict[str, list[tuple[int, int, str | None]]] = {}
        for anchor, id in anchors:
            self._spans.setdefault(anchor.source, []).append((anchor.value_start, anchor.value_end, id))
        for spans in self._spans.values():
            spans.sort(key=lambda span: span[:2])
        order = {id: i for i, id in enumerate(study.claims)}
        claimed = ((each.source, each.value_start, order[id], id) for id, each in study.anchors.items())
        self._claimed = sorted(claimed)
        self._sources = [source for source, *_ in self._claimed]
        self._first = study.anchors[study.file.claims[0].id].source

    def by(self, anchor: Anchor) -> bool:
        """Whether a claim or an exclusion covers a part of the value."""
        return any(True for _ in self._over(anchor))

    def claim(self, anchor: Anchor) -> list[str]:
        """The claims whose values lie there."""
        return [id for *_, id in self._over(anchor) if id is not None]

    def before(self, anchor: Anchor) -> str | None:
        """The claim behind which a new one goes; FIRST before all of its source, None where this has none."""
        at = bisect_right(self._claimed, (anchor.source, anchor.value_start, len(self._claimed), "")) - 1
        if at >= 0 and self._sources[at] == anchor.source:
            return self._claimed[at][3]
        return FIRST if anchor.source in self._sources and anchor.source == self._first else None

    def _over(self, anchor: Anchor) -> Iterator[tuple[int, int, str | None]]:
        for span in self._spans.get(anchor.source, ()):
            if span[0] < anchor.value_end and anchor.value_start < span[1]:
                yield span


class _Names:
    """What new claims, their groups, scales and relations are called in the study that they come to."""

    def __init__(self, study: Study, draft: Study, new: Sequence[Claim], covered: _Covered) -> None:
        self.study, self.draft = study, draft
        self.groups = _same(draft.file.groups, study.file.groups)
        self.scales = _same(draft.file.scales, study.file.scales)
        taken, fresh = {claim.id for claim in study.file.claims}, {claim.id for claim in new}
        self.ids: dict[str, tuple[str, str]] = {}
        for claim in draft.file.claims:
            if claim.id in fresh:
                name = unique(claim.id, taken.__contains__)
                taken.add(name)
                self.ids[claim.id] = (name, claim.type)
                continue
            there = [study.claims[id] for id in covered.claim(draft.anchors[claim.id])]
            same = [each for each in there if each.type == claim.type]
            if len(same) == 1:
                self.ids[claim.id] = (same[0].id, same[0].type)

    def claim(self, claim: Claim) -> Claim:
        """The claim with the names of the study; relations that lead to nothing of the kind are left out."""
        fields: dict[str, Any] = {key: value for key, value in claim_fields(claim).items() if key not in SEVERAL}
        fields["id"] = self.ids[claim.id][0]
        for key, names in (("group", self.groups), ("scale", self.scales)):
            if key in fields:
                fields[key] = names[fields[key]]
        for key in _ONE:
            target = self.ids.get(fields.pop(key, ""))
            if target is not None and target[1] in targets_of(key, claim.type):
                fields[key] = target[0]
        for key in SEVERAL:
            targets = [self.ids[name][0] for name in getattr(claim, key) if name in self.ids]
            if targets and len(set(targets)) == len(getattr(claim, key)):
                fields[key] = targets
        for key, needed in (("paired", "compares"), ("every", "within")):
            if needed not in fields:
                fields.pop(key, None)
        return Claim.model_validate(fields)

    def new_groups(self, claims: Sequence[Claim]) -> Iterator[tuple[str, str, str | None]]:
        """The groups of new claims that the study has not yet: name, label, and the claim of its size."""
        own = {claim.id for claim in claims}
        used = {claim.group for claim in claims}
        for old, name in self.groups.items():
            if name in used and name not in self.study.file.groups:
                group = self.draft.file.groups[old]
                n = self.ids.get(group.n or "", (None, ""))[0]
                yield name, group.label, n if n in own or n in self.study.claims else None


def _same(found: Any, there: Any) -> dict[str, str]:
    """What each group (or scale) that is found is called in the study: as the one of the same label, or anew."""
    by_label = {key_of(entry.label): name for name, entry in there.items()}
    names: dict[str, str] = {}
    for name, entry in found.items():
        names[name] = by_label.get(key_of(entry.label)) or unique(
            name, lambda taken: taken in there or taken in names.values()
        )
    return names
