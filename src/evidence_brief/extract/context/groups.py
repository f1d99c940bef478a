"""The groups of patients that a text speaks of: their labels, their sizes, and where it mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.phrases import PERSON, cut_after, cut_before, plain

_GROUP = r"(?:group|arm|cohort)s?"
_NAMED = re.compile(rf"((?:[\w/+’'&.-]{{1,30}}[ \u00a0]){{1,4}}){_GROUP}\b", re.I)
_LETTERED = re.compile(rf"\b({_GROUP}\s(?:[A-H]|[1-6]|I{{1,3}}|IV))\b(?![\w-])", re.I)
_GAVE = (
    r"(?:received|underwent|had|took|were given|got|"
    r"(?:were |was )?(?:then )?(?:randomly )?(?:randomi[sz]ed|assigned|allocated|treated|managed|enrolled)"
    r"(?: at random)?(?: to(?: receive| undergo| take)?| with| in(?:to)?)?(?: either)?)"
)
# What follows the number of patients of a group: "24 (50%) patients received …", "24 in the … group", "24 to …".
_COUNTED = rf"\s*(?:\(\d+(?:\.\d+)?\s?%\)\s?)?(?:other |of them |of these |of whom )?(?:{PERSON})?,?\s?(?:who |that )?"
_RECEIVED = re.compile(rf"{_COUNTED}(?:were |was )?{_GAVE}\s(?:the |a |an )?", re.I)
_PLACED = re.compile(rf"{_COUNTED}(?:were |was )?(?:in|to|on|into)\s(?:the |a |an )?", re.I)
_ASSIGNED = re.compile(r"\b(?:assigned|randomi[sz]ed|allocated)\b[^.]*$", re.I)
_BRACKET = re.compile(r"[(\[,;:]?\s*(?:n\s?=\s?)?$", re.I)
_AFTER = re.compile(rf"\s?(?:{PERSON})?\s*[)\],;.]", re.I)
_COHORT = re.compile(
    rf"(?:\b(?:cohort|total|sample|series|population) of|\b(?:of|in) (?:the )?|^\s*|\benrolled|\bincluded|\brecruited"
    r"|\brandomi[sz]ed|\bstudied|\banaly[sz]ed)\s*(?:a total of )?$",
    re.I,
)
_WHOLE = re.compile(
    rf"\s*(?:[\w-]+\s){{0,5}}?(?:{PERSON})\b(?:[^.;:]{{0,80}}?\b(?:were|was)\s(?:included|enrolled|randomly|randomi[sz]ed|"
    r"recruited|assigned|allocated|studied|analy[sz]ed|evaluated))?",
    re.I,
)
_OTHERS = re.compile(
    rf"\b(?:un-?treated|non-?treated|control|comparison|other|remaining|usual[ -]care)\s(?:{PERSON}|{_GROUP})\b"
    rf"|\bcontrols\b|\bthose (?:not|without)\b|\b(?:un-?treated|non-?treated)\b",
    re.I,
)
_NO_GROUP = frozenset(
    "age study both two three four all each either these those this that same different patient treatment-naive blood "
    "between within other the a an of in per sub whole total entire large small peer risk ethnic food functional "
    "parallel randomized randomised randomly respective corresponding several many various single respective every".split()
)


@dataclass(frozen=True)
class Mention:
    """Where a text speaks of a group: the span, and the label of the group."""

    start: int
    end: int
    label: str


@dataclass
class Groups:
    """The labels of the groups, by their plain form; the candidates that give their sizes."""

    labels: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)
    whole: str | None = None
    _pattern: re.Pattern[str] | None = None

    def add(self, words: str, alias: str | None = None) -> str | None:
        """The label of the group that the words name; a new one if none is known. None for words that name none."""
        key = plain(words)
        if not key or key in _NO_GROUP or key.isdigit():
            return None
        shown = (alias or " ".join(words.split())).strip(" -")
        label = self.labels.get(key) or (self.labels.get(plain(alias)) if alias else None) or shown
        self.labels.setdefault(key, label)
        if alias:
            self.labels.setdefault(plain(alias), label)
        return label

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """Every mention of a known group between two positions of the text, in order."""
        if self._pattern is None:
            keys = sorted(self.labels, key=len, reverse=True)
            words = "|".join(re.escape(key).replace(r"\ ", r"[\s-]") for key in keys) or r"(?!)"
            self._pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w])(?:[\s-]{_GROUP})?", re.I)
        found = [
            Mention(match.start(), match.end(), self.labels[key])
            for match in self._pattern.finditer(text, start, end)
            if (key := self._key(match.group())) is not None
        ]
        return self._with_others(text, start, end, found)

    def _key(self, words: str) -> str | None:
        key = plain(words)
        return key if key in self.labels else None

    def _with_others(self, text: str, start: int, end: int, found: list[Mention]) -> list[Mention]:
        """Where a study has two groups, "untreated patients" beside one of them is the other one."""
        sized = list(dict.fromkeys(self.sizes))
        if len(sized) != 2:
            return found
        for match in _OTHERS.finditer(text, start, end):
            if any(mention.start < match.end() and match.start() < mention.end for mention in found):
                continue
            near = {mention.label for mention in found}
            rest = [label for label in sized if label not in near]
            label = rest[0] if len(near & set(sized)) == 1 else sized[1] if not near & set(sized) else None
            if label is not None:
                found.append(Mention(match.start(), match.end(), label))
        return sorted(found, key=lambda mention: mention.start)


def find_groups(text: str, candidates: Sequence[Candidate]) -> Groups:
    """The groups of a text, by the words around the numbers of patients, and by the word group or arm."""
    groups = Groups()
    counts = [candidate for candidate in candidates if candidate.type == "count" and _is_of_patients(candidate)]
    for count in counts:
        if (label := _sized(text, count, groups)) is not None:
            groups.sizes.setdefault(label, count.name)
    for words in _named(text):
        groups.add(words)
    groups.whole = next((count.name for count in counts if _is_whole(text, count, groups)), None)
    return groups


def _is_of_patients(count: Candidate) -> bool:
    return count.unit is None or re.fullmatch(PERSON, count.unit, re.I) is not None


def _sized(text: str, count: Candidate, groups: Groups) -> str | None:
    """The group whose number of patients the count is, by the words after or before it."""
    if (after := _RECEIVED.match(text, count.end, count.end + 160)) is not None:
        words, alias = cut_after(text, after.end())
        if words and not re.search(r"\d", words):
            return groups.add(words, alias)
    if (after := _PLACED.match(text, count.end, count.end + 120)) is not None:
        words, alias = cut_after(text, after.end())
        is_group = re.match(rf"[\w/+’'&.() -]{{1,60}}?\b{_GROUP}\b", text[after.end() : after.end() + 80], re.I)
        if words and (is_group or _ASSIGNED.search(text, max(0, count.start - 120), count.start)):
            return groups.add(words, alias)
    opening = _BRACKET.search(text, max(0, count.start - 8), count.start)
    if opening and opening.group().strip() and _AFTER.match(text, count.end):
        words, alias = cut_before(text, opening.start())
        if words and "n" in opening.group().lower():
            return groups.add(words, alias)
        if words and re.search(rf"\b{_GROUP}$", text[max(0, opening.start() - 8) : opening.start()].rstrip(), re.I):
            return groups.add(words, alias)
    return None


def _named(text: str) -> Iterator[str]:
    for match in _LETTERED.finditer(text):
        yield match[1]
    for match in _NAMED.finditer(text):
        words, _ = cut_before(text, match.end(1))
        if words:
            yield words


def _is_whole(text: str, count: Candidate, groups: Groups) -> bool:
    """Whether the count is of all patients: "a cohort of 42 patients", "42 patients were enrolled"."""
    if count.name in groups.sizes.values():
        return False
    before = _COHORT.search(text, max(0, count.start - 40), count.start)
    return before is not None and _WHOLE.match(text, count.end, count.end + 200) is not None
