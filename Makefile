# make studio   install what is needed (once) and start the page
# make test     install what the tests need and run them all

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
# Python compiles what it imports when it first does; pip would compile everything now, as long again as it installs.
PIP    := $(PY) -m pip --disable-pip-version-check install --quiet --no-compile

.PHONY: help studio setup test long check endure faults crowd bench gpu docs language screenshots clean
.DEFAULT_GOAL := help

help:
	@echo "make studio       start the page in your browser (installs on the first run)"
	@echo "make setup        install only"
	@echo "make test         install what the tests need and run the whole suite"
	@echo "make long         what the suite tests on a few, on all: every family, every engine, every prompt"
	@echo "make check        lint and types only"
	@echo "make endure       kill worker and studio 100 times over a mixed queue of 30 and look whether anything was lost"
	@echo "make faults       let the disk refuse every write of a take in turn and look whether anything was lost (Linux)"
	@echo "make crowd        let fifty people type, bring stills and make takes at once, then try to get at each other's"
	@echo "make language     train the language model again; TREEBANK=folder of UD_English-EWT"
	@echo "make bench        print speed and accuracy on this machine"
	@echo "make gpu          measure open models at their real size on this GPU (random weights); skips where there is none"
	@echo "make docs         write docs/rules.md again, from the rules"
	@echo "make screenshots  take the pictures of the page again"
	@echo "make clean        remove the installed environment"

studio: setup
	@$(PY) app.py

setup: $(VENV)/.runs

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is $$($(PYTHON) --version 2>&1). Motion First needs Python 3.11 or newer: make PYTHON=python3.12 studio" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Could not make $(VENV). On Debian and Ubuntu: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }

$(VENV)/.runs: requirements.txt | $(PY)
	@echo "Installing Motion First into $(VENV) (a few minutes, once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.tests: requirements-dev.txt $(VENV)/.runs
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

# The page is tested in a real browser: the system's own where it can be installed, Playwright's elsewhere. Chromium
# without windows opens a page for a fifth of the processor's time; where it is not to be had, any Chromium will do.
$(VENV)/.browser: $(VENV)/.tests
	@if command -v chromium-headless-shell >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq >/dev/null 2>&1 && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null 2>&1; then :; \
	elif command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else $(PY) -m playwright install chromium; fi
	@touch $@

check: $(VENV)/.tests
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

# One thread each: two processes with two threads each mostly wait for one another, and take twice as long.
test: $(VENV)/.tests $(VENV)/.browser check
	@OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadfile

long: $(VENV)/.tests
	@OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist loadfile -m long

endure: $(VENV)/.tests
	@$(PY) -m tests.endure

faults: $(VENV)/.tests
	@$(PY) -m tests.faults

crowd: $(VENV)/.tests
	@OMP_NUM_THREADS=1 $(PY) -m tests.crowd

language: $(VENV)/.tests
	@OMP_NUM_THREADS=1 $(PY) -m studio.coach.training "$(TREEBANK)"

bench: setup
	@$(PY) -m benchmarks

gpu: $(VENV)/.tests
	@$(PY) -m benchmarks.gpu

docs: setup
	@$(PY) -m studio rules --markdown > docs/rules.md.part && mv docs/rules.md.part docs/rules.md

screenshots: $(VENV)/.browser
	@$(PY) -m tests.screenshots

clean:
	rm -rf $(VENV)
