"""What figures are about, and how they belong together, from the sentences around them."""

from evidence_brief.extract.context.reading import in_context

__all__ = ["in_context"]
