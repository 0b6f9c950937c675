# `make intake` and `make test` need Python 3.11 or newer with venv, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif

.PHONY: intake test test-slow lint bench equality stats pictures html-pictures accessibility screens keystrokes pages clean

intake: $(VENV)/.installed
	@$(BIN)/nmtchoose intake

test: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -m "not slow" -n auto --dist worksteal

test-slow: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -m slow

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/.created:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.installed-lint: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint]'
	@touch $@

# One JSON-Logic port stands apart: its module has the same name as the other's.
$(VENV)/.installed-bench: $(VENV)/.installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/peers json-logic-qubit
	@touch $@

bench: $(VENV)/.installed-bench
	$(BIN)/python benchmarks/desk.py
	$(BIN)/python benchmarks/assessment.py
	$(BIN)/python benchmarks/bulk.py
	$(BIN)/python benchmarks/impact.py
	$(BIN)/python benchmarks/spark.py
	$(BIN)/python benchmarks/equality.py
	$(BIN)/python benchmarks/table.py

# Takes about an hour on one core.
equality: $(VENV)/.installed-bench
	$(BIN)/python benchmarks/equality.py 1000000

stats: $(VENV)/.installed-test
	@$(BIN)/python tools/stats.py

pictures: $(VENV)/.installed
	$(BIN)/python tools/pictures.py

# The next two need Chromium with its driver, pdftoppm, and what tests/browser/install.sh fetches.
html-pictures: $(VENV)/.installed-test
	$(BIN)/python tools/html_pictures.py

accessibility: $(VENV)/.installed-test
	$(BIN)/python tools/accessibility.py

screens: $(VENV)/.installed-test
	$(BIN)/python tools/screens.py

keystrokes: $(VENV)/.installed-test
	@$(BIN)/python tools/keystrokes.py

pages: screens pictures
	$(BIN)/nmtchoose docs -o docs/clinical-basis.md

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
