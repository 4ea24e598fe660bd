# Every command of the house. The first one used makes .venv; nothing else needs to be installed by hand.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
# What Python compiles is kept, whatever the surroundings say: without it every start of a process compiles all anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
INSTALLED := .venv/installed
LANGUAGES := en it pl
# One more than there are cores: some tests wait for a server to come back, or for a network to try again.
WORKERS = $(shell $(PYTHON) -c 'import os; print(min(os.cpu_count() or 1, 7) + 1)')
TEMPLATE := .make/bot.pot
CHECKED := .make/check.txt
COMPILED := .venv/compiled

.PHONY: help demo test check locales backup bench faults lock browser

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: $(INSTALLED) ## The whole house on this machine, without a token: prints the page to open
	@$(PYTHON) -m bot demo

# The types take one core and half a minute: they are looked at while the tests run, and told of after them.
# The first time the tests are compiled before the workers begin, or each of them would compile them all.
test: $(INSTALLED) browser ## Everything a change must pass: all tests, and `check` beside them
	@mkdir -p $(dir $(TEMPLATE))
	@$(MAKE) --no-print-directory check >$(CHECKED) 2>&1 & checking=$$!; \
	[ -e $(COMPILED) ] || { $(PYTHON) -m pytest -q --collect-only --ignore tests/house >/dev/null; touch $(COMPILED); }; \
	$(PYTHON) -m pytest -q -n $(WORKERS) --dist worksteal --ignore tests/house; tested=$$?; \
	wait $$checking; checked=$$?; cat $(CHECKED); exit $$((tested || checked))

check: $(INSTALLED) ## Lint, format, types, direction of imports, catalogs (no test of behaviour)
	@$(PYTHON) -m ruff check -q .
	@$(PYTHON) -m ruff format -q --check .
	@$(PYTHON) -m mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo
	@$(PYTHON) -m pytest -q tests/house

locales: $(INSTALLED) ## Take new and changed words of the code into locales/*/LC_MESSAGES/bot.po
	@mkdir -p $(dir $(TEMPLATE))
	@.venv/bin/pybabel -q extract --mapping-file pyproject.toml --keywords '_n:1,2 Msgid Plural:1,2' --add-comments 'i18n:' \
	    --project Centralino --add-location file --sort-by-file --output-file $(TEMPLATE) bot
	@$(foreach language,$(LANGUAGES),.venv/bin/pybabel -q update --init-missing --domain bot --locale $(language) \
	    --input-file $(TEMPLATE) --output-dir locales --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date &&) true

bench: $(INSTALLED) ## Measure the road of an update and the slots, beside a bare floor
	@$(PYTHON) -m bench

backup: $(INSTALLED) ## Save database and files while the house is at work (FILE=... names the archive)
	@$(PYTHON) -m bot backup $(or $(FILE),backup-$(shell date +%Y-%m-%d-%H%M).tar.gz)

faults: $(INSTALLED) ## The tests of faults and of serving at full length (`make test` runs a part of them)
	@$(PYTHON) -m pytest -q tests/faults tests/serve --whole --timeout 1800 -o faulthandler_timeout=1800

lock: $(INSTALLED) ## Write requirements.lock anew from pyproject.toml (UPGRADE=1: newest versions)
	@$(PYTHON) -m uv pip compile -q --universal --generate-hashes --no-annotate --no-header --group dev \
	    $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.lock

browser:
	@.ci/browser

# What is read is learned here and kept beside what Python compiles, so that the first start need not.
$(INSTALLED): requirements.lock
	@.ci/environment
	@$(PYTHON) -c 'from bot.app import load_words; load_words()'
	@touch $@
