# The menu: make run, make test, make check, make bench. Each sets up what it needs.

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test test-slow steady check format bench pictures lock translations setup setup-dev

PY := .venv/bin/python
NODE := sh tools/node.sh node
NPM := sh tools/node.sh npm
TSC := $(NODE) node_modules/typescript/bin/tsc
PRETTIER := $(NODE) node_modules/prettier/bin/prettier.cjs --log-level warn
LAID_OUT := static/css static/js static/sw.js tests/js tests/browser/*.js tools/*.mjs
JS_TESTS := $(wildcard tests/js/*.test.js)
JS_LOG := node_modules/.test-output

# Python's compiled modules are kept: the workers of the tests, and every program that they start,
# would otherwise each compile all of them again.
unexport PYTHONDONTWRITEBYTECODE

# A stamp's name is the check sum of its lock file: another lock, another set-up.
sum = $(shell cat $(1) | cksum | cut -d' ' -f1)
PY_RUN := .venv/run-$(call sum,requirements.txt)
PY_DEV := .venv/dev-$(call sum,requirements-dev.txt)
JS_RUN := node_modules/.run-$(call sum,package-lock.json tools/vendor.mjs)
JS_DEV := node_modules/.dev-$(call sum,package-lock.json tools/vendor.mjs)
BUNDLE := static/bundle/sources.txt
MODULES := $(shell find static/js -name '*.js')
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard shared_space/translations/*/LC_MESSAGES/messages.po))

help:
	@echo 'make run           set up and serve on http://localhost:5000'
	@echo 'make test          every test: Python, JavaScript, three browsers, PostgreSQL, Redis'
	@echo 'make test-slow     kill loops, ten thousand entries, the growth of the database'
	@echo 'make steady        every test RUNS times, BUSY of them on a busy machine'
	@echo 'make check         lint, types, help lines, how easily the guide is read'
	@echo 'make format        lay the code out: Python, JavaScript and CSS'
	@echo 'make bench         measure'
	@echo 'make pictures      draw the pictures in the README'
	@echo 'make translations  bring the Spanish catalogue up to date with the English text'
	@echo 'make lock          choose new versions of the dependencies'

run: setup
	@exec $(PY) app.py

test: setup-dev
	@$(NODE) --test --test-reporter=spec $(JS_TESTS) >$(JS_LOG) 2>&1 & node=$$!; failed=0; \
	$(PY) -m pytest -m 'not slow' || failed=1; \
	wait $$node && grep -E '(tests|pass|fail) [0-9]' $(JS_LOG) || { cat $(JS_LOG); failed=1; }; \
	exit $$failed

test-slow: setup-dev
	@$(PY) -m pytest -m slow

steady: setup-dev
	@$(PY) -m tools.steady

check: $(PY_DEV) $(JS_DEV)
	@failed=0; \
	$(PY) -m ruff check . || failed=1; \
	$(PY) -m ruff format --check . || failed=1; \
	$(PRETTIER) --check $(LAID_OUT) || failed=1; \
	$(PY) -m mypy || failed=1; \
	$(PY) -m shared_space.host.lint || failed=1; \
	for project in tsconfig.json tsconfig.workers.json tsconfig.tests.json; do \
		$(TSC) -p $$project && echo "$$project: no type is wrong" || failed=1; \
	done; \
	$(PY) -m tools.readability || failed=1; \
	exit $$failed

format: $(PY_DEV) $(JS_DEV)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PRETTIER) --write $(LAID_OUT)

bench: setup-dev
	@$(PY) -m bench

# Setting up

setup: $(PY_RUN) $(JS_RUN) $(BUNDLE) $(CATALOGUES)

setup-dev: $(PY_DEV) $(JS_DEV) $(BUNDLE) $(CATALOGUES)
	@sh tools/debian.sh chromium chromium-headless-shell firefox-esr webkit2gtk-driver xvfb postgresql redis-server caddy age minisign

.venv/bin/python:
	@sh tools/python.sh -c 'import ensurepip' 2>/dev/null || sh tools/debian.sh python3-venv
	sh tools/python.sh -m venv --clear .venv

$(PY_RUN): | .venv/bin/python
	@echo 'Setting up. The first time this takes a few minutes.'
	$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(PY_DEV): | .venv/bin/python
	$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(PY_RUN)

$(JS_RUN): | $(PY_RUN)
	$(NPM) ci --omit=dev --loglevel=error
	$(NODE) tools/vendor.mjs
	@touch $@

$(JS_DEV): | $(PY_DEV)
	$(NPM) ci --loglevel=error
	$(NODE) tools/vendor.mjs
	@touch $@ $(JS_RUN)

$(BUNDLE): $(JS_RUN) $(MODULES) tools/bundle.mjs
	$(NODE) tools/bundle.mjs

%.mo: %.po | $(PY_RUN)
	$(PY) -m babel.messages.frontend -q compile -i $< -o $@
	@test -f $@  # a catalogue marked fuzzy is passed over in silence

# Now and then

BABEL := $(PY) -m babel.messages.frontend -q
TEXT := shared_space/translations/messages.pot
SPANISH := shared_space/translations/es/LC_MESSAGES/messages.po
NOISE := Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By

translations: $(PY_DEV)
	$(BABEL) extract -F babel.cfg -k lazy_gettext --no-location --sort-output -o $(TEXT) .
	$(BABEL) update -i $(TEXT) -l es -o $(SPANISH) --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	@rm $(TEXT)
	@sed -i -E '/^"($(NOISE)): /d' $(SPANISH)
	@$(MAKE) --no-print-directory setup

pictures: setup-dev
	@$(PY) -m tools.pictures

lock:
	sh tools/lock.sh
