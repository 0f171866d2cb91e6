# Two words do everything from a bare checkout: `make run` and `make test`.
# Wanted: Python 3.11 or newer with venv, and make. npm, if there, provides the viewer script for offline use.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
MIRROR := build/mirror
SHARED := $(abspath ../shared/mirror)

# Structure files are looked for in these folders before any server is asked.
export AXLSTRUCT_MIRROR := $(if $(AXLSTRUCT_MIRROR),$(AXLSTRUCT_MIRROR):)$(abspath $(MIRROR))$(if $(wildcard $(SHARED)),:$(SHARED))

.PHONY: run test suite check lint format bench faults notebooks lab debian clean
.DEFAULT_GOAL := run

run: $(VENV)/.run $(MIRROR)/.viewer ## do the main job into results/
	$(BIN)/axlstruct run -o results

test: lint suite ## set up all that tests need and run every check

suite: $(VENV)/.test $(MIRROR)/.viewer debian ## every test, on both cores; tests of one file stay together, for they share what is slow to make
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint ## lint, types, contracts and the fast tests: what to run before a commit
	$(BIN)/python -m pytest -n 2 -q -m "not slow" --ignore=tests/end_to_end --ignore=tests/figures --ignore=tests/viewers

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test ## measure beside peers in the same run
	$(BIN)/python -m pytest benchmarks --benchmark-enable --benchmark-only --benchmark-columns=min,median,rounds --benchmark-sort=name

faults: $(VENV)/.test ## odd servers, kills and many processes, as often as it takes to trust them; writes docs/reliability.md
	$(BIN)/python tests/faults/whole.py 5 100 64

notebooks: $(VENV)/.lab ## make notebooks/*.ipynb from their text form
	$(BIN)/jupytext --to ipynb notebooks/*.py

lab: notebooks ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $(VENV)/.run $@

$(VENV)/.lab: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[lab]'
	touch $(VENV)/.run $@

# The viewer script of the version that py3Dmol loads, for pages that work offline; without npm it comes from its public address.
$(MIRROR)/.viewer: $(VENV)/.run
	@mkdir -p $(MIRROR)
	@if command -v npm >/dev/null 2>&1; then sh .ci/viewer-script $(BIN)/python $(MIRROR); else echo "npm is missing: the viewer script will be fetched when needed"; fi
	@touch $@

# Debian packages that picture and browser tests need; only if missing, and only where apt may be used.
debian:
	@sh .ci/debian-packages

clean:
	rm -rf $(VENV) build results .pytest_cache .mypy_cache .ruff_cache .hypothesis
