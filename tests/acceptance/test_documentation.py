"""What the documentation shows is what the product does."""

from __future__ import annotations

import re
from pathlib import Path

from evidence_brief.cli import EPILOG
from evidence_brief.errors import UserError
from evidence_brief.ledger import make_ledger
from evidence_brief.study.load import load_study
from evidence_brief.study.model import Claim, StudyFile

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "study-file.md").read_text(encoding="utf-8")


def example() -> tuple[str, str]:
    text = re.search(r"```text\n(.*?)```", GUIDE, re.S)
    blocks = [block for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.S) if block.startswith("id:")]
    assert text is not None
    return text[1], blocks[0]


def test_the_example_of_the_guide_loads_and_is_checked(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "example-2020"
    folder.mkdir(parents=True)
    text, study = example()
    (folder / "report.txt").write_text(text, encoding="utf-8")
    (folder / "study.yml").write_text(study, encoding="utf-8")
    ledger = make_ledger(load_study(folder))
    verdicts = {row.id: row.verdict for row in ledger.rows}
    assert verdicts["response.p"] == "reproduced"
    assert verdicts["pain.drug"] == "possible"
    assert "contradicted" not in verdicts.values()
    assert ledger.findings == ()


def test_the_guide_names_every_key_of_the_study_and_of_a_claim() -> None:
    for name in (*StudyFile.model_fields, *Claim.model_fields):
        assert f"`{name}`" in GUIDE, name


def test_help_and_readme_list_every_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("Exit codes: ")[2].partition("\n\n")[0]
    for kind in UserError.__subclasses__():
        for text in (EPILOG, " ".join(readme.split())):
            assert re.search(rf"[ ,;] {kind.exit_code} [a-z]", text), kind
