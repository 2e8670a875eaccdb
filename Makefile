# make run     a desk with demo data on http://127.0.0.1:8000, mail on port 2525
# make test    the tests, on SQLite and on PostgreSQL
# make help    the rest
#
# Needs Python 3.11 or newer and make. Everything else comes from PyPI and npm, into $(VENV).

TIMES ?= 10
VENV ?= .venv
PORT ?= 8000
SMTP_PORT ?= 2525
DEMO_PASSWORD ?=
PYTEST ?=
ON_POSTGRES := not browser and not slow and not faults and not any_database

BIN := $(abspath $(VENV))/bin
BUILT := answerable/look/static/build/desk.js
WORDS := $(patsubst %.po,%.mo,$(shell find answerable -name '*.po' 2>/dev/null))
SOURCES := $(shell find frontend -type f 2>/dev/null)

export PATH := $(BIN):$(PATH)
export PYTHONDONTWRITEBYTECODE =
export UV_PROJECT_ENVIRONMENT := $(abspath $(VENV))
# Trust whom the machine trusts: a company's own proxy may stand before the registries.
export UV_SYSTEM_CERTS := true
export NODE_USE_SYSTEM_CA := 1

.DELETE_ON_ERROR:
.PHONY: help run test test-browser test-slow check wheel bench faults faults-short corpus assets clean

help:
	@echo "make run [PORT=8000] [SMTP_PORT=2525] [DEMO_PASSWORD=…]   a desk with demo data"
	@echo "make test            the tests on SQLite, then on PostgreSQL"
	@echo "make test-browser    the journeys in a real browser (needs chromium)"
	@echo "make test-slow       the wheel, installed elsewhere, and whatever else takes its time"
	@echo "make check           style, types, storeys, budget, audit: the definition of green"
	@echo "make wheel           dist/answerable-….whl, with everything in it"
	@echo "make bench           figures, as JSON lines"
	@echo "make faults          kill -9, disk full, database away: the bad days in full"
	@echo "make corpus          reading scored on the corpus of real mails (CORPUS=folder)"

run: $(VENV)/.run $(BUILT) $(WORDS)
	@bin/run-demo $(PORT) $(SMTP_PORT) $(DEMO_PASSWORD)

test: $(VENV)/.dev $(BUILT) $(WORDS)
	@# Both, whatever the first says.
	pytest -n 2 --database=sqlite $(PYTEST); sqlite=$$?; \
	pytest -n 2 --database=postgres -m "$(ON_POSTGRES)" $(PYTEST) && exit $$sqlite

test-browser: $(VENV)/.dev $(BUILT) $(WORDS)
	pytest -m browser -n 0 $(PYTEST)

test-slow: $(VENV)/.dev $(BUILT) $(WORDS)
	pytest -m 'slow and not faults' -n 0 $(PYTEST)

check: $(VENV)/.dev $(BUILT) $(WORDS)
	bin/check

wheel: $(VENV)/.dev $(BUILT) $(WORDS)
	rm -rf dist
	uv build --wheel --out-dir dist

bench: $(VENV)/.dev $(BUILT) $(WORDS)
	python -m bench

faults: $(VENV)/.dev $(BUILT) $(WORDS)
	FAULTS_TIMES=$(TIMES) pytest -m faults -n 0 tests/faults $(PYTEST)
	FAULTS_TIMES=$(TIMES) pytest -m faults -n 0 --database=postgres tests/faults/test_at_once.py $(PYTEST)

faults-short: $(VENV)/.dev $(BUILT) $(WORDS)
	pytest -m 'faults and not slow' -n 0 tests/faults $(PYTEST)

corpus: $(VENV)/.dev
	python -m bench.corpus $(if $(CORPUS),--corpus $(CORPUS))

assets: $(BUILT) $(WORDS)

clean:
	rm -rf $(VENV) node_modules answerable/look/static/build dist .mypy_cache .ruff_cache .pytest_cache
	find answerable -name '*.mo' -delete

# The virtual environment: first what runs and builds, then what tests.

$(VENV)/.made:
	bin/make-venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml uv.lock
	bin/install build
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	bin/install dev
	@touch $@

# The front end, with the Node that came from PyPI.

node_modules/.made: package.json package-lock.json | $(VENV)/.run
	npm ci --no-audit --no-fund
	@touch $@

$(BUILT): node_modules/.made $(SOURCES)
	npm run build
	@touch $@

%.mo: %.po | $(VENV)/.run
	pybabel -q compile --use-fuzzy --input-file $< --output-file $@
