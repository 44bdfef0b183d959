# Everything runs inside .venv, which these targets make. Needs Linux, Python 3.11+ with venv, and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: test run bench fuzz soak lock clean

.venv/ready: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@browser=$$(tests/browser/find-browser); CCHC_TEST_BROWSER=$$browser $(BIN)/pytest -n 2 --dist loadgroup; \
	status=$$?; [ $$status -eq 0 ] || exit $$status; \
	[ -n "$$browser" ] || { echo 'No browser was found or could be installed: the browser tests did not run.' >&2; exit 1; }

run: .venv/ready
	CCHC_HOME=var $(BIN)/cchc up --demo

bench: .venv/ready
	$(BIN)/python -m tests.benchmarks

fuzz: .venv/ready
	$(BIN)/python -m tests.fuzz

soak: .venv/ready
	$(BIN)/python -m tests.soak

lock:
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install --quiet uv
	.venv-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade -o requirements.lock
	.venv-lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -c requirements.lock -o requirements-dev.lock
	rm -rf .venv-lock

clean:
	rm -rf .venv var
