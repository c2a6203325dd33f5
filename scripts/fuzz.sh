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

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
log=$work/log
cache=$(go env GOCACHE)/fuzz/nicsim # what it found of interest, for the next time

# One program for each package: `go test -fuzz` would link one for each function, and `go test -list`
# compile everything once more, without what the fuzzer watches.
targets=()
for package in $(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -r -n 1 dirname | sort -u); do
	program=$work/${package//\//_}
	go test -c -fuzz . -o "$program" "$package"
	for function in $("$program" -test.list '^Fuzz' | grep '^Fuzz'); do
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

# When the time is up, Go 1.26 now and then reports its own deadline as a failure (go.dev/issue/75804,
# mended in 1.27). A find always says where its input was written, so that a bare deadline is told
# apart from one.
fuzz() { # package function
	(cd "$1" && "$work/${1//\//_}" -test.run '^$' -test.fuzz "^$2\$" -test.fuzztime "${each}s" \
		-test.fuzzminimizetime 10s -test.fuzzcachedir "$cache/$1") >"$log" 2>&1 && return 0
	grep -q '^ *context deadline exceeded$' "$log" &&
		! grep -q -e 'Failing input written' -e 'panic:' "$log"
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
