"""A process that surveys one file after the other: it may die or hang of a file, and another one takes its place.

It reads requests from standard input: a line of JSON (`name`, `sha256`, `size`) and then the bytes of the file. It
answers each with a line of JSON on standard output.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import BinaryIO

MEMORY = 4 * 1024**3
"""Bytes of addresses that one process may use: a file that needs more fails alone, and takes no other with it."""


def main() -> None:
    """Answer until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    _limit_memory()
    from evidence_brief.environment import code_sum
    from evidence_brief.survey.text import survey_content  # warms all that the checks import

    _say(answers, code_sum())
    requests = sys.stdin.buffer
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["size"])
        try:
            surveyed = vars(survey_content(content, request["name"], request["sha256"]))
        except (MemoryError, RecursionError) as error:
            what = "more memory" if isinstance(error, MemoryError) else "a deeper nesting"
            surveyed = {"status": "failed", "error": f"needs {what} than one file may have", "rows": ()}
        _say(answers, surveyed)


def _limit_memory() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _say(answers: BinaryIO, answer: object) -> None:
    # Half a surrogate, which no table can hold, becomes a question mark here.
    answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
