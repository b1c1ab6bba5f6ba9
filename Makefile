# Two commands matter: `make show` performs, `make test` proves. Both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
ARGS ?=

.PHONY: help show test quick check format regold bench bench-phones evening gallery eval-eye fit-eye clean

help: ## list these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

show: $(VENV)/.show ## perform the shipped show; ARGS="--headless --port 9000 ..."
	$(BIN)/python run_show.py $(ARGS)

test: $(VENV)/.dev check ## every check and every test
	$(BIN)/python -m pytest $(ARGS)

quick: $(VENV)/.dev ## the tests not marked slow: no browser, port, crowd, eye clip or long play
	$(BIN)/python -m pytest -m "not slow" $(ARGS)

check: $(VENV)/.dev ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## put every file in house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

regold: $(VENV)/.dev ## write the golden frames anew, after looking at them
	$(BIN)/python -m pytest tests/test_golden.py --regold

bench: $(VENV)/.dev ## frame times per scene and phase
	$(BIN)/python -m benchmarks.scenes $(ARGS)

evening: $(VENV)/.dev ## the whole evening without a clock: cues, flashes, memory, hash
	$(BIN)/python -m benchmarks.evening $(ARGS)

bench-phones: $(VENV)/.dev ## what a full house costs the gateway, beside other servers (Linux; ten minutes)
	$(BIN)/python -m benchmarks.phones $(ARGS)

gallery: $(VENV)/.dev ## five moments of each scene at 1920x1080, and a contact sheet, in out/gallery
	$(BIN)/python -m benchmarks.gallery $(ARGS)

eval-eye: $(VENV)/.dev ## precision, recall, false alarms and latency of the gestures
	$(BIN)/python -m benchmarks.eye $(ARGS)

fit-eye: $(VENV)/.dev ## fit the rules of the eye anew (catboost; some hours); ARGS="--clips FOLDER" for clips of your own too
	$(BIN)/python -m benchmarks.eye_rules $(ARGS)

clean: ## forget the virtual environment and everything made
	rm -rf $(VENV) out build *.egg-info tests/failed

$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Xitai needs Python 3.11 or newer; set PYTHON=python3.12 or so")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.show: $(VENV)/.made pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	$(BIN)/python -m engine.stage.fonts || $(BIN)/pip install --quiet --disable-pip-version-check -e '.[font]'
	@$(BIN)/python -c 'import rtmidi' 2>/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check -e '.[midi]' \
		|| echo 'MIDI stays off: python-rtmidi has no wheel for this Python and could not be built; Python 3.12 has one'
	touch $@

$(VENV)/.dev: $(VENV)/.made pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,broker]'
	touch $@
