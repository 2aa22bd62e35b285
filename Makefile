# Every target is a command of `python -m dev`. What it builds goes into .odoo/.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help setup demo stop clean test test-inventory test-core test-upgrade served lint format bench shots pot wheels

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1 ## /p' $(MAKEFILE_LIST) | awk -F ' ## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

demo: ## serve Odoo with a company and a recall drill in it [PORT=8069] [SERVE=0]
test: ## run all tests, browser tests included [T=tests/test_x.py] [ARGS=-kword]
test-inventory: ## run the addon's tests with no other app than Inventory [T=] [ARGS=]
test-core: ## do other people's jobs and run Odoo's own tests, with us and without [ALL=1]
test-upgrade: ## upgrade a database of the release before, and check what is in it
served: ## work a recall of the demonstration as it is served: mails, phone, answers
lint: ## check style, and what Odoo wants of an addon [L=ruff]
format: ## apply the style that can be applied
bench: ## measure, and write .odoo/bench.json [B=name] [BENCH_SCALE=1.0]
shots: ## take the screenshots of docs/images from the demo that is being served
pot: ## write i18n/*.pot, the texts to translate
wheels: ## build the wheels of the addon and its bridges into .odoo/dist
setup: ## fetch Odoo and start PostgreSQL; the other targets do it when needed
stop: ## stop the demo's server and PostgreSQL
clean: ## stop them and remove everything that was built

demo test test-inventory test-core test-upgrade served lint format bench shots pot wheels setup stop clean:
	@command -v $(PYTHON) >/dev/null || { \
		echo "✗ There is no $(PYTHON) here. Install Python 3.10 to 3.13, or name one: make $@ PYTHON=<program>" >&2; exit 1; }
	@$(PYTHON) -m dev $@
