# What a newcomer needs is `make run` and `make test`; both set everything up first.
# Programs are called as modules: a script's first line breaks where the folder's path has a space or is long.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup run test check static release-of-tests prove docs starter rivals bench clean lock

help: ## list what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/ready ## set up the virtual environment with pinned, hashed packages

$(VENV)/ready: requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; say which with PYTHON=..." >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## serve http://127.0.0.1:8000 (PORT=..., LMI_RELEASE=dir for a release of your own)
	$(BIN)/python -m lmiforall serve --host $(HOST) --port $(PORT) $(if $(LMI_RELEASE),--release "$(LMI_RELEASE)")

test: setup ## all checks and tests (LMI_SOURCES=dir for those on real files too)
	@tools/system-packages
	$(MAKE) --no-print-directory check

RELEASE_OF_TESTS := $(if $(LMI_SOURCES),LMI_TEST_RELEASE="$(CURDIR)/build/tests")

check: setup ## ruff, mypy, import rules, generated docs, tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync static release-of-tests
	@# Three workers, for many a test waits for a process that it has started.
	$(RELEASE_OF_TESTS) $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

static: setup
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m mypy tools
	$(BIN)/python -c "from importlinter.cli import lint_imports_command as lint; lint()"
	$(BIN)/python -m tools.docs --check

# One full release for all of the tests.
release-of-tests: setup
	rm -rf build/tests*
	$(if $(LMI_SOURCES),$(BIN)/python -m lmiforall build --sources "$(LMI_SOURCES)" --out build/tests)

prove: setup ## the long proofs at full count (needs LMI_SOURCES), and the benchmarks; reports go to docs/proofs
	$(BIN)/python -m tools.prove
	$(BIN)/python -m bench.build --write
	$(BIN)/python -m lmiforall build --sources "$(LMI_SOURCES)" --out build/full
	$(BIN)/python -m bench.answers --release build/full --write
	$(BIN)/python -m bench.endpoints --release build/full --write
	$(BIN)/python -m bench.employment --release build/full --write
	$(BIN)/python -m bench.disclosure --release build/full --write
	$(BIN)/python -m bench.pay_model --release build/full --repeats 3 --write
	$(BIN)/python -m bench.onet_agreement --release build/full --write
	$(BIN)/python -m bench.crosswalks --release build/full --write
	-$(MAKE) --no-print-directory rivals
	$(BIN)/python -m bench.ras --write

docs: setup ## write the generated pages of docs/ anew
	$(BIN)/python -m tools.docs

starter: setup ## build the starter release of the package anew from LMI_SOURCES
	$(BIN)/python -m lmiforall build --starter --sources "$(LMI_SOURCES)" --out src/lmiforall/starter
	rm -rf src/lmiforall/starter.*

rivals: setup ## what bench/ras.py and bench/coder.py compare with besides (needs a C++ compiler)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/rivals.txt

bench: setup ## measure the answers beside their rivals and print the report
	$(BIN)/python -m bench.answers

lock: ## pin the packages anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q --extra server pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q --extra server --extra build --extra adverts --extra dask --extra dev pyproject.toml -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q --extra server --extra adverts pyproject.toml -c requirements/dev.txt -o requirements/adverts.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q --extra server --extra dask pyproject.toml -c requirements/dev.txt -o requirements/dask.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q --all-extras pyproject.toml -c requirements/dev.txt -o requirements/rivals.txt

clean: ## remove what setup and the tools made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
