# `make help` says what there is. Nothing needs to be set up before: each target does that itself.
#
#   PY=python3.13     another Python than the first one found that is new enough
#   PORT=8001         another port for `make demo`
#   NEWEST=1          lets `make lock` move to the newest versions

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
APT := DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends
PYTHONS := $(if $(PY),"$(PY)",python3 python3.14 python3.13 python3.12 python3.11 python)
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# An environment is made anew when its Python is gone or the folder has been moved.
SOUND := $(shell $(BIN)/python -c "" 2>/dev/null && [ "$$(cat .venv/.made 2>/dev/null)" = "$$(pwd)" ] && echo yes)

.NOTPARALLEL:
.PHONY: help demo test full quick check scan holes screens bench simulate lock clean anew

help:
	@echo "make demo                     a team with a year behind it, in your browser; Ctrl-C ends it"
	@echo "make test                     all checks and all tests (about an hour)"
	@echo "make full                     the same at full length, for a release (hours)"
	@echo "make quick                    all checks and the short tests, without a browser"
	@echo "make check                    formatting, lint, types, imports, lock"
	@echo "make scan                     an outside scanner against a demo, as nobody, member and owner (15 minutes)"
	@echo "make holes                    are holes known of what is installed? Asks the package index"
	@echo "make screens                  a picture of every page, into the folder screens"
	@echo "make bench                    how fast it is"
	@echo "make simulate                 does the guarantee hold: tables into docs/explanation"
	@echo "make lock                     resolve pyproject.toml into requirements/ (NEWEST=1: newest versions)"
	@echo "make clean                    remove what make made; your demo folder stays"

demo: .venv/.app
	@exec $(BIN)/remit demo --port $(or $(PORT),8000)

test: check .venv/.browser
	$(BIN)/python tests/whole.py

full: check .venv/.browser
	$(BIN)/python tests/whole.py full

quick: check
	$(BIN)/python tests/whole.py quick

check: .venv/.test
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports
	@echo "$(BIN)/bandit --recursive src"
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive src 2>.venv/.bandit || { cat .venv/.bandit; exit 1; }
	$(BIN)/python -m pytest --quiet tests/architecture/test_requirements.py

scan: .venv/scan/.made .venv/.test
	$(BIN)/python tests/safety/scanning.py $(or $(SECONDS),300)

# Its own environment: what it needs has nothing to do with what Remit needs, and isn't installed with it.
.venv/scan/.made: requirements/scan.txt
	@$(BIN)/python -m venv --clear .venv/scan
	@.venv/scan/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

holes: .venv/scan/.made
	@.venv/scan/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off -r requirements/app.txt || \
	  { echo "Either a hole is named above, or it couldn't be checked: that needs the package index."; exit 1; }

screens: .venv/.browser
	$(BIN)/python -m tests.app.journeys.screens screens

bench: .venv/.bench-built .venv/.test
	$(BIN)/python bench/run.py
	$(BIN)/python -m bench.authority.run
	$(BIN)/python -m bench.desk.run
	$(BIN)/python -m bench.desk.keeping
	$(BIN)/python -m bench.what_if.run
	$(BIN)/python -m bench.editing.run
	$(BIN)/python -m bench.planning.run
	$(BIN)/python -m bench.structure.run

simulate: .venv/.app
	$(BIN)/python bench/simulate.py

LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(if $(NEWEST),--upgrade)
lock: .venv/.lock
	$(LOCK) --group build pyproject.toml --output-file requirements/app.txt
	$(LOCK) --group build --group test pyproject.toml --constraint requirements/app.txt \
		--output-file requirements/test.txt
	$(LOCK) --group build --extra planning --extra postgres pyproject.toml --constraint requirements/test.txt \
		--output-file requirements/server.txt
	$(LOCK) --group bench --constraint requirements/test.txt --output-file requirements/bench.txt
	$(LOCK) --group bench-built --constraint requirements/test.txt --output-file requirements/bench-built.txt
	$(LOCK) --group lock --output-file requirements/lock.txt
	$(LOCK) --group scan --output-file requirements/scan.txt
	echo pip | $(LOCK) - --output-file requirements/pip.txt

clean:
	rm -rf .venv build dist screens .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- set-up; a stamp says what is there already

.venv/.app: requirements/app.txt pyproject.toml .venv/.made
	@echo "Installing requirements/app.txt and Remit into .venv"
	@$(PIP) --require-hashes -r requirements/app.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test .venv/.bench .venv/.lock: .venv/.%: requirements/%.txt .venv/.app
	@echo "Installing requirements/$*.txt into .venv"
	@$(PIP) --require-hashes -r requirements/$*.txt
	@touch $@

# The one rival that has to be compiled: without a compiler the bench leaves it out, and says so.
.venv/.bench-built: requirements/bench-built.txt .venv/.bench
	@$(PIP) --require-hashes -r requirements/bench-built.txt 2>/dev/null || \
	  echo "durable-rules can't be built here (it needs a C compiler): the bench leaves it out."
	@touch $@

# Debian keeps two parts of Python in packages of their own, python3-venv and python3-pip; either one will do.
.venv/.made: $(if $(SOUND),,anew)
	@py=; for each in $(PYTHONS); do \
	  command -v "$$each" >/dev/null && "$$each" -c "$(ENOUGH)" 2>/dev/null && { py=$$each; break; }; \
	done; \
	if [ -z "$$py" ]; then \
	  echo "Remit needs Python 3.11 or newer, and found none: install it, or name it: make PY=/path/to/python3" >&2; \
	  exit 1; \
	fi; \
	venv=$$("$$py" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	if "$$py" -c "import venv, ensurepip" 2>/dev/null; then \
	  "$$py" -m venv --clear .venv; \
	elif "$$py" -m pip --python "$$(command -v "$$py")" --version >/dev/null 2>&1 && "$$py" -c "import venv" 2>/dev/null; then \
	  "$$py" -m venv --clear --without-pip .venv && \
	  "$$py" -m pip --python .venv/bin/python install --quiet --require-hashes -r requirements/pip.txt; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing $$venv" && $(APT) update && \
	  $(APT) install "$$venv" >/dev/null; then \
	  "$$py" -m venv --clear .venv; \
	else \
	  echo "This Python can't make an environment of its own: its venv module is missing." >&2; \
	  echo "On Debian and Ubuntu: sudo apt install python3-venv (or $$venv), then the same make again." >&2; \
	  exit 1; \
	fi && pwd > $@

# Without a browser the tests that need one are skipped, and say so. Playwright's own parts need libatomic.
.venv/.browser: .venv/.test
	@if { command -v chromium || command -v google-chrome; } >/dev/null && \
	  $(BIN)/playwright --version >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing a browser for the tests"; \
	  $(APT) update && $(APT) install chromium libatomic1 >/dev/null; \
	else \
	  echo "Looking for a browser for the tests"; \
	  $(BIN)/playwright install chromium >/dev/null 2>&1; \
	fi || { \
	  echo "No browser could be installed: tests that need one are skipped."; \
	  echo "To have them on Debian and Ubuntu: sudo apt install chromium libatomic1"; \
	}
	@touch $@
