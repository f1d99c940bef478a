"""The study file of one review: read, edited, undone, judged. It writes this one file and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from evidence_brief.blocks.text import minus
from evidence_brief.draft.edit import StudyText
from evidence_brief.errors import Problem, UserError
from evidence_brief.folders import write_whole
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.review.actions import Refused, carry_out
from evidence_brief.review.form import form
from evidence_brief.review.quotes import kind_of, quotes_in
from evidence_brief.review.view import Data, View, article_of, confirmed, state_of, view_of
from evidence_brief.review.wish import Accept, Passage, Step
from evidence_brief.study.spellings import LONGEST
from evidence_brief.verdicts import SEVERITIES


class ChangedOnDisk(Exception):
    """The file is not the one that the page shows: somebody else has written it."""


class NotTaken(Exception):
    """A step that was not taken; nothing was written."""

    def __init__(self, words: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(words)
        self.problems = problems


@dataclass(frozen=True)
class _Done:
    before: bytes
    after: bytes
    said: str


class Desk:
    """One study under review. One thread takes the steps, another one may ask for the verdicts meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "study.yml"
        self._done: list[_Done] = []
        self._undone: list[_Done] = []
        self._views: dict[bytes, View] = {}  # of the newest contents: a large file takes a second to read
        self._texts: dict[bytes, StudyText] = {}
        self._reading = Lock()

    def version(self) -> str:
        """The sum of the file as it is on the disk."""
        return _sum(self.path.read_bytes())

    def open(self) -> Data:
        """Everything that the page shows at first, but the verdicts."""
        content = self.path.read_bytes()
        view = self._view(content)
        title = view.document.data.get("title") if view.document else None
        language = view.document.data.get("language", "en") if view.document else "en"
        about = {"study": self.folder.name, "title": title or self.folder.name, "language": language}
        return {**about, "sources": article_of(view), "form": form(), **self._state(content)}

    def take(self, step: Step) -> Data:
        """Fulfil a wish and write the file. Raises ChangedOnDisk or NotTaken."""
        content = self._current(step.version)
        view = self._view(content)
        if view.document is None:
            raise NotTaken("the study file is no valid YAML: mend it in an editor first", view.problems)
        text = self._texts.pop(content, None) or StudyText(content.decode(), view.document.name)
        try:
            said = carry_out(step.wish, view, text)
        except Refused as error:
            raise NotTaken(str(error)) from error
        except KeyError as error:  # a part of the file that is there in every valid one
            raise NotTaken(f"the study file lacks {error}: mend its errors first", view.problems) from error
        new = text.text().encode()
        if isinstance(step.wish, Accept):
            with self._reading:
                self._views[new] = confirmed(view, step.wish.claims)
        elif not step.anyway:
            _require_no_new_problem(view, self._view(new))
        if new != content:
            write_whole(self.path, new)
            self._done.append(_Done(content, new, said))
            self._undone.clear()
        self._texts = {new: text}
        return {"said": said, **self._state(new)}

    def undo(self, version: str) -> Data:
        """Write what stood there before the last step."""
        content = self._current(version)
        if not self._done or self._done[-1].after != content:
            raise NotTaken("there is nothing to undo")
        last = self._done[-1]
        write_whole(self.path, last.before)
        self._undone.append(self._done.pop())
        return {"said": f"undone: {last.said}", **self._state(last.before)}

    def redo(self, version: str) -> Data:
        """Take the step again that was undone last."""
        content = self._current(version)
        if not self._undone or self._undone[-1].before != content:
            raise NotTaken("there is nothing to do again")
        last = self._undone[-1]
        write_whole(self.path, last.after)
        self._done.append(self._undone.pop())
        return {"said": f"done again: {last.said}", **self._state(last.after)}

    def verdicts(self) -> Data:
        """The ledger of the file as it is, or the problems that stand in its way."""
        content = self.path.read_bytes()
        study = self._view(content).study
        found: Data = {"version": _sum(content), "claims": {}, "findings": [], "failed": None}
        if study is None:
            return found
        try:
            ledger = make_ledger(study)
        except UserError as error:
            return {**found, "failed": str(error)}
        return {**found, **_told(ledger)}

    def suggest(self, passage: Passage) -> Data:
        """The fields of a claim whose value is the passage. Raises NotTaken."""
        view = self._view(self.path.read_bytes())
        text = view.texts.get(passage.source, "")
        words = text[passage.start : passage.end]
        start = passage.start + len(words) - len(words.lstrip())
        value = " ".join(words.split())
        quote = quotes_in(text).of(start, start + len(words.strip())) if value else None
        if quote is None or passage.end > len(text) or len(value) > LONGEST:
            raise NotTaken("select a whole printed figure and nothing else, for example 91.7% or 7.46±6.26")
        source = passage.source if len(view.sources) > 1 else None
        kind = kind_of(value, view.sources[passage.source].decimal_mark)
        found = {"source": source, "quote": quote.words, "occurrence": quote.occurrence, "value": value, "type": kind}
        return {"id": _new_id(view), **{name: entry for name, entry in found.items() if entry is not None}}

    def _view(self, content: bytes) -> View:
        """What the content says; the views of the last few contents are kept."""
        with self._reading:
            view = self._views.pop(content, None) or view_of(content, self.folder)
            self._views = dict([*list(self._views.items())[-3:], (content, view)])
            return view

    def _state(self, content: bytes) -> Data:
        undo = self._done[-1].said if self._done and self._done[-1].after == content else None
        redo = self._undone[-1].said if self._undone and self._undone[-1].before == content else None
        return {"version": _sum(content), "undo": undo, "redo": redo, **state_of(self._view(content))}

    def _current(self, version: str) -> bytes:
        content = self.path.read_bytes()
        if _sum(content) != version:
            raise ChangedOnDisk
        return content


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _require_no_new_problem(before: View, after: View) -> None:
    known = {(problem.claim, problem.message, problem.found) for problem in before.problems}
    new = tuple(p for p in after.problems if (p.claim, p.message, p.found) not in known)
    if new:
        raise NotTaken("the study file would not be valid", new)


def _new_id(view: View) -> str:
    names = {claim["id"] for claim in view.claims}
    return next(name for number in range(1, len(names) + 2) if (name := f"figure.{number}") not in names)


def _told(ledger: Ledger) -> Data:
    claims = {
        row.id: {
            "label": row.label,
            "verdict": row.verdict,
            "method": row.method,
            "why": minus(row.why),
            "condition": minus(row.condition or ""),
            "recomputed": minus(row.recomputed or ""),
        }
        for row in ledger.rows
    }
    findings = [
        {
            "code": item.finding.code,
            "severity": item.finding.severity,
            "word": SEVERITIES[item.finding.severity],
            "claims": list(item.finding.claims),
            "sentence": minus(item.finding.sentence),
            "explanations": item.finding.explanations,
        }
        for item in ledger.findings
    ]
    return {"claims": claims, "findings": findings}
