# `make demo` opens a living, made-up province; `make test` passes everything. Both install by apt what is missing.
.PHONY: demo test check bench screenshots build tools test-tools
TOOLS = libssl-dev pkg-config build-essential perl
TEST_TOOLS = $(TOOLS) chromium chromium-driver postgresql minisign libreoffice-calc poppler-utils

demo: tools
	cargo run --quiet -- demo

build: tools
	cargo build --release

# What is quick: form, lints, and every test that needs no browser and no server.
check: tools
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo test --test it -- --skip journeys

# Everything: on SQLite with the browser, then on PostgreSQL.
test: export CI ?= true
test: test-tools
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	tests/with_postgres.sh cargo test
	TEST_ENGINE=postgres tests/with_postgres.sh cargo test --test it

# What it costs: builds a release, measures, and writes the tables into docs/OPERATIONS.md.
bench: test-tools
	DURABLE=1 tests/with_postgres.sh cargo bench --bench bench

# What it looks like: takes the pictures in docs/screens and lists them in docs/SCREENS.md. SCREENS=ranking takes a few.
screenshots: test-tools
	SCREENS=$(or $(SCREENS),all) cargo test --test it screens

tools:
	@$(call install,$(TOOLS))

test-tools:
	@$(call install,$(TEST_TOOLS))

# Names what of a list of packages is missing, and installs it.
define install
missing=""; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
if [ -n "$$missing" ]; then \
  echo "Missing:$$missing. Installing by apt."; \
  if [ "$$(id -u)" = 0 ]; then as=""; else as="sudo"; fi; \
  $$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $$missing; \
fi
endef
