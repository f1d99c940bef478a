"""The numbers of a text, found in one scan each: digits with sign, power and percent sign, and numbers in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence_brief.printed import WORDS

LONGEST = 40  # characters of a number; beyond, it is a sequence of digits, not a figure
NEAR = 64  # characters before a number that are looked at

SIGNS = "-\u2212\u2013\u2010\u2011\u2012\uff0d\ufe63"
_DOTS = ".\u00b7\u22c5\u2219\u2027\u2024"
_THIN = "\u2009\u202f\u00a0\u2007"
_POWER = (
    rf"(?:[ {_THIN}]?[x×][ {_THIN}]?10(?:\^[+{SIGNS}]?[0-9]{{1,3}}|[+{SIGNS}][0-9]{{1,3}}|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})"
    rf"|[eE][+{SIGNS}]?[0-9]{{1,3}}(?![0-9A-Za-z]))?"
)
_PERCENT = rf"(?P<percent>[ {_THIN}]?(?:%|[Pp]er ?cent(?![a-z])))?"


def _digits(thousands: str, decimals: str) -> re.Pattern[str]:
    grouped = rf"(?<=[1-9])[0-9]{{0,2}}(?:[{thousands}'’{_THIN}][0-9]{{3}})+(?![0-9])"
    return re.compile(rf"[0-9](?:{grouped}|[0-9]*)(?:[{decimals}][0-9]+)?(?P<end>){_POWER}{_PERCENT}")


_DIGITS = {".": _digits(",", _DOTS), ",": _digits(".", ",")}
_WHOLE = {word: whole for word, whole in WORDS.items() if whole}  # "zero" is mostly a scale's end
_UNITS = "|".join(word for word, whole in _WHOLE.items() if whole < 10)
_LATER = "|".join(sorted({word[1:] for word in _WHOLE if word != "one"}, key=lambda end: (-len(end), end)))
# Every such word begins with one of six letters, which the scan finds quickly; a dictionary then knows the words.
_WORDS = re.compile(rf"[TtFfSsEeNn](?:{_LATER})(?:[- ](?:{_UNITS}))?(?![A-Za-z])")


@dataclass(slots=True)
class Token:
    """One number: `end` is the end of its digits and power, `stop` that of its percent sign, if it has one."""

    start: int
    end: int
    stop: int
    text: str
    whole: int | None = None  # its value, where it is a whole number that counts can have
    decimals: bool = False
    word: bool = False

    @property
    def percent(self) -> bool:
        """Whether a percent sign follows."""
        return self.stop > self.end


def tokens(text: str, decimal_mark: str = ".") -> list[Token]:
    """Every number of the text, in order of position."""
    thousands = "," if decimal_mark == "." else "."
    found = [_digit_token(text, match, thousands) for match in _DIGITS[decimal_mark].finditer(text)]
    words = [token for match in _WORDS.finditer(text) if (token := _word_token(text, match)) is not None]
    return sorted([*found, *words], key=_start) if words else found


def _start(token: Token) -> int:
    return token.start


def _digit_token(text: str, match: re.Match[str], thousands: str) -> Token:
    start, stop = match.span()
    end = match.start("percent") if match["percent"] is not None else stop
    before = text[max(start - 4, 0) : start]
    decimals = match.end("end") - start > 1 and not text[start : match.end("end")].isdigit()
    if before and before[-1] in _DOTS and not before[-2:-1].isalnum() and before[-2:-1] not in _DOTS:
        start, decimals, before = start - 1, True, before[:-1]
    if before and before[-1] in SIGNS and _is_sign(before):
        start -= 1
    elif (
        before[-2:-1] and before[-2] in SIGNS and before[-1].isspace() and before[:-2].rstrip()[-1:] in _AFTER_RELATION
    ):
        start -= 2
    digits = text[start:end]
    whole = None
    plain = digits.replace(thousands, "").replace("'", "")
    if len(digits) <= 12 and plain.isdigit():
        whole, decimals = int(plain), False
    return Token(start, end, stop, digits, whole, decimals)


_AFTER_RELATION = ("=", "<", ">", "(", "[")


def _is_sign(before: str) -> bool:
    """Whether the dash that ends these characters is the sign of a number, not a hyphen or the dash of a range."""
    last = before[-2:-1]
    if last == "" or last in "=<>([{±≤≥:,;/":
        return True
    if last.isspace():
        earlier = before[-3:-2]
        # "(SD) -2.1" has a sign, "1.2 (5) - 3" has not.
        return earlier == "" or not (
            earlier.isdigit() or earlier == "%" or (earlier in ")]" and before[-4:-3].isdigit())
        )
    return last in SIGNS


def _word_token(text: str, match: re.Match[str]) -> Token | None:
    start, end = match.span()
    if start and (text[start - 1].isalnum() or text[start - 1] in "_"):
        return None
    word = match.group().lower().replace("-", " ")
    tens, _, unit = word.partition(" ")
    if tens not in _WHOLE:
        return None
    whole = _WHOLE[tens]
    if unit:
        if whole < 20 or whole % 10:
            end = start + len(tens)
        else:
            whole += _WHOLE[unit]
    return Token(start, end, end, text[start:end], whole, word=True)
