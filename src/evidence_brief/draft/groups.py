"""The groups of patients and the scales that candidates name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidence_brief.draft.names import slug, slug_of_group, unique
from evidence_brief.extract.candidate import Candidate
from evidence_brief.study.model import Group, Scale

WHOLE = "All patients"


def key_of(label: str) -> str:
    """What two spellings of a label have in common."""
    return " ".join(label.casefold().split())


@dataclass
class Names:
    """Labels with the short names that stand for them: the first spelling of a label is kept."""

    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, label: str, name: str) -> str:
        """The short name of a label; `name` where it is a new one and that is free."""
        key = key_of(label)
        if key not in self.names:
            self.names[key] = unique(name, self.labels.__contains__)
            self.labels[self.names[key]] = " ".join(label.split())
        return self.names[key]

    def of_group(self, label: str) -> str:
        """The short name of a group."""
        return self.add(label, slug_of_group(label))

    def of_scale(self, label: str) -> str:
        """The short name of a scale."""
        return self.add(label, slug(label) or "scale")


Placed = Sequence[tuple[str, Candidate]]
"""Candidates with the sources that they stand in."""


def sizes(placed: Placed, groups: Names) -> dict[str, int]:
    """Which count is the number of patients of each group: the group, and the place of the candidate."""
    found: dict[str, int] = {}
    for i, (_, each) in enumerate(placed):
        if each.type == "count" and each.size_of and each.size_of.strip():
            found.setdefault(groups.of_group(each.size_of), i)
    named = {(placed[i][0], placed[i][1].name) for i in found.values()}
    for i, (source, each) in enumerate(placed):
        whole = each.type == "count" and not each.size_of and len(each.parts) > 1
        if whole and all((source, part) in named for part in each.parts):
            found.setdefault(groups.add(WHOLE, "all"), i)
            break  # a whole whose groups have names has one too
    return found


def parts_of(placed: Placed, size: dict[str, int]) -> dict[str, tuple[str, ...]]:
    """The groups that make up others, as the numbers of their patients say."""
    groups = {(placed[i][0], placed[i][1].name): group for group, i in size.items()}
    found: dict[str, tuple[str, ...]] = {}
    for group, i in size.items():
        source, whole = placed[i]
        parts = tuple(dict.fromkeys(groups[source, part] for part in whole.parts if (source, part) in groups))
        if len(parts) == len(whole.parts) > 1 and not any(_leads_to(part, group, found) for part in parts):
            found[group] = parts
    return found


def _leads_to(group: str, target: str, parts: dict[str, tuple[str, ...]]) -> bool:
    return group == target or any(_leads_to(part, target, parts) for part in parts.get(group, ()))


def made_groups(names: Names, ids: dict[str, str], parts: dict[str, tuple[str, ...]]) -> dict[str, Group]:
    """The groups: `ids` are their counts, `parts` the groups that make them up."""
    return {
        name: Group(label=label, n=ids.get(name), parts=parts.get(name, ())) for name, label in names.labels.items()
    }


def made_scales(names: Names) -> dict[str, Scale]:
    """The scales, of which a text tells the names alone."""
    return {name: Scale(label=label) for name, label in names.labels.items()}
