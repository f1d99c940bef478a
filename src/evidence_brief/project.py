"""The folder of a project, and where things stand in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_brief.errors import InvalidStudy, NotAProject, Problem
from evidence_brief.folders import own_folder

if TYPE_CHECKING:
    from evidence_brief.study.load import Study

INPUTS = ("_quarto.yml", "analysis", "reports")
"""What a brief is made from, besides the study itself."""

SITE_PAGES = ("index.qmd", "reports/methods.qmd", "reports/checks.qmd")
"""Sources of the site's own pages; those that a team has taken away are not made."""

SITE_BLOCKS = "blocks"
"""The folder in `briefs/` of what fills them; no study can have this name."""


@dataclass(frozen=True)
class Project:
    """An evidence-brief project, known by its `_quarto.yml` and its folder `data/`."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """The project that the folder (the current one by default) is in. Raises NotAProject."""
        folder = (start or Path.cwd()).resolve()
        for candidate in (folder, *folder.parents):
            if (candidate / "_quarto.yml").is_file() and (candidate / "data").is_dir():
                return cls(candidate)
        raise NotAProject(
            Problem(
                folder.name,
                "this folder is in no evidence-brief project",
                expected="a folder with _quarto.yml and data/, here or above",
                mend="change into the project's folder first",
            )
        )

    @property
    def data(self) -> Path:
        """Studies, as people write them."""
        return self.root / "data"

    @property
    def briefs(self) -> Path:
        """What the notebooks make of them."""
        return self.root / "briefs"

    @property
    def notebook(self) -> Path:
        """The notebook that recomputes a study."""
        return self.root / "analysis" / "recompute.ipynb"

    @property
    def site_url(self) -> str | None:
        """Where the site is published, as `_quarto.yml` says it, without a slash at the end."""
        url = self._setting("website", "site-url")
        return str(url).rstrip("/") if url else None

    @property
    def published_url(self) -> str | None:
        """Where readers find `published/`: `published-url` in `_quarto.yml`, or the folder of that name in the site."""
        url = self._setting("published-url")
        return str(url).rstrip("/") if url else f"{self.site_url}/published" if self.site_url else None

    @property
    def papersize(self) -> str | None:
        """The paper that `_quarto.yml` asks for, by Typst's name ("a4", "us-letter")."""
        size = self._setting("format", "typst", "papersize")
        return str(size) if size else None

    def _setting(self, *names: str) -> object:
        """A setting of `_quarto.yml` by its place there; None where there is none."""
        from ruamel.yaml import YAML

        found: object = YAML(typ="safe").load(self.root / "_quarto.yml")
        for name in names:
            found = found.get(name) if isinstance(found, dict) else None
        return found

    @property
    def workshop(self) -> Path:
        """Where outputs are made before they are moved into place, and what is known of those made."""
        return self.root / ".brief"

    def site_pages(self) -> list[str]:
        """The sources of the site's own pages that the project has."""
        return [page for page in SITE_PAGES if (self.root / page).is_file()]

    def studies(self) -> list[str]:
        """The names of all studies, sorted."""
        return sorted(path.parent.name for path in self.data.glob("*/study.yml"))

    def select(self, names: list[str] | None) -> list[str]:
        """The named studies, or all of them. Raises InvalidStudy for one that is not there."""
        known = self.studies()
        missing = [name for name in names or [] if name not in known]
        if missing:
            expected = f"one of {', '.join(known)}" if known else "a study in data/"
            mend = "correct the name, or write data/<study>/study.yml as docs/study-file.md shows"
            raise InvalidStudy(
                *(Problem(f"data/{name}", "there is no such study", expected=expected, mend=mend) for name in missing)
            )
        if not known:
            raise InvalidStudy(
                Problem(
                    "data",
                    "holds no study",
                    mend="draft one with `brief new STUDY --from ARTICLE`, or write data/<study>/study.yml as "
                    "docs/study-file.md shows",
                )
            )
        return list(dict.fromkeys(names)) if names else known

    def load(self, name: str) -> Study:
        """Load one study. Raises InvalidStudy, also when there is none of that name."""
        if not (self.data / str(name) / "study.yml").is_file():
            self.select([name])
        if name == SITE_BLOCKS:
            mend = "rename the folder, and `id` in its study.yml"
            raise InvalidStudy(Problem(f"data/{name}", "is the name of a folder that the site needs", mend=mend))
        # Here, so that `brief doctor` runs where a package that studies need is missing.
        from evidence_brief.study.load import load_study

        return load_study(self.data / name)

    def require_inputs(self) -> None:
        """Raise NotAProject when a part that every brief is made from is missing."""
        parts = ("_quarto.yml", "analysis/recompute.ipynb", "reports/brief.qmd", "reports/_extensions/evidence")
        missing = [part for part in parts if not (self.root / part).exists()]
        if missing:
            mend = "restore it from version control, or take it from a new project: `brief init FOLDER` makes one"
            raise NotAProject(*(Problem(part, "is missing from the project", mend=mend) for part in missing))

    @contextmanager
    def job(self, studies: list[str]) -> Iterator[Project]:
        """A copy of the inputs of these studies in a folder of its own, removed afterwards.

        Notebooks and engines write there, so that nothing half-made reaches the project and several runs do
        not disturb each other.
        """
        with own_folder(self.workshop / "jobs", "job-") as root:
            for name in INPUTS:
                source = self.root / name
                if source.is_dir():
                    shutil.copytree(source, root / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", ".*"))
                else:
                    shutil.copy2(source, root / name)
            for page in self.site_pages():
                shutil.copy2(self.root / page, root / page)
            for study in studies:
                shutil.copytree(self.data / study, root / "data" / study)
            yield Project(root)
