# `make demo` opens a living, made-up province; `make test` passes everything. Both install by apt what is missing.
.PHONY: demo test check build tools browser
PACKAGES = libssl-dev pkg-config build-essential perl

demo: tools
	cargo run --quiet -- demo

build: tools
	cargo build --release

check: tools
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings

test: check
	cargo test

tools:
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Missing:$$missing. Installing by apt."; \
	  if [ "$$(id -u)" = 0 ]; then as=""; else as="sudo"; fi; \
	  $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	fi
