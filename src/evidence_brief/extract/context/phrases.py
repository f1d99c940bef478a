"""Noun phrases, as far as they can be told without a parser: words up to those that end one."""

from __future__ import annotations

import re

PERSON = (
    r"patients?|participants?|subjects?|women|woman|men|man|children|child|infants?|adults?|individuals?|volunteers?|"
    r"people|persons?|controls?|cases?|recipients?|adolescents?|students?|boys|girls|mothers|males?|females?|babies|"
    r"neonates?|users|smokers|residents|workers|students|pairs|families|eyes|practices|clusters|dyads|players|athletes"
)
_PERSONS = frozenset(word for part in PERSON.split("|") for word in (part.replace("?", ""), part.replace("s?", ""))) - {
    *("control", "controls", "cases", "smokers"),
}

_END_WORDS = (
    "a an the as at for in on of with by from to and or nor who whom whose which that were was is are be been "
    "had has have experienced showed achieved developed reported compared versus vs than during after before "
    "over per once twice while whereas but however respectively among between through throughout within without "
    "when where did does do not if then these those this there their its his her our both either each all any no "
    "who's since until because received underwent completed remained decreased increased improved reduced died "
    "occurred followed alone daily weekly demonstrated exhibited presented revealed resulted produced required "
    "gained lost used also only significantly statistically plus versus. vs. using given treated assigned "
    "randomized randomised allocated median mean total average"
)
_ENDS = frozenset(_END_WORDS.split())
_STARTS = _ENDS - {"of", "without", "no"}
_WORD = re.compile(r"[ \u00a0]?([A-Za-zÀ-ÿ0-9α-ωΑ-Ω][\w/+’'&%.-]{0,40})")
_ALIAS = re.compile(r"[ \u00a0]?\(([A-Za-z][A-Za-z0-9+/-]{0,14})(?:[,;][^)]{0,30})?\)")
_TAIL = re.compile(r"(?:\s|-)?\b(?:groups?|arms?|cohorts?|treated|treatment|therapy|recipients)$", re.I)
_LONGEST = 6  # words


def plain(words: str | None) -> str:
    """Words as a key: lower case, without articles, plurals of a group, "group" and "patients" at the end."""
    if not words:
        return ""
    text = " ".join(words.lower().replace("-", " ").split()).strip(" .,")
    if re.fullmatch(r"(?:group|arm|cohort)s? (?:[a-h]|\d|i{1,3}|iv)", text):
        return text
    text = re.sub(r"^(?:the|a|an) ", "", text)
    while True:
        shorter = _TAIL.sub("", text).strip()
        shorter = re.sub(rf"\s(?:{PERSON})$", "", shorter)
        if shorter == text or not shorter:
            break
        text = shorter
    return "control" if text == "controls" else text


def cut_after(text: str, position: int) -> tuple[str, str | None]:
    """The noun phrase that begins at a position, and the abbreviation in brackets behind it."""
    words: list[str] = []
    end = position
    while len(words) < _LONGEST and (match := _WORD.match(text, end)) is not None:
        word = match[1].rstrip(".,")
        if not words and word.lower() in ("receive", "undergo", "take", "either"):
            end = match.end()
            continue
        if (word.lower() in _ENDS and not (words and word == "A")) or (not words and word.lower() in _PERSONS):
            break
        words.append(word)
        end = match.end()
        if match[1] != word:  # a point or comma ends the phrase
            break
    alias = _ALIAS.match(text, end) if words else None
    named = alias[1] if alias and _abbreviates(alias[1], words) else None
    while words and re.fullmatch(r"groups?|arms?", words[-1], re.I) and len(words) > 1:
        words.pop()
    return " ".join(words), named


def cut_before(text: str, position: int) -> tuple[str, str | None]:
    """The noun phrase that ends at a position, and the abbreviation in brackets at its end."""
    piece = text[max(0, position - 90) : position].rstrip(" \u00a0:,")
    alias = None
    if (bracket := re.search(r"\s?\(([A-Za-z][A-Za-z0-9+/-]{0,14})\)\s?(groups?|arms?)?$", piece)) is not None:
        alias, piece = bracket[1], piece[: bracket.start()]
    words: list[str] = []
    for word in reversed(re.split(r"[ \u00a0]", re.split(r"[\n.;:,()\[\]=](?=\s|$)|[(\[=]", piece)[-1])):
        bare = word.strip('“”"‘’')
        ends = bare.lower() in _STARTS and not (bare == "A" and not words)
        if not bare or ends or len(words) >= _LONGEST:
            break
        words.insert(0, bare)
    while words and re.fullmatch(r"groups?|arms?|cohorts?", words[-1], re.I) and len(words) > 1:
        words.pop()
    return " ".join(words), alias if alias and _abbreviates(alias, words) else None


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether the letters of the abbreviation stand in the words, in order, and begin like them."""
    letters = iter("".join(words).lower())
    wanted = re.sub(r"[^a-z]", "", short.lower())
    return bool(wanted) and wanted[0] in {word[0].lower() for word in words} and all(c in letters for c in wanted)
