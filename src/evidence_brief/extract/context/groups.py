"""The groups of patients that a text speaks of: their labels, their sizes, and where it mentions them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context.phrases import PERSON, cut_after, cut_before, plain

_GROUP = r"(?:group|arm|cohort)s?"
_WORD_GROUP = re.compile(r"[GgAaCc](?:roup|rm|ohort|ROUP|RM|OHORT)[sS]?(?![A-Za-z])")
_BEHIND_LABEL = re.compile(rf"[\s-]{_GROUP}", re.I)
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
_ENDS_AS_GROUP = re.compile(rf"\b{_GROUP}(?: (?:[A-H]|[1-6]|I{{1,3}}|IV))?$", re.I)
_COHORT = re.compile(
    r"(?<!group of )(?:\b(?:cohort|total|sample|series|population) of|\b(?:of|in) (?:the )?|^\s*|\benrolled|\bincluded"
    r"|\brecruited|\brandomi[sz]ed|\bstudied|\banaly[sz]ed)\s*(?:a total of )?$",
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
_PARTICIPLE = re.compile(
    r"(?:re-?)?(?:analy[sz]|randomi[sz]|enroll?|screen|includ|exclud|complet|evaluat|recruit|assess|stud|alloc|assign)\w*"
    r"|(?:\w+ )?(?:minute|hour|day|week|month|year)s?"
)
_GENERIC_WORDS = "treatment intervention study test therapy surgery exercise training experimental case usual standard"
_GENERIC = frozenset(_GENERIC_WORDS.split())
_AS_GROUP = re.compile(
    rf"(?:\s(?:and|or|versus|vs\.?)\s(?:the\s)?[\w-]+)?[\s-](?:{_GROUP}|{PERSON})\b|\s?[,.;:)]|\s(?:and|versus|vs\.?)\s",
    re.I,
)
_ALSO = re.compile(r",?\s(?:and|or|versus|vs\.?)\s(?:the\s)?([A-H]|[1-6]|I{1,3}|IV)\b(?![\w.%])")
_NO_GROUP_WORDS = (
    "a age all an analysed analyzed average baseline between blood both corresponding day different each either "
    "entire ethnic every food four functional group hour in large many mean median minute month of other "
    "parallel patient peer per period phase randomised randomized randomly relation respective risk same sample "
    "several single small study sub that the these this those three total treatment-naive two various week whole "
    "within year"
)
_NO_GROUP = frozenset(_NO_GROUP_WORDS.split())


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

    def add(self, words: str, alias: str | None = None) -> str | None:
        """The label of the group that the words name; a new one if none is known. None for words that name none."""
        key = plain(words)
        if not key or key in _NO_GROUP or key.isdigit() or _PARTICIPLE.fullmatch(key):
            return None
        shown = (alias or " ".join(words.split())).strip(" -")
        label = self.labels.get(key) or (self.labels.get(plain(alias)) if alias else None) or shown
        self.labels.setdefault(key, label)
        if alias:
            self.labels.setdefault(plain(alias), label)
        return label

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """Every mention of a known group between two positions of the text, in order."""
        plain_text = text[start:end].lower().replace("-", " ").replace("\n", " ")
        found: list[Mention] = []
        for key in sorted(self.labels, key=len, reverse=True):
            at = plain_text.find(key)
            while at >= 0:
                if not _within_word(plain_text, at, at + len(key)) and self._is_named(text, key, start + at, end):
                    behind = _BEHIND_LABEL.match(text, start + at + len(key), end)
                    last = behind.end() if behind else start + at + len(key)
                    if not any(one.start < last and start + at < one.end for one in found):
                        found.append(Mention(start + at, last, self.labels[key]))
                        found += self._listed(text, key, last, end)
                at = plain_text.find(key, at + 1)
        return self._with_others(text, start, end, sorted(found, key=lambda one: one.start))

    def _is_named(self, text: str, key: str, at: int, end: int) -> bool:
        """Whether a word that has other meanings as well ("treatment") stands for a group here."""
        if key not in _GENERIC:
            return True
        before = text[max(0, at - 9) : at].lower()
        return _AS_GROUP.match(text, at + len(key), end) is not None and not before.endswith(
            ("after ", "before ", "of ")
        )

    def _listed(self, text: str, key: str, at: int, end: int) -> list[Mention]:
        """The second of "arm A and B"."""
        if (also := _ALSO.match(text, at, end)) is None or not _LETTERED.fullmatch(key):
            return []
        label = self.add(f"{key.split()[0]} {also[1]}")
        return [Mention(also.start(1), also.end(), label)] if label else []

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


def _within_word(text: str, start: int, end: int) -> bool:
    """Whether the span cuts a word in two."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum())


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
        if words and _ENDS_AS_GROUP.search(text[max(0, opening.start() - 12) : opening.start()].rstrip()):
            return groups.add(words, alias)
    return None


def _named(text: str) -> Iterator[str]:
    """The words of each "group A", and before each "… group"."""
    for match in _WORD_GROUP.finditer(text):
        at = match.start()
        if text[at - 1 : at].isalpha():
            continue
        if (lettered := _LETTERED.match(text, at)) is not None:
            yield lettered[1]
        elif text[at - 1 : at] in " \u00a0-" and (words := cut_before(text, at)[0]):
            yield words


def _is_whole(text: str, count: Candidate, groups: Groups) -> bool:
    """Whether the count is of all patients: "a cohort of 42 patients", "42 patients were enrolled"."""
    if count.name in groups.sizes.values():
        return False
    before = _COHORT.search(text, max(0, count.start - 40), count.start)
    return before is not None and _WHOLE.match(text, count.end, count.end + 200) is not None
