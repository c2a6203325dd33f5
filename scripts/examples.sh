#!/usr/bin/env bash
# examples.sh NICSIM: runs the tests of each example client under nicsim exec, as a new user does: in a new folder, with
# the program and the tools of the language alone. It runs them a second time at a simulator that computes a wrong
# Invoice Reference Number (IRN), where they must fail, and has the example perform the drills. Debian's packages are
# installed where that needs no question; an example whose tools are missing is skipped, with a word.
set -uo pipefail

nicsim=$(realpath "${1:?usage: examples.sh NICSIM}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$(dirname "$nicsim"):$PATH"

# python prints a Python that has the package cryptography.
python() {
	local each
	for each in python3 /usr/bin/python3; do
		"$each" -c 'import cryptography, sys; assert sys.version_info >= (3, 9)' 2>/dev/null && { echo "$each"; return; }
	done
	return 1
}
has_node() { command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' 2>/dev/null; }
has_python() { python >/dev/null; }
has_java() { command -v javac >/dev/null && [ -f /usr/share/java/junit-platform-console.jar ]; }
has_php() { command -v php >/dev/null && command -v phpunit >/dev/null; }
has_dotnet() { command -v dotnet >/dev/null && [ -n "$(dotnet --list-sdks 2>/dev/null)" ]; }

packages=()
has_python || packages+=(python3-cryptography)
has_java || packages+=(default-jdk-headless junit5)
has_php || packages+=(php-cli phpunit)
if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	echo "installing ${packages[*]}"
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1 ||
		echo "they cannot be installed here"
fi

# try LANGUAGE TESTS [SEND-ONE]: the shell command of the tests, and the one that registers one invoice.
try() {
	cd "$work" && nicsim example "$1" "$1" >/dev/null && cd "$1" || return 1
	echo "$1: $2"
	nicsim exec -- sh -c "$2" || { echo "$1: the tests failed"; return 1; }
	if nicsim exec --defect irn-without-type -- sh -c "$2" >wrong.log 2>&1; then
		echo "$1: the tests pass though the IRN is wrong"
		return 1
	fi
	grep -q '^generate ' wrong.log || { echo "$1: the tests did not run"; cat wrong.log; return 1; }
	[ $# -eq 2 ] || nicsim drill --exec "$3"
}

declare -A running
begin() {
	local language=$1
	shift
	if "has_$language"; then
		try "$language" "$@" >"$work/$language.log" 2>&1 &
		running[$language]=$!
	else
		echo "SKIPPED: $language: its tools are missing; docs/from-$language.md names them"
	fi
}
begin node 'npm test' 'node send-one.js'
begin python "$(python) -m unittest" "$(python) send_one.py"
begin java 'sh test.sh' 'java -cp target/classes einvoice.SendOne'
begin php 'phpunit --do-not-cache-result ClientTest.php' 'php send-one.php'
begin dotnet 'dotnet test'

result=0
for language in "${!running[@]}"; do
	if wait "${running[$language]}"; then
		echo "$language: passed"
	else
		cat "$work/$language.log"
		result=1
	fi
done
exit "$result"
