PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
# What `make test` does in short, on one database or of one programme.
LONG := $(addsuffix .py,$(addprefix tests/journeys/test_,access acts demo empty_installation \
	every_page internal_comments kept_words kills lists perimeter random_grants random_years same_word turns \
	walked_year)) \
	tests/rooms
PYTEST := $(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder
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
	$(PYTEST) --ignore tests/browser
	$(PYTEST) --database postgresql tests/journeys tests/rooms
	$(PYTEST) tests/browser

soak: setup-test      ## long runs: every page and value of every filter by everybody; whole years
	$(PYTEST) --exhaustive $(LONG)
	$(PYTEST) --exhaustive --database postgresql $(LONG)
	$(PYTEST) --exhaustive tests/browser

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
