# `make check` for every edit, `make test` for everything. CI runs `make test`.
.PHONY: check test build
build:
	cargo build --release
check:
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
test: check
	cargo test
