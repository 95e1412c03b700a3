# make site    build the real site into public/
# make test    install what the tests need where that is allowed, then run everything but what wants a quiet machine
# make browser the tests in a real browser alone
# make bench   compare with Hugo (see internal/bench)
# make fuzz    run every fuzz target for a while (FUZZTIME=30s each)

GO       ?= go
FUZZTIME ?= 30s


# make soak    thousands of random edits against cold builds
.PHONY: site test browser soak bench fuzz check clean

site:
	@$(GO) build -trimpath -o bin/errdex ./cmd/errdex
	@bin/errdex build
	@echo "To look at it: bin/errdex serve"

test:
	@sh .ci/prepare
	@$(GO) vet ./...
	@$(GO) test -timeout 30m $$($(GO) list ./... | grep -v -e internal/browser -e internal/site)
	@$(GO) test -timeout 30m -short ./internal/site
	@$(GO) test -timeout 30m ./internal/browser

# Ten thousand edits against cold builds, and three thousand builds against the cache.
soak:
	@$(GO) test -timeout 60m ./internal/site

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
