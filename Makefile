# The words people and CI share. `make demo` is the only one a visitor needs.
SHELL := bash
.ONESHELL:
.SHELLFLAGS := -euo pipefail -c
.PHONY: demo dev check lint types front architecture test rafale bench features features-json events-doc settings-doc contracts help

# What one process compiled, the next one reads: tests start hundreds of them.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
CODE := services gateway shared deploy tests bench

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

demo: ## install what is missing, start everything in one process, print the address and the logins
	@deploy/bootstrap.sh demo
	@exec .venv/bin/amanela demo

dev: ## install what checking and testing need
	@deploy/bootstrap.sh dev

check: dev ## format, lint, types, layers, sizes; under a minute
	@$(MAKE) --no-print-directory -j2 --output-sync=target types architecture lint front

lint:
	@.venv/bin/ruff format --check --quiet --output-format concise $(CODE) || { echo "make check: run .venv/bin/ruff format"; exit 1; }
	@.venv/bin/ruff check --quiet $(CODE)

# Exit 2 is not a matter of types: mypy gives its workers three seconds to start, a busy machine does not; it goes on alone.
types:
	@.venv/bin/mypy $(CODE) || { [ $$? = 2 ] && .venv/bin/mypy --num-workers 0 $(CODE); }

front:
	@if command -v npm >/dev/null; then
		$(PY) -m deploy.front_check
	else
		echo "npm is absent: scripts of the interface not checked"
	fi

architecture:
	@.venv/bin/pytest tests/architecture -q -p no:xdist -p no:cacheprovider

test: dev ## everything, the RabbitMQ suite included; leaves test-results/ for `make features`
	@$(PY) -m deploy.front_check --build
	mkdir -p test-results
	rm -f test-results/features.json
	.venv/bin/pytest -n 2 --dist loadfile --features-out=test-results/features.json --junitxml=test-results/junit.xml $(ARGS)

rafale: dev ## two thousand sales while every process is killed in turn; about an hour
	AMANELA_TEST_VENTES=$(or $(VENTES),2000) .venv/bin/pytest tests/faults/test_rafale.py -q

bench: dev ## repeatable measurements, as ratios; `make bench ONLY=bus` for one
	@for script in $$(grep -l __main__ bench/$(or $(ONLY),*).py); do
		echo "== $$script"
		$(PY) -m "bench.$$(basename "$$script" .py)" $(ARGS)
	done

features: ## rows held by a test that passed in the last `make test`
	@$(PY) -m shared.testing.features

features-json:
	@$(PY) -m shared.testing.features --json

events-doc: ## docs/events.md from the contracts and subscriptions
	@$(PY) -m deploy.pages events > docs/.events.new && mv docs/.events.new docs/events.md

settings-doc: ## docs/settings.md from the settings
	@$(PY) -m deploy.pages settings > docs/.settings.new && mv docs/.settings.new docs/settings.md

contracts: ## golden schema and sample of every fact
	@$(PY) -m shared.testing.contracts
