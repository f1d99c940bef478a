"""How many texts a second one core reads and checks, and how many statcheck does where R and its sources are at hand.

    python benchmarks/extraction/speed.py FOLDER [--runs 5] [--statcheck FOLDER_OF_ITS_R_FILES]

Both are measured in seconds of the processor, after everything is loaded, on the same texts in memory; the median of
several runs counts (ours: each of other texts). One thread, as in a worker of the survey. statcheck finds test
statistics in APA style alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
from pathlib import Path
from statistics import median
from time import process_time

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from evidence_brief.survey.text import survey_content  # NumPy reads the above when it is loaded

IN_R = """
suppressPackageStartupMessages({{library(stringr); library(stringi); library(rlang)}})
for (file in list.files("{sources}", full.names = TRUE, pattern = "[.]R$")) suppressWarnings(source(file))
files <- list.files("{texts}", full.names = TRUE, pattern = "[.]txt$")
texts <- vapply(files, function(f) paste(readLines(f, warn = FALSE, encoding = "UTF-8"), collapse = "\\n"), "")
for (i in seq_len({runs})) {{
  time <- system.time(found <- suppressWarnings(statcheck(texts, messages = FALSE)))
  cat(time[["user.self"]] + time[["sys.self"]], if (is.null(found)) 0 else nrow(found), "\\n")
}}
"""


def ours(texts: list[tuple[str, bytes, str]]) -> tuple[float, int, int]:
    """Seconds of the processor for all texts, the figures found, and those that could be checked."""
    claims, start = {}, process_time()
    for name, content, sha256 in texts:
        for row in survey_content(content, name, sha256).rows:
            claims[row[8], row[9], row[0], name] = row[12] != "unchecked"
    return process_time() - start, len(claims), sum(claims.values())


def of_statcheck(sources: Path, texts: Path, runs: int) -> list[tuple[float, int]]:
    """Seconds of the processor and hits of each run."""
    script = IN_R.format(sources=sources, texts=texts, runs=runs)
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    return [(float(seconds), int(hits)) for seconds, hits in (line.split() for line in done.stdout.splitlines())]


def main() -> None:
    """Measure, and print the numbers as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--statcheck", type=Path)
    asked = parser.parse_args()
    contents = [(str(path), path.read_bytes()) for path in sorted(asked.folder.glob("*.txt"))]
    texts = [(name, content, hashlib.sha256(content).hexdigest()) for name, content in contents]
    ours(texts[:50])
    runs = [ours(texts[at :: asked.runs]) for at in range(asked.runs)]  # other texts each time: nothing is known yet
    seconds = median(run[0] for run in runs) * asked.runs
    made: dict[str, object] = {
        "texts": len(texts),
        "figures": sum(run[1] for run in runs),
        "checked": sum(run[2] for run in runs),
        "texts_per_second_and_core": round(len(texts) / seconds),
    }
    if asked.statcheck is not None:
        theirs = of_statcheck(asked.statcheck, asked.folder, asked.runs)
        other = median(run[0] for run in theirs)
        made["statcheck"] = {"hits": theirs[0][1], "texts_per_second_and_core": round(len(texts) / other)}
        made["times_as_fast_as_statcheck"] = round(other / seconds, 2)
    print(json.dumps(made, indent=2))


if __name__ == "__main__":
    main()
