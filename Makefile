# `make intake` and `make test` need Python 3.11 or newer with venv, and nothing else. Every target installs what it
# needs into .venv, in exactly the versions of requirements/, which `make lock` writes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif
INSTALL := -m pip install --quiet --disable-pip-version-check

.PHONY: intake test test-slow lint lock oldest newest bench equality stats pictures html-pictures accessibility screens recording \
	keystrokes pages clean

intake: $(VENV)/.installed
	@$(BIN)/nmtchoose intake

test: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -m "not slow" -n auto --dist worksteal

test-slow: $(VENV)/.installed-slow
	@$(BIN)/python -m pytest -m "slow or hypothesis" --hypothesis-profile=many -n auto --dist worksteal

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/.created:
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements/build.txt requirements/runtime.txt pyproject.toml
	$(BIN)/python $(INSTALL) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(BIN)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-%: requirements/%.txt $(VENV)/.installed
	$(BIN)/python $(INSTALL) --require-hashes -r $<
	@touch $@

# Keeps the versions that still fit pyproject.toml; `make lock UPGRADE=--upgrade` takes the newest.
LOCK := .venv-lock/bin/uv --quiet --system-certs pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
lock: .venv-lock/.created
	$(LOCK) pyproject.toml --extra bench -o requirements/bench.txt
	$(LOCK) pyproject.toml --extra lint -o requirements/lint.txt -c requirements/bench.txt
	$(LOCK) pyproject.toml --extra slow -o requirements/slow.txt -c requirements/bench.txt
	$(LOCK) pyproject.toml --extra test -o requirements/test.txt -c requirements/bench.txt
	$(LOCK) pyproject.toml -o requirements/runtime.txt -c requirements/bench.txt
	$(LOCK) --group build -o requirements/build.txt -c requirements/bench.txt
	$(LOCK) pyproject.toml --extra test -o requirements/oldest.txt --resolution lowest-direct

.venv-lock/.created:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(INSTALL) uv==0.13.9
	@touch $@

# The lowest and the newest versions that pyproject.toml allows, in environments of their own, and the quick tests of
# what calls a library: reading and writing files, stores, the terminal, many clients, commands. The rest is our own,
# and so is what random hands, tables and kills try again and again.
ON_LIBRARIES := -m "not slow" -n auto --dist worksteal tests/loading tests/files tests/records tests/practice \
	tests/formats tests/prompts tests/bulk tests/cli \
	tests/terminal/test_lines.py tests/terminal/test_typing_and_resizing.py tests/terminal/test_whole_interviews.py \
	--ignore-glob '*/test_hands.py' --ignore-glob '*/test_sequences.py' --ignore-glob '*/bulk/test_stopping.py' \
	--ignore-glob '*/test_impact*.py' --ignore-glob '*/test_deciding.py'
oldest: .venv-oldest/.installed
	.venv-oldest/bin/python -m pytest $(ON_LIBRARIES)

.venv-oldest/.installed: requirements/oldest.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv-oldest
	.venv-oldest/bin/python $(INSTALL) --require-hashes -r requirements/oldest.txt
	.venv-oldest/bin/python $(INSTALL) --no-deps --editable .
	@touch $@

# The locked versions are tested by `make test`: where nothing is newer than they are, there is nothing to add.
newest:
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/python $(INSTALL) --editable '.[test]'
	@if .venv-newest/bin/python tools/newer_than_locked.py; then \
	.venv-newest/bin/python -m pytest $(ON_LIBRARIES); else echo "No version is newer than the locked ones."; fi

# One JSON-Logic port stands apart: its module has the same name as the other's.
$(VENV)/.installed-peers: $(VENV)/.installed-bench
	$(BIN)/python $(INSTALL) --no-deps --upgrade --target $(VENV)/peers json-logic-qubit==0.9.1
	@touch $@

bench: $(VENV)/.installed-peers
	$(BIN)/python benchmarks/desk.py
	$(BIN)/python benchmarks/assessment.py
	$(BIN)/python benchmarks/bulk.py
	$(BIN)/python benchmarks/impact.py
	$(BIN)/python benchmarks/spark.py
	$(BIN)/python benchmarks/equality.py
	$(BIN)/python benchmarks/practice.py
	$(BIN)/python benchmarks/table.py

# Takes about an hour on one core.
equality: $(VENV)/.installed-peers
	$(BIN)/python benchmarks/equality.py 1000000

stats: $(VENV)/.installed-test
	@$(BIN)/python tools/stats.py

pictures: $(VENV)/.installed
	$(BIN)/python tools/pictures.py

# The next two need Chromium with its driver, pdftoppm, and what tests/browser/install.sh fetches.
html-pictures: $(VENV)/.installed-slow
	$(BIN)/python tools/html_pictures.py

accessibility: $(VENV)/.installed-slow
	$(BIN)/python tools/accessibility.py

screens: $(VENV)/.installed-test
	$(BIN)/python tools/screens.py

keystrokes: $(VENV)/.installed-test
	@$(BIN)/python tools/keystrokes.py

recording: $(VENV)/.installed-test
	$(BIN)/python tools/recording.py

pages: screens pictures recording
	$(BIN)/nmtchoose docs -o docs/clinical-basis.md

clean:
	rm -rf $(VENV) .venv-lock .venv-oldest .venv-newest dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
