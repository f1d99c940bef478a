"""What a figure is about, and when: the words around it. Heuristics for a draft that a person confirms."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from evidence_brief.extract.context.phrases import PERSON, cut_after, cut_before, plain

_NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty)"
_UNIT = r"(?:minute|min|hour|hr|h|day|week|wk|month|mo|year|yr)s?"
_TIME = re.compile(
    rf"\b(?:at|after|by|within|for|until|over|before|on|from|post|in)\s(?:the\s)?(?:end\sof\s)?(?:the\s)?"
    rf"(?P<when>(?:first\s)?{_NUMBER}(?:\sand\s{_NUMBER})?[\s-]?{_UNIT}\b"
    r"(?:\s(?:of\s)?(?:follow-up|treatment|therapy|postoperatively|after \w+))?"
    rf"|(?:day|week|month|year|visit)\s\d+|(?<=at )baseline|discharge|admission|follow-up|"
    rf"(?:the\s)?(?:study|treatment|follow-up period|follow-up|intervention|trial)(?=[\s,.;]))"
    rf"|\b(?P<bare>(?:day|week|month|year)\s\d+|{_NUMBER}-{_UNIT}(?=\s(?:follow-up|survival|mortality|rate)))",
    re.I,
)
_END_OF = re.compile(r"\bend of (?:the )?(?:follow-up(?: period)?|study|treatment|trial|intervention)", re.I)
_EXACT = re.compile(rf"\d|\b(?:{_NUMBER})[\s-]{_UNIT}|baseline", re.I)
_FOLLOWED = re.compile(
    r"\b(?:for|over|follow(?:ed)?[- ]?up(?: period| time| duration)?(?: was| for| of| over|,)?)\s"
    r"(?:a )?(?:median|mean)(?: of)?\s*[(]?$",
    re.I,
)
_COMPARED = re.compile(
    r",?\s(?:when\s)?(?:compared\s(?:with|to)|than|versus|vs\.?|relative\sto|in\scomparison\s(?:with|to)|as\sagainst)\s[^.;]*$",
    re.I,
)
_VERB = (
    r"occurred|was|were|is|are|been|be|seen|observed|found|reported|noted|achieved|recorded|present|developed|experienced|"
    r"had|has|have|showed|reached|averaged|remained|received|underwent|completed|died|improved|increased|decreased|"
    r"reduced|declined|dropped|changed|fell|rose|increasing|decreasing|improving|declining|rising|falling|went|grew|obtained|"
    r"detected|identified|documented|attained|displayed|demonstrated|estimated|calculated|measured|equal|amounted"
)
_COMPARATIVE = (
    "higher|lower|greater|fewer|more|less|better|worse|larger|smaller|longer|shorter|earlier|later|faster|slower|similar|"
    "comparable|superior|inferior|equivalent|lowest|highest"
)
_TRAILING = re.compile(
    rf"(?:^|[\s,:(\[]+)(?:{_VERB}|in|at|of|to|by|from|with|for|among|on|and|as|than|vs\.?|versus|a|an|the|only|about|mean|median|"
    r"average|respectively|total|both|significantly|statistically|markedly|slightly|score|about|just|all|that|who|it|which|when|"
    rf"{_COMPARATIVE}|different|not|no|did|favou?r|terms|respect|regard)[\s,:(\[]*$",
    re.I,
)
_LEADING = re.compile(
    rf"^(?:{_COMPARATIVE}|significantly|significant|overall|increased|reduced|improved|however|finally|additionally|furthermore|moreover|overall|the|a|an|"
    r"mean|median|average|no|any|their|statistically|clinically|markedly|also|total)\s+",
    re.I,
)
_CLAUSE = re.compile(
    r"[;:]\s|\b(?:while|whereas|but|although|with)\s|,\s(?:and\s|with\s|which\s)?|\)\s?(?:,\s)?(?:and|or)\s", re.I
)
_OF_PERSONS = re.compile(rf"\s*(?:of|in|for|among|on)?\s*(?:the\s)?(?:[\w-]+\s){{0,3}}?(?:{PERSON}|group|arm)\b", re.I)
_OF_PERSONS_LAST = re.compile(
    rf"\b(?:in|of|for|among|on)\s(?:the\s|these\s|all\s)?(?:{PERSON}|(?:\w+\s)?groups?)$", re.I
)
_GROUP_WORD = re.compile(rf"[\s-](?:treated\s)?(?:groups?|arms?|{PERSON})$", re.I)
_LEADS_TO = re.compile(r"(?:\b(?:in|of|for|among|on|with|to|receiving|treated with|undergoing)\s)?(?:\bthe)?$", re.I)
_LEAD_VERB = re.compile(rf"\s*(?:who\s|that\s)?(?:{_VERB})\s(?:an?\s|the\s|their\s)?", re.I)
_LONGEST = 70
_NEAR = 6  # times before and after a figure that are looked at


@dataclass(frozen=True)
class Times:
    """The times that a sentence names: what stands for its end, and each with its place, in order."""

    end_of: str | None
    named: tuple[tuple[int, str], ...]


def times_of(text: str, start: int, end: int) -> Times:
    """The times in a sentence."""
    end_of = _END_OF.search(text, start, end)
    words = end_of.group().lower() if end_of else None
    named = tuple((at.start(), " ".join((at["when"] or at["bare"]).split())) for at in _TIME.finditer(text, start, end))
    return Times("end of follow-up" if words and "follow" in words else words, named)


def time_of(times: Times, start: int) -> str | None:
    """When a figure that begins there was measured: the nearest time before it in the sentence, or the one after it."""
    if times.end_of is not None:
        return times.end_of
    first = bisect_left(times.named, (start, ""))
    words = [
        word for _, word in (*reversed(times.named[max(0, first - _NEAR) : first]), *times.named[first : first + _NEAR])
    ]
    exact = [each for each in words if _EXACT.search(each)]
    return next(iter(exact or words), None)


def outcome_of(text: str, start: int, end: int, sentence_start: int, drop: list[str]) -> str | None:
    """The words that say what the figure is about: those before it, or else those after the patients behind it.

    `drop` are labels of groups: they say whom it is about, not what.
    """
    if _FOLLOWED.search(text, max(sentence_start, start - 70), start):
        return "follow-up"
    before = _before(text, start, sentence_start, drop)
    if before:
        return before
    position = end
    while position < len(text) and text[position] in ")]":
        position += 1
    if (persons := _OF_PERSONS.match(text, position)) is not None:
        position = persons.end()
    if (verb := _LEAD_VERB.match(text, position)) is None:
        return None
    words, _ = cut_after(text, verb.end())
    return clean(words, drop)


def _before(text: str, start: int, sentence_start: int, drop: list[str]) -> str | None:
    piece = _COMPARED.sub("", text[max(sentence_start, start - 150) : start].rstrip(" (\u00a0["))
    pieces = [part for part in _CLAUSE.split(piece) if part and part.strip()]
    for part in reversed(pieces[-3:]):
        words = _without_groups(_COMPARED.sub("", " " + part), drop)
        while (shorter := _TRAILING.sub("", words)) != words and shorter.strip():
            words = _without_groups(shorter, drop)
        phrase, _ = cut_before(words, len(words))
        if found := clean(phrase, drop):
            return found
    return None


def _without_groups(words: str, drop: list[str]) -> str:
    """The words without a group at their end ("… in the IVIG group")."""
    shorter = _GROUP_WORD.sub("", words.rstrip())
    for label in drop:
        if shorter.lower().endswith(label.lower()) and not shorter[: -len(label)][-1:].isalnum():
            return _LEADS_TO.sub("", shorter[: -len(label)].rstrip()).rstrip()
    return _OF_PERSONS_LAST.sub("", words.rstrip())


def clean(phrase: str, drop: list[str]) -> str | None:
    """The phrase without comparatives and articles; None where nothing but a group or a verb is left."""
    previous = None
    while phrase != previous:
        previous, phrase = phrase, _LEADING.sub("", phrase)
    phrase = phrase.strip(" ,.;:()[]–-")[:_LONGEST].strip()
    key = plain(phrase)
    empty = (
        not key
        or key.isdigit()
        or re.fullmatch(
            rf"(?:{PERSON}|\W*|{_VERB}|p|and|both|(?:{PERSON})\s\w+ing|months?|weeks?|days?|years?)", key, re.I
        )
    )
    if empty or not re.search(r"[A-Za-z]{2}", phrase) or key in {plain(label) for label in drop}:
        return None
    return phrase
