# make site    build the real site into public/
# make test    install what the tests need where that is allowed, then run everything but what wants a quiet machine
# make browser the tests in a real browser alone
# make bench   compare with Hugo (see internal/bench)
# make fuzz    run every fuzz target for a while (FUZZTIME=30s each)
# make race    everything but the browser under the race detector
# make vuln    look for known vulnerabilities in what the program calls
# make sbom    write what the program is made of, as CycloneDX
# make soak    thousands of random edits against cold builds

GO       ?= go
FUZZTIME ?= 30s

# What has goroutines, or values that are shared by them: make test runs these tests a second time, under the race detector.
# The detector needs a C compiler; .ci/prepare says so where there is none.
DETECT = $(shell command -v $${CC:-cc} gcc clang >/dev/null 2>&1 && echo -race)
RACE   = ./internal/site ./internal/serve ./internal/output ./internal/render ./internal/verify ./internal/finder
SHARED = LiveEqualsCold|ServeEqualsCold|Determin|TwoAtOnce|TwoAnswers|Golden|Foreign|Sites|Stops|Reload|Burst|Answers|ProgramsAgree|PlaceAndCount|Concurren

.PHONY: site test browser soak bench fuzz race vuln sbom check clean

site:
	@$(GO) build -trimpath -o bin/errdex ./cmd/errdex
	@bin/errdex build
	@echo "To look at it: bin/errdex serve"

test:
	@sh .ci/prepare
	@$(GO) vet ./...
	@$(GO) test -timeout 30m $$($(GO) list ./... | grep -v -e internal/browser -e internal/site)
	@$(GO) test -timeout 30m -short ./internal/site
	@[ -z "$(DETECT)" ] || $(GO) test -timeout 30m -race -short $(RACE) -run '$(SHARED)'
	@$(GO) test -timeout 30m ./internal/browser

# Twice ten thousand edits against cold builds, one time under a server, and three thousand builds against the cache: a quarter of an hour.
soak:
	@$(GO) test -timeout 60m ./internal/site

# What measures time does not hold under the race detector.
race:
	@$(GO) test -timeout 60m -race -short -skip '^(TestLongPaste|TestGrowth|TestBounds|TestHostile|TestCollectLess)$$' $$($(GO) list ./... | grep -v -e internal/browser -e internal/bench)

vuln:
	@sh .ci/vuln

sbom:
	@$(GO) build -trimpath -o bin/errdex ./cmd/errdex
	@sh .ci/sbom bin/errdex bin/errdex.cdx.json

browser:
	@sh .ci/prepare
	@$(GO) test ./internal/browser

check:
	@$(GO) build -trimpath -o bin/errdex ./cmd/errdex
	@bin/errdex check --strict

bench:
	@$(GO) run ./internal/bench

fuzz:
	@sh .ci/fuzz $(FUZZTIME)

clean:
	@rm -rf bin public .cache
