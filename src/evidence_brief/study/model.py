"""The study file, `data/<study>/study.yml`, as pydantic models. Its JSON Schema is made from them."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from evidence_brief.printed import number
from evidence_brief.study.fields import ID, Digest, Exact, Id, Model, Text, without
from evidence_brief.study.kinds import Kind
from evidence_brief.study.spellings import LONGEST

LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"


class Question(Model):
    """What the study asked."""

    population: Text | None = Field(None, description="Who was studied.")
    intervention: Text | None = Field(None, description="What was done or given.")
    comparison: Text | None = Field(None, description="What it was compared with.")
    outcomes: tuple[Text, ...] = Field((), description="What was measured.")


class StoredFile(Model):
    """A file beside the study file, pinned by its sum."""

    file: Text = Field(description="File name in the study's own folder.")
    sha256: Digest = Field(description="sha256 of the file, in hexadecimal.")


class Original(StoredFile):
    """The published file that a source's text was read from, stored verbatim."""

    media_type: Text | None = Field(None, description="What it is, for example `application/pdf`.")


class Source(Model):
    """A published text, stored verbatim beside the study file."""

    file: Text = Field(description="File name in the study's own folder: plain text, UTF-8, verbatim.")
    cite: Text = Field(description="Citation of this text, as a reader would print it.")
    sha256: Digest = Field(description="sha256 of the file, in hexadecimal: it pins the words that the claims quote.")
    url: Text | None = Field(None, description="Where the text was published.")
    licence: Text | None = Field(None, description="Under which terms the text is kept here.")
    decimal_mark: Literal[".", ","] = Field(".", description='"," where the text prints 0,05 for 0.05.')
    original: Original | None = Field(
        None, description="The file that the text was read from, where that is no plain text: PDF, HTML, XML."
    )
    map: StoredFile | None = Field(None, description="Where each passage of the text stands in `original`.")

    def files(self) -> tuple[str, ...]:
        """The names of its files: the text, what that was read from, and the map between the two."""
        return tuple(stored.file for stored in (self, self.original, self.map) if stored is not None)


class Group(Model):
    """A group of patients."""

    label: Text = Field(description="Name of the group, as it should be printed.")
    n: Id | None = Field(None, description="The count claim that gives the number of patients.")
    parts: tuple[Id, ...] = Field((), description="Groups that make this one up, without overlap or rest.")


class Scale(Model):
    """A measurement scale. `step` says that single values are whole multiples of it."""

    label: Text = Field(description="Name of the scale.")
    minimum: Exact | None = Field(None, description="Lowest possible value.")
    maximum: Exact | None = Field(None, description="Highest possible value.")
    step: Exact | None = Field(
        None, description="Smallest difference between two single values, 1 for whole numbers; GRIM needs it."
    )
    items: int = Field(1, ge=1, description="Number of items that one value is the mean of, 1 for a sum score.")
    better: Literal["lower", "higher"] | None = Field(None, description="Which direction is an improvement.")

    @model_validator(mode="after")
    def _is_possible(self) -> Scale:
        slips = []
        if self.step is not None and number(self.step).value <= 0:
            slips.append(("step", "must be above 0"))
        if self.minimum and self.maximum and number(self.minimum).value >= number(self.maximum).value:
            slips.append(("maximum", f"must be above `minimum`, which is {self.minimum}"))
        return without(slips, self)


class Claim(Model):
    """One figure that the study reports."""

    id: Id = Field(description="Unique name, for example `remission.ivig`.")
    source: Id | None = Field(None, description="The source it stands in; needed where there are several.")
    quote: Text = Field(description="Words of the source around the figure, verbatim; they must stand there once.")
    occurrence: int | None = Field(None, ge=1, description="Which one, where the quote stands there several times.")
    value: Text = Field(
        max_length=LONGEST, description="The figure as printed, as text, and as it stands in the quote."
    )
    type: Kind = Field(description="What kind of figure it is.")
    label: Text | None = Field(None, description="Name of the figure in tables; made from the rest if absent.")
    group: Id | None = Field(None, description="The group of patients that it is about.")
    outcome: Text | None = Field(None, description="What was measured or counted.")
    time: Text | None = Field(None, description="When, for example `6 months`.")
    unit: Text | None = Field(None, description='Unit, for example `months`; `"%"` where the text prints no sign.')
    scale: Id | None = Field(None, description="The scale of a mean, median or range.")
    spread: Literal["sd", "se", "ci95", "iqr", "range"] | None = Field(
        None,
        description="What follows the mean or median: `sd` (of a mean) and `iqr` (of a median) if absent.",
    )
    measure: Literal["RR", "OR", "HR", "RD", "MD", "SMD"] | None = Field(
        None, description="Which estimate this is, or which one the confidence interval is of."
    )
    count: Id | None = Field(None, description="The count claim whose share this proportion is.")
    of: Id | None = Field(
        None,
        description="Of a count, proportion, mean, median or range: the count, or the proportion, of the patients whom "
        "it is about, where that is not the whole group. Of a confidence interval, a P value or a test statistic: the "
        "figure that it belongs to (a proportion, mean, estimate, correlation, or test statistic).",
    )
    within: Id | None = Field(
        None,
        description="A claim of the same group whose patients include those of this one (a subset of it); of a "
        "duration, or a mean, median or range of durations or doses: the period, a duration, inside which it lies.",
    )
    every: Text | None = Field(
        None, description='The interval between two of these doses, for example "1 month"; `within` names the period.'
    )
    product: tuple[Id, ...] = Field((), description="Claims whose product this one is: a daily dose times the days.")
    restates: Id | None = Field(None, description="An earlier claim of the same type that this one repeats.")
    compares: tuple[Id, ...] = Field(
        (),
        description="The claims that this P value, estimate, interval or statistic compares; of a mean change, the "
        "first and the second mean.",
    )
    discordant: tuple[Id, ...] = Field(
        (), description="The two counts of patients who changed, one way and the other: McNemar's test needs them."
    )
    paired: bool = Field(False, description="Whether it compares the same patients twice.")
    adjusted: bool = Field(False, description="Whether it is of a model with covariates: no crude figure gives it.")
    test: Text | None = Field(None, description="The test that the source names for this P value.")
    method: Text | None = Field(None, description="The method that the source names for this confidence interval.")
    parts: tuple[Id, ...] = Field((), description="Claims whose sum this one is, without overlap or rest.")
    change: bool = Field(False, description="Whether the mean is of changes of the scale, which may be negative.")
    note: Text | None = Field(None, description="A remark for the reader of the study file.")
    status: Literal["draft", "confirmed"] | None = Field(
        None,
        description="`draft`: the program read it and no person has confirmed it yet; `confirmed`: a person has. "
        "Absent: a person wrote it.",
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> Claim:
        slips = [
            (field, f"is for claims of type {', '.join(kinds)}; this one is of type {self.type}")
            for field, kinds in ONLY_FOR.items()
            if getattr(self, field) not in (None, (), False) and self.type not in kinds
        ]
        if self.paired and not self.compares:
            slips.append(("paired", "needs `compares`, the two claims about the same patients"))
        if len(self.compares) == 1:
            slips.append(("compares", "needs at least two claims"))
        if self.type == "mean_sd" and self.compares and not (self.change and len(self.compares) == 2):
            slips.append(("compares", "of a mean needs `change: true`, and the first and the second mean"))
        if len(self.product) == 1:
            slips.append(("product", "needs at least two claims"))
        if self.discordant and (len(self.discordant) != 2 or not self.paired):
            slips.append(("discordant", "needs two counts, and `paired: true`"))
        if self.every and not self.within:
            slips.append(("every", "needs `within`, the period in which the doses were given"))
        return without(slips, self)


ONLY_FOR: dict[str, tuple[Kind, ...]] = {
    "count": ("proportion",),
    "of": (
        *("count", "proportion", "mean_sd", "median_iqr", "range"),
        *("confidence_interval", "p_value", "test_statistic", "correlation"),
    ),
    "within": ("count", "proportion", "duration", "dose", "mean_sd", "median_iqr", "range"),
    "every": ("count", "dose", "median_iqr", "range"),
    "product": ("count", "dose", "duration"),
    "scale": ("mean_sd", "median_iqr", "range", "estimate", "confidence_interval"),
    "spread": ("mean_sd", "median_iqr"),
    "change": ("mean_sd", "median_iqr", "range"),
    "measure": ("estimate", "confidence_interval"),
    "compares": ("p_value", "confidence_interval", "estimate", "test_statistic", "mean_sd"),
    "paired": ("p_value", "confidence_interval", "estimate", "test_statistic"),
    "discordant": ("p_value", "test_statistic"),
    "adjusted": ("p_value", "confidence_interval", "estimate", "test_statistic", "mean_sd"),
    "test": ("p_value", "test_statistic"),
    "method": ("confidence_interval", "estimate"),
    "parts": ("count", "proportion"),
}
"""The keys of claims that are for some types alone."""


class Exclusion(Model):
    """A passage whose numerals are no figures of the study."""

    source: Id | None = Field(None, description="The source it stands in; needed where there are several.")
    quote: Text = Field(description="The passage, verbatim.")
    occurrence: int | None = Field(None, ge=1, description="Which one, where it stands there several times.")
    reason: Text = Field(description="Why it is left out.")


class Accepted(Model):
    """A finding that a person has read and signed off."""

    finding: Text = Field(description="Code of the finding, for example `percentage.impossible`.")
    claims: tuple[Id, ...] = Field(
        (), min_length=1, description="The claims that the finding names; left out for one of the whole study."
    )
    reason: Text = Field(description="Why it is accepted.")
    role: Text | None = Field(
        None,
        description="In which role the person accepts it, for example `methodologist`. `check --strict` asks for it.",
    )


class StudyFile(Model):
    """A published study: its sources, its groups of patients, and every figure that it reports."""

    id: Id = Field(description="The same as the name of the folder.")
    title: Text = Field(description="Title of the brief.")
    design: Text | None = Field(None, description="Design of the study, for example `retrospective cohort`.")
    publication: Text | None = Field(None, description="Citation of the study itself, where the source reports on it.")
    bibliography: Text | None = Field(
        None,
        description="References for own words: a BibTeX (.bib) or CSL-JSON (.json) file in the study's own folder.",
    )
    language: str = Field("en", pattern=LANGUAGE, description="Language of the sources (BCP 47).")
    question: Question = Field(Question(), description="Population, intervention, comparison, outcomes.")
    sources: dict[Id, Source] = Field(min_length=1, description="The texts that the claims stand in.")
    groups: dict[Id, Group] = Field(default_factory=dict, description="The groups of patients.")
    scales: dict[Id, Scale] = Field(default_factory=dict, description="The measurement scales.")
    claims: tuple[Claim, ...] = Field(min_length=1, description="Every reported figure, in the order of the text.")
    exclusions: tuple[Exclusion, ...] = Field((), description="Passages whose numerals are no figures of the study.")
    accepted: tuple[Accepted, ...] = Field((), description="Findings that a person has read and signed off.")


def is_id(text: str) -> bool:
    """Whether the text may name a study, claim, group, scale or source."""
    return re.fullmatch(ID, text) is not None and len(text) <= 80
