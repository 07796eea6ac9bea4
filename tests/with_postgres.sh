#!/usr/bin/env bash
# Runs a command beside a PostgreSQL of its own, which ends with it: tests/with_postgres.sh cargo test
# The cluster lives in a temporary folder and speaks on a socket in it, to nobody else. The command finds its address
# in TEST_POSTGRES_URL. PostgreSQL refuses to run as root: then its own account runs it.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /nowhere/initdb)")
if [ ! -x "$bin/initdb" ]; then
  echo "PostgreSQL is not installed: apt-get install postgresql" >&2
  exit 1
fi

folder=$(mktemp -d /tmp/mizan-postgres.XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
# From a folder that every account may enter.
at_home() { (cd / && "${as[@]}" "$@"); }

end() {
  at_home "$bin/pg_ctl" --pgdata "$folder/data" --mode immediate --silent stop || true
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM

# Nothing of these databases outlives the run, so nothing waits for a disk, unless a bench asks for it.
options="-c listen_addresses='' -c unix_socket_directories=$folder -c unix_socket_permissions=0700"
options+=" -c max_connections=300"
[ -n "${DURABLE:-}" ] || options+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

at_home "$bin/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 \
  --locale C.UTF-8 --no-sync --no-instructions >/dev/null
at_home "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --options "$options" \
  --silent --wait start || { cat "$folder/log" >&2; exit 1; }

export TEST_POSTGRES_URL="postgres://postgres@${folder//\//%2F}"
"$@"
