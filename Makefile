PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
PYTEST := $(BIN)/pytest -q
# Quoted: oxfmt reads the patterns itself, .oxfmtrc.json leaves out what is not ours.
STYLES := 'src/**/*.css' 'src/**/*.js'

.PHONY: run develop setup setup-test test soak check bench docs format messages clean

run: setup            ## set up, prepare the demo world, serve on http://127.0.0.1:PORT
	$(BIN)/zielwerk demo prepare
	$(BIN)/zielwerk serve --port $(PORT)

develop: setup        ## the same, with reload on change and a log of queries
	$(BIN)/zielwerk demo prepare
	$(BIN)/zielwerk serve --reload --port $(PORT)

setup:                ## .venv from wheels alone
	@$(PYTHON) setup/bootstrap.py run

setup-test:
	@$(PYTHON) setup/bootstrap.py run test

test: setup-test      ## everything, on SQLite and on PostgreSQL, and in the browser
	$(PYTEST) -n 2 --dist loadfile --ignore tests/browser
	$(PYTEST) -n 2 --dist loadfile --database postgresql tests/rooms tests/journeys
	$(PYTEST) -n 2 --dist loadfile tests/browser

soak: setup-test      ## long runs: every page and value of every filter by everybody; whole years
	$(PYTEST) -n 2 --exhaustive tests/journeys/test_every_page.py \
		tests/journeys/test_walked_year.py tests/journeys/test_random_years.py \
		tests/journeys/test_access.py tests/journeys/test_kills.py

check: setup-test     ## format, lint, types, import contracts, migrations, generated documents
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/djangofmt --check src tests
	$(BIN)/oxfmt --list-different $(STYLES)
	@mkdir -p var
	$(BIN)/lint-imports --no-logo > var/lint-imports.log 2>&1 || { cat var/lint-imports.log; false; }
	$(BIN)/zielwerk django makemigrations --check --dry-run > /dev/null
	$(BIN)/zielwerk docs --check
	$(BIN)/zielwerk language check
	$(BIN)/mypy

bench:                ## figures for bench/RESULTS.md
	@$(PYTHON) setup/bootstrap.py run test bench
	$(BIN)/python -m bench

docs: setup-test      ## documents that are generated from the code
	$(BIN)/zielwerk docs

messages: setup-test  ## collect sentences to translate
	$(BIN)/zielwerk language collect

format: setup-test    ## Python, templates, styles and scripts as the house writes them
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/djangofmt --quiet src tests
	$(BIN)/oxfmt $(STYLES) > /dev/null

clean:                ## remove the environment and all data
	rm -rf .venv var
