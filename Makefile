# Everything runs in .venv, made from the lock the first time that it is needed.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml --extra dev -o requirements.lock

.PHONY: setup demo test test-fast lint check bench torture lock clean help

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## Set up, and nothing else

demo: $(READY) ## Set up, load two years of sample exports, publish two packs
	@$(BIN)/csp demo

test: $(READY) ## Set up and run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-fast: $(READY) ## Run the tests that start no server and no browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow"

lint: $(READY) ## Run ruff and mypy, and report all that either finds
	@status=0; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/mypy || status=1; \
	exit $$status

check: $(READY) ## Run lint and all tests with their coverage, and report every failure
	@status=0; \
	$(MAKE) --no-print-directory lint || status=1; \
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term --cov-fail-under=95 \
		|| status=1; \
	exit $$status

bench: $(READY) ## Time check and load of a million rows beside two other ways
	@$(BIN)/python -m tests.benchmarks.street_load $(BENCH)

torture: $(READY) ## Harm files, kill, crowd and cut off loads, thousands of times, and say what came of it
	@$(BIN)/python -m tests.faults

lock: ## Write requirements.lock anew from pyproject.toml (needs uv)
	@$(LOCK)

clean: ## Remove the environment
	@rm -rf .venv

# pip compiles the packages, which a machine that is told to write no bytecode would do at every start.
$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv (once; a minute or two) ..."
	@rm -rf .venv
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info[:2] <= (3, 13) else "csp needs Python 3.11 to 3.13: make PYTHON=python3.11 ...")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q schemas sources warehouse reports flows
	@touch $(READY)
