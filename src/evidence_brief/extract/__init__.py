"""From a text to candidate claims: `extract`, pure and without I/O."""

from evidence_brief.extract.candidate import Apart, Candidate
from evidence_brief.extract.extract import extract, extract_and_apart

__all__ = ["Apart", "Candidate", "extract", "extract_and_apart"]
