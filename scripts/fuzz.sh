#!/usr/bin/env bash
# fuzz.sh SECONDS [guided]: runs every Fuzz function of the module for that time, one on each processor at a time. The
# time of builds is not included. With guided, a function prefers inputs that reach new code. That needs other
# builds, and most of the first seconds: in two seconds, a function that is not guided tries up to thousands of times as
# many inputs. A module without a Fuzz function is an error. An input that fails a test is written to testdata/fuzz of its package; commit it, and
# `go test` runs it from then on.
set -euo pipefail
cd "$(dirname "$0")/.."

export CGO_ENABLED=0
export seconds=$1
guided=${2:+-fuzz=.}
work=$(mktemp -d)
cache=$(go env GOCACHE)/fuzz/nicsim # interesting inputs, for the next run
export work cache
trap 'rm -rf "$work"' EXIT
processors=$(getconf _NPROCESSORS_ONLN)

# At the end of its time Go 1.26 may report its own deadline as a failure (go.dev/issue/75804, fixed in 1.27). A real
# failure always names the file of its input, or panics.
fuzz() { # package function
	local log=$work/$2${1//[.\/]/_}.log
	(cd "$1" && "$work/${1//[.\/]/_}" -test.run '^$' -test.fuzz "^$2\$" -test.fuzztime "${seconds}s" -test.parallel 1 \
		-test.fuzzminimizetime 10s -test.fuzzcachedir "$cache/$1") >"$log" 2>&1 ||
		{ grep -q '^ *context deadline exceeded$' "$log" && ! grep -q -e 'Failing input written' -e 'panic:' "$log"; } ||
		{
			cat "$log"
			echo "fuzz: $2 in $1 failed" >&2
			return 255
		}
	printf '  %-40s %-24s %s\n' "$1" "$2" "$(grep -o 'execs: [0-9]*' "$log" | tail -n 1)"
}
export -f fuzz

packages=$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -r -n 1 dirname | sort -u || true)
if [ -z "$packages" ]; then
	echo "fuzz: no Fuzz function found" >&2
	exit 1
fi

# One test program for each package: `go test -fuzz` would link one for each function. One build after another: two at
# the same time would compile the same packages twice.
for package in $packages; do
	program=$work/${package//[.\/]/_}
	go test -c $guided -o "$program" "$package"
	"$program" -test.list '^Fuzz' | awk -v package="$package" '/^Fuzz/ { print package, $1 }' >>"$work/functions"
done
<"$work/functions" xargs -n 2 -P "$processors" bash -c 'fuzz "$1" "$2"' fuzz
