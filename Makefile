# Everything sets itself up: Python 3.11-3.13, make and the package index are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
STAMP := $(VENV)/.installed
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
  --custom-compile-command "make lock" --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help env reports test test-browser test-faults audit fuzz bench lint snapshot docs lab lock clean

help:            ## list the commands
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else f"Python 3.11 to 3.13 is needed, found {v[0]}.{v[1]}; call make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

env: $(STAMP)    ## set up .venv from requirements.lock

reports: env     ## run the notebooks for the five reports and render HTML into reports/
	$(BIN)/workbench report

test: env        ## everything that needs no browser: style, types, unit tests, notebooks
	$(BIN)/ruff check workbench tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not faults" tests
	WORKBENCH_STATIC=1 WORKBENCH_FIGURES=$(VENV)/figures \
	  $(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg notebooks

test-browser: env ## pages in a real Chromium, which has to be installed (Debian: chromium)
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements-browser.lock
	$(BIN)/python -m pytest -m browser tests/browser

test-faults: env ## workers, runs and disks that fail in the middle of the work: some minutes, Linux
	$(BIN)/python -m pytest -m faults tests/faults

audit: env       ## look the locked versions up among known vulnerabilities (needs the network)
	$(BIN)/uv tool run --with pip pip-audit --require-hashes --disable-pip --progress-spinner off -r requirements.lock

fuzz: env        ## let atheris look for inputs that break readers and tables, for a minute
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet "atheris>=2.3"
	$(BIN)/python benchmarks/fuzz.py -max_total_time=60

bench: env       ## measure against jieba, pandas, str.count and papermill; FOLDER=… adds a larger corpus
	$(BIN)/python benchmarks/bench.py $(FOLDER)

lint: env        ## style and types only
	$(BIN)/ruff check workbench tests
	$(BIN)/mypy

lab: env         ## open JupyterLab on the notebooks
	$(BIN)/workbench lab

lock: env        ## resolve the requirements again into requirements.lock
	VIRTUAL_ENV=$(VENV) $(COMPILE) --group dev pyproject.toml -o requirements.lock
	VIRTUAL_ENV=$(VENV) $(COMPILE) --group browser -c requirements.lock -o requirements-browser.lock

snapshot: env    ## run the notebooks and store their outputs (refreshes figures/ too)
	$(BIN)/python -m workbench.run.snapshot

docs: env        ## write docs/tables.md from the declared tables
	$(BIN)/python -m workbench.run.documentation

clean:           ## remove what can be made again
	rm -rf .venv reports .pytest_cache .mypy_cache .ruff_cache .hypothesis
