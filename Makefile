# Two commands do everything: `make run` serves the demo, `make test` runs every test. Both set up what they need.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
export PYTHAINLP_OFFLINE := 1
export PYTHAINLP_READ_ONLY := 1

.DEFAULT_GOAL := help
.PHONY: help run test lint bench setup machine clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup  ## serve phone, webhook and a seeded lab on http://127.0.0.1:8000 (PORT to change it)
	$(BIN)/python -m bot run

test: setup machine  ## install what tests need, then run every test
	$(BIN)/python -m pytest -n auto $(ARGS)

lint: setup  ## ruff, mypy and the guard tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/guards

bench: setup machine  ## measure speed and memory; prints ratios taken in one run
	$(BIN)/python -m tests.bench

setup: $(VENV)/.ready  ## make the virtual environment

# Debian and Ubuntu ship Python without its venv module; where it is missing it is installed, as root or with sudo.
# Not compiled ahead: that is half of the installing, and Python compiles by itself the few modules that are used.
$(VENV)/.ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing Python's venv module"; $(call apt,python3-venv); }
	@echo "Setting up $(VENV) from requirements.txt (about a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r requirements.txt
	@touch $@

# What the tests need beside Python: a browser, Redis, a Thai font. Only what is missing is installed.
machine:
	@missing=""; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$$missing chromium"; \
	command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	fc-list :lang=th 2>/dev/null | grep -q . || missing="$$missing fontconfig fonts-thai-tlwg fonts-noto-core"; \
	if [ -n "$$missing" ]; then echo "Installing for the tests:$$missing"; $(call apt,$$missing); fi

clean:  ## remove the virtual environment and the demo's data
	rm -rf $(VENV) var

apt = { sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >/dev/null; }
