# Everything a contributor or an administrator runs; `make help` lists it.

SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8501
PYTEST_ARGS ?=
BIN := .venv/bin
STAMP := .venv/.synced
SOURCES := zoning layers screens app.py

# uv takes the interpreter of .venv and never fetches one of its own.
UV := env -u VIRTUAL_ENV UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never $(BIN)/uv

.PHONY: help setup run test soak check bench messages assets demo clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP)  ## build .venv from the lock file, test tools included

$(STAMP): uv.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "No '$(PYTHON)' found. Install Python 3.11 or newer, or say PYTHON=/path/to/python3." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, '$(PYTHON)' is $$($(PYTHON) -V). Say PYTHON=/path/to/a/newer/python3." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' lacks venv. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5"
	$(UV) sync --quiet --frozen --group test --compile-bytecode
	@$(BIN)/python -m compileall -q zoning layers screens
	@touch $(STAMP)

run: setup  ## serve on 127.0.0.1:$(PORT), with the demonstration district if the database is empty
	$(BIN)/zoning serve --port $(PORT)

test: setup  ## the whole suite, with its own PostGIS and a browser where they can be installed
	sh tests/system_packages.sh
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

soak: setup  ## kills, rivals, full disks, odd files and the restore drill in full: hours
	sh tests/system_packages.sh
	nice -n 10 $(BIN)/pytest tests/soak --soak $(PYTEST_ARGS)

check: setup  ## what the continuous integration checks before the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/numpydoc lint $$(find zoning layers -name '*.py' -not -path '*/migrations/*' | sort)
	$(BIN)/python tools/messages.py --check

bench: setup  ## the speed table, ratios taken in one run; with Dask for the nation
	$(UV) sync --quiet --frozen --group test --group bench
	$(BIN)/python -m benchmarks

messages: setup  ## collect the sentences into the catalogues
	$(BIN)/python tools/messages.py

assets: setup  ## copy the pinned Leaflet files and fonts from npm into zoning/assets (needs Node)
	npm ci --ignore-scripts
	$(BIN)/python -m zoning.assets.collect

demo: setup  ## write the fictional demonstration district anew from its seed
	$(BIN)/python -m zoning.demo

clean:  ## remove what was built; the database in var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis node_modules
