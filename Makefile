# `make demo` and `make test` are all a fresh machine needs: Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# A CPU build where the index has one; set TORCH= to keep an installed torch.
TORCH ?= torch==2.13.0

.PHONY: demo test check gate serve bench screenshots clean help
help: ; @grep -E '^[a-z]+:' Makefile | cut -d: -f1

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.12, say"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $(STAMP)

demo: $(STAMP)
	$(BIN)/checker demo

test: $(STAMP)
	$(BIN)/python -m pytest

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gate: $(STAMP)
	$(BIN)/checker eval gate

serve: $(STAMP)
	$(BIN)/checker serve

bench: $(STAMP)
	$(BIN)/checker bench
	$(BIN)/python -m tests.page_bench

screenshots: $(STAMP)
	$(BIN)/python -m tests.screenshots

clean:
	rm -rf $(VENV) build dist *.egg-info
