# make help lists the targets. GNU make 3.81, which macOS has, is enough.

SHELL := bash
.DEFAULT_GOAL := help

# Stages run one after another, as each uses all processors.
.NOTPARALLEL:

GOLANGCI_VERSION := v2.15.0
GOLANGCI := .tools/golangci-lint-$(GOLANGCI_VERSION)/golangci-lint
GREMLINS_VERSION := v0.6.0
GREMLINS := .tools/gremlins-$(GREMLINS_VERSION)/gremlins

# Later versions need a later Go.
GORELEASER_VERSION := v2.16.0
GORELEASER := .tools/goreleaser-$(GORELEASER_VERSION)/goreleaser
CYCLONEDX_VERSION := v1.10.0
CYCLONEDX := .tools/cyclonedx-gomod-$(CYCLONEDX_VERSION)/cyclonedx-gomod

STAGE := ./scripts/stage.sh

# libpact_ffi is linked from .pact/lib, where tests also find it when they run, without LD_LIBRARY_PATH. These
# flags come before those in pact-go, which name /tmp and /usr/local/lib; so no other copy of the library is
# taken. All stages have the flags, though most do not link the library: they are part of the key of cgo packages
# in Go's build cache, so one set of flags means that each package is compiled once.
PACT_LIB := $(CURDIR)/.pact/lib
export CGO_LDFLAGS = "-L$(PACT_LIB)" "-Wl,-rpath,$(PACT_LIB)"
golangci race pact pact-update proof soak: export CGO_ENABLED = 1
# A program with the race detector sleeps for a second when it ends, unless this says otherwise.
race pact pact-update proof soak: export GORACE = atexit_sleep_ms=0
# Without this, pact-go reports each run to its authors.
pact pact-update: export PACT_DO_NOT_TRACK = true
# Windows has no rpath; it searches for a DLL on the PATH.
ifeq ($(OS),Windows_NT)
pact pact-update: PACT_ENV = PATH="$$(cd .pact/lib && pwd):$$PATH"
endif

TAGGED_PACT := grep -rlE --include='*_test.go' '^//go:build .*\bpact\b'
USING_RAPID := grep -rlF --include='*_test.go' '"pgregory.net/rapid"'
dirs = $$($(1) . | xargs -n 1 dirname | sort -u)

## Everyday

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^## /{ printf "\n%s\n", substr($$0, 4) } \
		/^[a-z-]+:.*## /{ printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: build
build: ## build bin/nicsim, without cgo
	CGO_ENABLED=0 go build -o bin/nicsim ./cmd/nicsim

.PHONY: run
run: build ## serve both portals and the control API on their usual ports
	./bin/nicsim serve

.PHONY: fmt
fmt: $(GOLANGCI) ## format the Go code
	$(GOLANGCI) fmt

.PHONY: clean
clean: ## remove the files that make has built and fetched
	rm -rf bin dist .pact .tools

## The gate (.ci/run is lint, then test)

.PHONY: lint
lint: format golangci tidy ## formatting, golangci-lint, go.mod

.PHONY: test
test: nocgo examples axe redocly suites defects race pact fuzz-short ## fetch the tools of the tests and run all tests; SEED=number for other random values

.PHONY: format
format: $(GOLANGCI)
	@$(STAGE) 'formatting' $(GOLANGCI) fmt --diff

# The linter govet has all analyzers of 'go vet', so the tests run without it: each build of the tests would analyze
# each dependency again. With -race the dependencies are compiled as the tests of the gate need them. The Pact tests are
# included. A run without their tag would check only one small file more.
.PHONY: golangci
golangci: $(GOLANGCI) compiler
	@$(STAGE) 'golangci-lint' env GOFLAGS=-race $(GOLANGCI) run --allow-parallel-runners --build-tags pact ./...

.PHONY: tidy
tidy:
	@$(STAGE) 'go.mod is tidy' go mod tidy -diff

.PHONY: nocgo
nocgo:
	@$(STAGE) 'build with CGO_ENABLED=0' env CGO_ENABLED=0 go build ./...

# Tests check each page against WCAG with axe-core in a browser.
.PHONY: axe
axe: ## fetch axe-core for the browser tests, and name the tests that will be skipped
	@$(STAGE) 'axe-core' ./scripts/axe.sh
	@for browser in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$browser >/dev/null && exit 0; done; \
		echo 'SKIPPED: there is no Chromium or Chrome on the PATH, so the tests in a browser skip themselves:'; \
		echo 'keyboard, back, reload, WCAG and the guide with --driver browser. ./scripts/chromium.sh installs one on Debian.'

.PHONY: redocly
redocly: ## fetch the linter of the OpenAPI descriptions
	@$(STAGE) 'Redocly CLI' ./scripts/redocly.sh

# The tests of the example clients need nicsim alone, so they run with the program and not with go test.
.PHONY: examples
examples: build ## the example clients in each language, as a new user runs them; installs Debian's packages
	@$(STAGE) 'example clients under nicsim exec' ./scripts/examples.sh bin/nicsim

# The random values of the tests and the order of the tests follow from the seed.
SEED ?= 20261126

# Hundreds of scenarios, pages or commands each, at simulators that other tests start with the race detector.
SUITES := ^TestSuite
DEFECTS := ^TestEveryDefectIsFound$$
.PHONY: suites
suites: ## the scenarios on other days, at other targets and in a browser; README's commands; a walk of each fixture
	@$(STAGE) 'suites: other days and targets, browser, README, databases; seed $(SEED)' \
		env CGO_ENABLED=0 NICSIM_SEED=$(SEED) go test -vet=off -count=1 -run '$(SUITES)' ./cmd/... ./steps ./simulator/store/...

.PHONY: defects
defects: ## the scenarios against simulators that are wrong on purpose
	@$(STAGE) 'every defect is found; seed $(SEED)' \
		env CGO_ENABLED=0 NICSIM_SEED=$(SEED) go test -vet=off -count=1 -run '$(DEFECTS)' ./cmd/nicsim

# Other tests run only with the race detector. A second run without it would compile everything again and find less.
.PHONY: race
race: compiler
	@$(STAGE) 'unit, property, features; -race; seed $(SEED)' \
		env NICSIM_SEED=$(SEED) go test -vet=off -race -shuffle=$(SEED) -timeout 8m -skip '$(SUITES)|$(DEFECTS)' ./...

.PHONY: pact
pact: compiler ## the contract between client and portals; fetches libpact_ffi
	@$(STAGE) 'libpact_ffi' ./scripts/pact-lib.sh
	@test -n "$(call dirs,$(TAGGED_PACT))" || { echo 'no test has the build tag pact' >&2; exit 1; }
	@$(PACT_ENV) $(STAGE) 'Pact: consumer and provider; -race' \
		go test -vet=off -race -tags pact -count=1 -timeout 5m $(PACTFLAGS) $(call dirs,$(TAGGED_PACT))

.PHONY: fuzz-short
fuzz-short:
	@$(STAGE) 'every fuzz function, briefly' ./scripts/fuzz.sh 2

# Without a C compiler, Go prints a long message that does not name what to install.
.PHONY: compiler
compiler:
	@command -v "$${CC:-$$(go env CC)}" >/dev/null || { \
		echo 'The race detector and Pact need a C compiler (gcc or clang), and none is here.' >&2; \
		echo 'Without one: CGO_ENABLED=0 go test ./...' >&2; exit 1; }

## Now and then

.PHONY: pact-update
pact-update: compiler ## write fixtures/pacts from the consumer tests; then make pact
	./scripts/pact-lib.sh
	$(PACT_ENV) NICSIM_UPDATE_PACTS=1 go test -race -tags pact -count=1 ./client/...

.PHONY: update
update: ## regenerate the pages and expected outputs that tests write; review the difference
	go test ./simulator/settings -update
	go test ./simulator/worldfile -update
	go test ./simulator/admin -update
	go test ./simulator/fault -update
	go test ./simulator/httpd/gspface -update
	go test ./simulator/httpd/openapi -update
	go test ./simulator/gsp -update
	go test ./drill -update
	go test ./judge -update
	go test ./steps/coverage -update
	go test ./cmd/nicsim -update

NEWMAN_VERSION := 6.2.2
.PHONY: newman
newman: build ## run the Postman collection with newman, which npm fetches
	./bin/nicsim exec -- ./scripts/collection.sh newman $(NEWMAN_VERSION)

BRUNO_VERSION := 4.1.0
.PHONY: bruno
bruno: build ## import the Postman collection into Bruno and run it with Bruno's CLI, which npm fetches
	./bin/nicsim exec -- ./scripts/collection.sh bruno $(BRUNO_VERSION)

FUZZTIME := 60
.PHONY: fuzz
fuzz: ## every fuzz function for a minute; FUZZTIME=seconds for longer
	./scripts/fuzz.sh $(FUZZTIME) guided

RAPID_CHECKS := 5000
.PHONY: proof
proof: compiler ## property tests with 5,000 sequences each (RAPID_CHECKS), then make fuzz
	go test -race -count=1 -timeout 2h -skip '$(SUITES)|$(DEFECTS)' $(call dirs,$(USING_RAPID)) -rapid.checks=$(RAPID_CHECKS)
	$(MAKE) fuzz

KILLS := 1000
SOAK := 10m
.PHONY: soak
soak: compiler ## a mixed load for SOAK with each store, then kill the process under load KILLS times
	SOAK=$(SOAK) NICSIM_SEED=$(SEED) go test -race -count=1 -timeout 4h -run '^TestSoak$$' -v ./cmd/nicsim
	./scripts/postgres.sh env KILLS=$(KILLS) go test -count=1 -timeout 4h -run '^TestKilled' -v ./cmd/nicsim

# Some hours. One package: make mutants MUTANTS=seal:TestAPI
MUTANTS := seal:TestAPI portal:TestPortals irp:TestAPI:httpd/irpapi
.PHONY: mutants
mutants: $(GREMLINS) ## change the rules at one place after another; unit tests and scenarios must notice (docs/mutants.md)
	@for each in $(MUTANTS); do ./scripts/mutants.sh $(GREMLINS) $$(echo $$each | tr : " ") || exit; done

.PHONY: pictures
pictures: build ## make the README's pictures, in docs/pictures (needs Chromium)
	@shots=$$(mktemp -d) && ./bin/nicsim walk --seed guide --day 2026-11-22 --driver browser --screenshots "$$shots" >/dev/null && \
		cp "$$shots"/section1/*-validate-filled.png docs/pictures/portal.png && cp "$$shots"/dashboard.png docs/pictures/dashboard.png && \
		rm -r "$$shots" && ls -l docs/pictures

# goreleaser calls cyclonedx-gomod, which reads licences in the module cache.
snapshot release: export PATH := $(CURDIR)/$(dir $(CYCLONEDX)):$(PATH)
snapshot release: export GOMODCACHE = $(shell go env GOMODCACHE)
snapshot release: export COMMIT = $(shell git rev-parse HEAD)
snapshot release: export COMMIT_DATE = $(COMMIT_TIME)
snapshot release: export COMMIT_SECONDS = $(shell git log -1 --format=%ct)
.PHONY: snapshot
snapshot: $(GORELEASER) $(CYCLONEDX) ## make everything that a release has, in dist, and read it back
	$(GORELEASER) check
	GORELEASER_CURRENT_TAG=v0.0.0 $(GORELEASER) release --snapshot --clean
	go test -count=1 -tags snapshot -run '^TestSnapshot' ./cmd/nicsim

# The programs are those of a release: the same flags, so that Go's build cache has them after 'make snapshot'.
VERSION ?= $(shell git describe --tags --match 'v[0-9]*' 2>/dev/null | sed 's/^v//' | grep . || echo 0.0.0-$$(git rev-parse --short HEAD))
COMMIT_TIME = $(shell TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)
.PHONY: image
image: ## make the OCI image for amd64 and arm64, in bin/nicsim-image.tar, without a container engine
	for processor in amd64 arm64; do CGO_ENABLED=0 GOOS=linux GOARCH=$$processor go build -trimpath \
		-ldflags '-s -w -X main.version=$(VERSION) -X main.commit=$(shell git rev-parse HEAD) -X main.date=$(COMMIT_TIME)' \
		-o bin/nicsim-linux-$$processor ./cmd/nicsim || exit; done
	go run ./cmd/image -version $(VERSION) -commit $(shell git rev-parse HEAD) -date $(COMMIT_TIME) -o bin/nicsim-image.tar \
		amd64=bin/nicsim-linux-amd64 arm64=bin/nicsim-linux-arm64

.PHONY: release
release: $(GORELEASER) $(CYCLONEDX) ## publish the tag of this commit as a draft; needs GITHUB_TOKEN
	$(GORELEASER) check
	$(GORELEASER) release --clean

DIR ?= screenshots
.PHONY: screenshots
screenshots: ## every page of the portals and the dashboard, 320, 768 and 1440 pixels wide, into DIR=screenshots
	NICSIM_SCREENSHOTS="$(abspath $(DIR))" go test -count=1 -timeout 20m -run '^TestEveryPageIsAccessible$$' \
		./simulator/httpd/pages ./simulator/httpd/dashboard

.PHONY: bench
bench: build ## measure nicsim next to a bare handler and bare crypto, as tables for docs/performance.md
	CGO_ENABLED=0 go build -o bin/bench ./bench
	./scripts/postgres.sh ./bin/bench $(BENCHFLAGS)

FILLED := 1000000
.PHONY: scale
scale: build ## measure 1, 2 and 4 processes on one PostgreSQL, and a directory with FILLED=1000000 invoices and API users
	CGO_ENABLED=0 go build -o bin/bench ./bench
	CGO_ENABLED=0 go build -o bin/fill ./bench/fill
	./scripts/postgres.sh ./bin/bench -processes $(BENCHFLAGS)
	./bin/bench -filled $(FILLED) $(BENCHFLAGS)

$(GOLANGCI):
	@$(STAGE) 'install golangci-lint $(GOLANGCI_VERSION)' env CGO_ENABLED=0 GOBIN="$(CURDIR)/$(dir $@)" \
		go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

$(GREMLINS):
	@$(STAGE) 'install gremlins $(GREMLINS_VERSION)' env GOBIN="$(CURDIR)/$(dir $@)" \
		go install github.com/go-gremlins/gremlins/cmd/gremlins@$(GREMLINS_VERSION)

$(GORELEASER):
	@$(STAGE) 'install goreleaser $(GORELEASER_VERSION)' env CGO_ENABLED=0 GOBIN="$(CURDIR)/$(dir $@)" \
		go install github.com/goreleaser/goreleaser/v2@$(GORELEASER_VERSION)

$(CYCLONEDX):
	@$(STAGE) 'install cyclonedx-gomod $(CYCLONEDX_VERSION)' env CGO_ENABLED=0 GOBIN="$(CURDIR)/$(dir $@)" \
		go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@$(CYCLONEDX_VERSION)
