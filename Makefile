# ethos: the targets that people and CI use. `make help` lists them.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
BUILD := .build
# Swift Testing runs in one process; the build uses every core.
TEST_FLAGS ?=
# How long `make soak` runs each fuzzer.
FUZZ_SECONDS ?= 600

.PHONY: help demo build test soak lint format bench install uninstall clean release dependencies test-dependencies record

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

dependencies:
	@sh Tests/install-dependencies.sh

test-dependencies:
	@sh Tests/install-dependencies.sh tests

build: dependencies ## build the debug binary
	$(SWIFT) build

test: test-dependencies ## build and run all tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build $(TEST_FLAGS)

soak: release test-dependencies ## run the random, kill and fuzz tests in full, a second evaluator, other engines, and SQL on three
	python3 Tests/Oracle/oracle.py $(BUILD)/release/ethos --pairs 50000 --every 5
	@# 77: no other engine is installed, which it has said.
	python3 Tests/Oracle/peers.py $(BUILD)/release/ethos || [ $$? -eq 77 ]
	ETHOS_SOAK=10 $(SWIFT) test
	SWIFT=$(SWIFT) sh Tests/Soak/sql-engines.sh
	SWIFT=$(SWIFT) sh Tests/Fuzzing/run.sh $(FUZZ_SECONDS)

record: dependencies ## write the snapshots of help, completions and man page anew; read the difference before committing it
	@# Twice: the root help is a source file, and a snapshot of the program that is built from it.
	ETHOS_RECORD=1 $(SWIFT) test --filter Snapshot || true
	ETHOS_RECORD=1 $(SWIFT) test --filter Snapshot || true
	git diff --stat -- Tests

demo: dependencies ## show the main job on a fresh temporary repository
	@$(SWIFT) build --quiet 2>&1 | grep -v "^warning: 'main'" || true
	@sh Tests/demo.sh $(BUILD)/debug/ethos

lint: dependencies ## check the layout of the sources, and that each target imports what it depends on
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	python3 Tests/package-arrows.py

format: ## lay the sources out
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

bench: release ## measure against git, a C program and Z3, as ratios
	$(SWIFT) build -c release -Xswiftc -static-stdlib --product behaviour-bench
	sh Tests/Benchmarks/run.sh $(BUILD)/release/ethos $(BUILD)/release/behaviour-bench

release: dependencies
	$(SWIFT) build -c release -Xswiftc -static-stdlib --product ethos

install: release ## install the binary, its templates, completions and man page below PREFIX
	sh Tests/install.sh $(BUILD)/release/ethos "$(DESTDIR)$(PREFIX)"

uninstall: ## remove what install put there
	sh Tests/install.sh --remove "$(DESTDIR)$(PREFIX)"

clean: ## remove what was built
	$(SWIFT) package clean
	rm -rf $(BUILD) .build-fuzz
