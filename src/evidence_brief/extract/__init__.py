"""From a text to candidate claims: `extract`, pure and without I/O."""

from evidence_brief.extract.candidate import Apart, Candidate


__all__ = ["Apart", "Candidate", "extract"]
