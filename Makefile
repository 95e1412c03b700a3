# make site    build the real site into public/
# make test    install what the tests need where that is allowed, then run everything
# make bench   compare with Hugo (see internal/bench)
# make fuzz    run every fuzz target for a while (FUZZTIME=30s each)

GO       ?= go
FUZZTIME ?= 30s

.PHONY: site test bench fuzz check clean

site:
	@$(GO) build -trimpath -o bin/errdex ./cmd/errdex
	@bin/errdex build
	@echo "To look at it: bin/errdex serve"

test:
	@sh .ci/prepare
	@$(GO) vet ./...
	@$(GO) test ./...

check:
	@$(GO) build -trimpath -o bin/errdex ./cmd/errdex
	@bin/errdex check --strict

bench:
	@$(GO) run ./internal/bench

fuzz:
	@sh .ci/fuzz $(FUZZTIME)

clean:
	@rm -rf bin public .cache
