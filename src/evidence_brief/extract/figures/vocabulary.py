"""The words that stand beside figures: units of time and dose, persons, and the names of things with numbers."""

from __future__ import annotations

import re

TIMES: dict[str, str] = {}
for _unit, _forms in {
    "months": "month months mo mos mth mths",
    "weeks": "week weeks wk wks",
    "years": "year years yr yrs y",
    "days": "day days d",
    "hours": "hour hours hr hrs h",
    "minutes": "minute minutes min mins",
    "seconds": "second seconds sec secs s",
    "decades": "decade decades",
}.items():
    TIMES |= dict.fromkeys(_forms.split(), _unit)
TIME = re.compile(
    r"[ \u2009\u202f\u00a0]?-? ?(?P<unit>months?|mos?|mths?|weeks?|wks?|years?|yrs?|days?"
    r"|hours?|hrs?|minutes?|mins?|seconds?|secs?"
    r"|decades?|[ydhs])(?![a-z0-9µ/²]|-?old(?!er)|\.[a-z])"
)
_PER = r"(?:/|\s?per\s)"
_BASE = (
    r"mg|g|kg|[µμu]g|mcg|ng|pg|miu|[km]?iu|i\.u\.|u|units?|ml|l|dl|cc|[µμ]l|mmol|[µμ]mol"
    r"|nmol|pmol|mol|meq|m?mol|mm ?hg|cm|mm|nm"
    r"|m|km|c?gy|mbq|gbq|k?cal|kj|mosm|bpm|hz|k?w|watts?|ppm|ppb|grams?|milligrams?|litres?"
    r"|liters?|°\s?[cf]|degrees|beats|breaths"
    r"|kpa|cmh2o|mets?|tablets?|capsules?|puffs?|drops?|points?|letters?|dioptres?|diopters?"
    r"|steps|logmar|db|msv|(?:h|hrs?|hours?|min|minutes?)(?=/)"
)
_OVER = (
    r"(?:kg|m ?2|m²|d|days?|h|hr|hours?|min|minutes?|s|wk|weeks?|months?|dose|ml|l"
    r"|dl|g|cm2|years?|mol|mmol|100 ?ml|kcal|1\.73 ?m ?2|1\.73 ?m²)"
)
UNIT = re.compile(
    rf"[ \u2009\u202f\u00a0]?-?(?P<unit>(?P<base>{_BASE})²?(?P<over>(?:{_PER}{_OVER}){{0,3}}))(?![a-z0-9])"
)
_CONCENTRATION = re.compile(r"(?:/|per\s)(?:m?l|dl|min|minutes?|s|g|cm2|mol|mmol|m ?2|m²)\b|1\.73")
_MASSES = {"mg", "g", "ug", "µg", "μg", "mcg", "ng", "iu", "miu", "kiu", "i.u.", "u", "unit", "units", "gram", "grams"}
_OTHERS = {"ml", "l", "cc", "mmol", "meq", "gy", "cgy", "mbq", "gbq", "kcal", "cal", "kj", "milligram", "milligrams"}
_TIMES = {"h", "hr", "hrs", "hour", "hours", "min", "minute", "minutes"}
_FORMS = {"tablet", "tablets", "capsule", "capsules", "puff", "puffs", "drop", "drops"}
_DOSES = frozenset(_MASSES | _OTHERS | _TIMES | _FORMS)
PERSONS = (
    "patients? participants? subjects? persons? people adults? babies|baby|infants? children"
    "|child|boys? girls? men women males? "
    "females? neonates? newborns? individuals? volunteers? controls? cases students? adolescents?"
    " mothers? fathers? parents? nurses? "
    "physicians? clinicians? doctors? respondents? residents? workers? survivors? veterans?"
    " donors? recipients? users? smokers? "
    "athletes? players? pairs couples outpatients? inpatients? athletes members? caregivers?"
    " carers? dyads? families|family "
    "households? veterans? twins toddlers? youths? pupils? teachers? enrollees? employees?"
    " professionals? candidates? "
    "undergraduates? completers? responders? nonresponders? non-responders? births eyes? knees? hips?"
).replace(" ", "|")
_STOP = (
    "of|in|and|or|with|for|to|from|by|at|on|were|was|had|have|has|received|who|that|than"
    "|as|vs|versus|per|is|are|did|the|during|after|"
    "before|compared|among|between|into|but|not|died|completed|which|whose|while|underwent"
    "|while|times?|against|over|under|if|when|we"
)
_WORD = r"[^\W\d_][\w’'/+-]{0,24}"
PERSON = re.compile(rf"[ -](?:(?:and|or|(?!(?:{_STOP})\b){_WORD}) ){{0,6}}(?P<noun>{PERSONS})(?![\w-])")
NOUN = re.compile(
    rf"(?: |-)(?P<unit>(?:(?!(?:{_STOP})\b){_WORD} ){{0,2}}?(?!(?:{_STOP})\b)[^\W\d_][\w-]{{1,24}}(?<!s)s)(?![\w-])"
)
STOPPED = re.compile(rf"[ ,;:.)\]]*(?:(?:{_STOP})\b|[a-z]+ed\b|$)")


def is_dose(base: str, over: str) -> bool:
    """Whether a unit is one that drugs are given in, rather than one that is measured."""
    return base in _DOSES and not _CONCENTRATION.search(over)
