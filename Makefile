# The menu. `make run` and `make test` need Python 3.11 or newer (with venv), git and make, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
LARGE := datasets/ecology-bureau/air-quality-hourly/datapackage.yaml

# The language of what is printed, chosen as the commands choose it: KAIFANG_LANG, else that of the machine, else Chinese.
SPOKEN := $(if $(filter en%,$(firstword $(KAIFANG_LANG) $(LC_ALL) $(LC_MESSAGES) $(LANG))),en,zh)
say = echo "$(if $(filter en,$(SPOKEN)),$(2),$(1))"
new_enough = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { $(call say,需要 Python 3.11 或更新：make PYTHON=python3.12 …,Python 3.11 or newer is needed: make PYTHON=python3.12 …); exit 2; }

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help run build sample test check format nightly bench messages lock clean
.DEFAULT_GOAL := help

help: ## Show this menu
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Build datasets/ and serve the portal at http://127.0.0.1:8000 (PORT=… for another port)
	@$(new_enough)
	@$(PYTHON) portal/serving/free_port.py "$(PORT)" $(SPOKEN)
	@$(MAKE) --no-print-directory sample
	$(BIN)/python build.py datasets --base-url http://127.0.0.1:$(PORT)
	$(BIN)/portal serve --port $(PORT)

build: sample ## Build datasets/ into build/
	$(BIN)/python build.py datasets

sample: $(VENV)/.run ## Write the large part of the demonstration data, which is not committed
	@test -f $(LARGE) -a -z "$$(find datasets/make_sample.py datasets/sample_city -name '*.py' -newer $(LARGE) 2>&1)" || $(BIN)/python datasets/make_sample.py --large

test: $(VENV)/.dev sample ## Run every test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev ## Format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

nightly: $(VENV)/.dev sample ## Run the long tests too: many more generated cases, pages by html-validate and Lighthouse, Debian 13 where debootstrap is
	@command -v npm >/dev/null || { $(call say,没有 npm：不用 html-validate 和 Lighthouse 检查页面,There is no npm: pages are not checked with html-validate and Lighthouse); exit 0; }; \
		mkdir -p $(VENV)/node_tools && cp tests/node_tools/* $(VENV)/node_tools/ && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --silent --no-audit --no-fund --prefix $(VENV)/node_tools
	KAIFANG_NIGHTLY=1 $(BIN)/python -m pytest
	.ci/debian13.sh

bench: $(VENV)/.bench ## Run the benchmarks
	for file in benchmarks/*.py; do $(BIN)/python $$file || exit 1; done

messages: $(VENV)/.dev ## Collect messages from code and templates into the catalogue of translations
	$(BIN)/pybabel -q extract -F babel.cfg --no-location --sort-output -k translate:2 -k translate_many:2,3 -o $(VENV)/messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --width 1000 -i $(VENV)/messages.pot -d portal/locale -l zh
	@sed -i -e '/^#$$/d' -e '/^# /d' -e '/^"\(POT-Creation-Date\|PO-Revision-Date\|Project-Id-Version\|Report-Msgid\|Last-Translator\|Language-Team\|Generated-By\)/d' portal/locale/zh/LC_MESSAGES/messages.po

lock: $(VENV)/.dev ## Write the lock files anew from setup.cfg
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links --extra build -o requirements.lock setup.cfg
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links --extra build --extra test --extra dev -c requirements.lock -o requirements-dev.lock setup.cfg
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links --extra build --extra bench -c requirements.lock -o requirements-bench.lock setup.cfg

clean: ## Remove what was built, installed and cached
	rm -rf build dist *.egg-info $(VENV) .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/pip:
	@$(new_enough)
	@$(PYTHON) -m venv $(VENV) || { $(call say,需要 Python 的 venv 模块：apt install python3-venv,Python's venv module is needed: apt install python3-venv); exit 2; }

$(VENV)/.run: requirements.lock setup.cfg | $(VENV)/bin/pip
	@$(call say,正在把门户需要的软件包装入 $(VENV) …,Installing what the portal needs into $(VENV) …)
	@$(BIN)/pip install -q --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(call say,正在把测试需要的软件包装入 $(VENV) …,Installing what the tests need into $(VENV) …)
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@$(call say,正在把性能对比用的软件包装入 $(VENV) …,Installing what the benchmarks compare with into $(VENV) …)
	@$(BIN)/pip install -q --require-hashes -r requirements-bench.lock
	@touch $@
