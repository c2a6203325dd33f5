#!/usr/bin/env bash
# fuzz.sh EACH TOTAL: runs every Fuzz function of the module for EACH seconds, or for less when that
# would make more than TOTAL seconds for all of them. Builds come on top. Finding no Fuzz function
# at all is a failure. What the fuzzer finds is left in testdata/fuzz of the package: keep it there,
# and `go test` runs it from then on.
set -euo pipefail
cd "$(dirname "$0")/.."

each=$1
total=$2
export CGO_ENABLED=0

# Listing by the go command builds a test binary for each package it is asked about, so it is asked
# only where there is something to find.
packages=$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -r -n 1 dirname | sort -u)
targets=()
for package in $packages; do
	for function in $(go test -list '^Fuzz' "$package" | grep '^Fuzz'); do
		targets+=("$package:$function")
	done
done
if [ "${#targets[@]}" -eq 0 ]; then
	echo "fuzz: no Fuzz function found" >&2
	exit 1
fi
if [ $((each * ${#targets[@]})) -gt "$total" ]; then
	each=$((total / ${#targets[@]}))
	[ "$each" -gt 0 ] || each=1
fi
echo "fuzz: ${#targets[@]} functions, $each s each"

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# When the time is up, Go 1.26 now and then reports its own deadline as a failure (go.dev/issue/75804,
# mended in 1.27). A find always says where its input was written, so that a bare deadline is told
# apart from one.
fuzz() { # package function
	go test -run '^$' -fuzz "^$2\$" -fuzztime "${each}s" -fuzzminimizetime 10s "$1" >"$log" 2>&1 && return 0
	grep -q '^ *context deadline exceeded$' "$log" &&
		! grep -q -e 'Failing input written' -e 'panic:' -e 'build failed' "$log"
}

for target in "${targets[@]}"; do
	package=${target%%:*}
	function=${target##*:}
	if ! fuzz "$package" "$function"; then
		cat "$log"
		echo "fuzz: $function in $package failed" >&2
		exit 1
	fi
	execs=$(grep -o 'execs: [0-9]*' "$log" | tail -n 1)
	printf '  %-40s %-36s %s\n' "$package" "$function" "$execs"
done
