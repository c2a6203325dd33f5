#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: scripts/postgres.sh go test ./simulator/store/...
# The variable TEST_POSTGRES has its address. The server has a free port and a temporary directory, and ends with
# the command. Debian's package is installed if there is none and no question has to be answered. If that is not
# possible, the command runs without, and the tests that need PostgreSQL skip themselves.
set -euo pipefail

find_binaries() {
	local directory
	for directory in "$(command -v initdb | xargs -r dirname)" /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin; do
		if [ -x "$directory/initdb" ] && [ -x "$directory/pg_ctl" ]; then
			echo "$directory"
			return
		fi
	done
}

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	as_root=(sudo -n)
fi
binaries=$(find_binaries)
if [ -z "$binaries" ] && command -v apt-get >/dev/null && { [ ${#as_root[@]} -eq 0 ] || sudo -n true 2>/dev/null; }; then
	export DEBIAN_FRONTEND=noninteractive
	"${as_root[@]}" apt-get update -qq >&2 &&
		"${as_root[@]}" apt-get install -y -qq --no-install-recommends postgresql >/dev/null || true
	binaries=$(find_binaries)
fi
if [ -z "$binaries" ]; then
	echo "postgres: it is missing and cannot be installed here, so the tests with PostgreSQL are skipped" >&2
	echo "Debian: apt-get install postgresql; macOS: brew install postgresql" >&2
	exec "$@"
fi

# The server refuses to run as root.
as_server=()
if [ "$(id -u)" -eq 0 ]; then
	as_server=(runuser -u postgres --)
fi
directory=$(mktemp -d)
chmod 711 "$directory"
if [ ${#as_server[@]} -gt 0 ]; then
	chown postgres "$directory"
fi

stop() {
	cd /
	"${as_server[@]}" "$binaries/pg_ctl" -D "$directory/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$directory"
}
trap stop EXIT

"${as_server[@]}" "$binaries/initdb" -D "$directory/data" -U nicsim -A trust -E UTF8 --locale=C >/dev/null
for port in $(seq 54330 54400); do
	# Nothing here must survive a failure of the machine, so the server does not wait for the disk.
	if "${as_server[@]}" "$binaries/pg_ctl" -D "$directory/data" -w -l "$directory/data/log" \
		-o "-p $port -k $directory -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300" start >/dev/null 2>&1; then
		export TEST_POSTGRES="postgres://nicsim@127.0.0.1:$port/postgres"
		"$@"
		exit
	fi
done
echo "postgres: the server does not start:" >&2
cat "$directory/data/log" >&2
exit 1
