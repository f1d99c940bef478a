# The one place that says how the project is built; CI calls the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SOURCES := src tests benchmarks

.PHONY: brief test check bench format lock clean

brief: $(READY)                 ## HTML, PDF, executed notebook and ledger of every study in data/
	@$(BIN)/brief render

test: $(READY)                  ## every test, on all cores; those that need Quarto skip where it is absent
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(READY)                 ## format, lint, types
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy

bench: $(READY)                 ## time against plain papermill, nbconvert and Quarto, in the same run
	@$(BIN)/python benchmarks/one_study.py
	@$(BIN)/python benchmarks/tests_of_tables.py
	@$(BIN)/python benchmarks/seed_ledger.py
	@$(BIN)/python benchmarks/granularity.py
	@$(BIN)/python benchmarks/reconstruction.py

format: $(READY)
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/ruff check --fix $(SOURCES)

lock: $(READY)                  ## compile requirements.lock anew (hashes, no addresses)
	@$(BIN)/uv pip compile pyproject.toml --group dev --group build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	  --upgrade --quiet --output-file requirements.lock

$(READY): requirements.lock pyproject.toml environment.sh
	@sh environment.sh $(PYTHON) $(VENV)
	@touch $@

clean:
	rm -rf $(VENV) .brief briefs _site
