"""`python -m evidence_brief` is the command `brief`."""

from evidence_brief.cli import main

main()
