"""From a text to candidate claims."""

from evidence_brief.extract.candidate import Apart, Candidate

__all__ = ["Apart", "Candidate"]
