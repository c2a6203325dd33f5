#!/usr/bin/env bash
# examples.sh NICSIM: follows the pages docs/from-LANGUAGE.md word for word, as a new user does: each in a new folder, with
# the program and the tools of the language. A block of the page that begins with the name of a file is written to that
# file, and a block of the shell is run. Then the tests are run at a simulator that computes a wrong Invoice Reference
# Number (IRN), where they must fail. Debian's packages are installed where that needs no question, and a page whose tools
# are missing is skipped, with a word.
set -uo pipefail

nicsim=$(realpath "${1:?usage: examples.sh NICSIM}")
pages=$(realpath "$(dirname "$0")/../docs")
work=$(mktemp -d)
trap 'rm -rf "$work" "$pages/../send-one"' EXIT # the page of Go builds the latter
mkdir "$work/bin"
ln -s "$nicsim" "$work/bin/nicsim"
export PATH="$work/bin:$PATH"

# find_python has the name python3 mean a Python with the package cryptography, which Debian has for its own Python.
find_python() {
	local each
	for each in python3 /usr/bin/python3; do
		if "$each" -c 'import cryptography, sys; assert sys.version_info >= (3, 9)' 2>/dev/null; then
			[ "$each" = python3 ] || ln -sf "$each" "$work/bin/python3"
			return
		fi
	done
	return 1
}
has() {
	case $1 in
	node) command -v npm >/dev/null && node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' 2>/dev/null ;;
	python) find_python ;;
	java) command -v javac >/dev/null && [ -f /usr/share/java/junit-platform-console.jar ] ;;
	php) command -v php >/dev/null && command -v phpunit >/dev/null ;;
	go) command -v go >/dev/null ;;
	dotnet) command -v dotnet >/dev/null && [ -n "$(dotnet --list-sdks 2>/dev/null)" ] ;;
	esac
}

packages=()
has python || packages+=(python3-cryptography)
has java || packages+=(default-jdk-headless junit5)
has php || packages+=(php-cli phpunit)
if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
	echo "installing ${packages[*]}"
	export DEBIAN_FRONTEND=noninteractive
	{ apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1 ||
		echo 'they cannot be installed here'
fi

# commands prints a page as a script.
commands() {
	awk '
		/^```text$/ { skip = 1; next }
		/^```[a-z]+$/ { inside = $0; first = 1; next }
		/^```$/ { if (file) print "END_OF_FILE"; inside = ""; file = ""; skip = 0; next }
		inside == "" || skip { next }
		inside != "```sh" && first {
			file = $NF
			print "mkdir -p \"$(dirname " file ")\" && cat >" file " <<\"END_OF_FILE\""
		}
		{ first = 0; print }' "$pages/from-$1.md"
}

# follow does what the page of a language says, in a new folder; that of Go is about the source code of nicsim.
follow() {
	local notes=$work/$1
	mkdir "$notes" && cd "$notes" || return 1
	commands "$1" >"$notes/commands.sh"
	grep -q '^nicsim exec' "$notes/commands.sh" || { echo "the page of $1 runs no test"; return 1; }
	[ "$1" != go ] || cd "$pages/.." || return 1
	sh -ex "$notes/commands.sh" || return 1
	# The first exec runs the tests of the example.
	grep '^nicsim exec' "$notes/commands.sh" | head -1 | sed 's/exec/& --defect irn-without-type/' >"$notes/wrong.sh"
	if sh "$notes/wrong.sh" >"$notes/wrong.log" 2>&1 || ! grep -q '^generate ' "$notes/wrong.log"; then
		cat "$notes/wrong.log"
		echo "the tests of $1 do not notice that the IRN is wrong"
		return 1
	fi
}

declare -A running
for language in node python java php dotnet go; do
	if has "$language"; then
		follow "$language" >"$work/$language.log" 2>&1 </dev/null &
		running[$language]=$!
	else
		echo "SKIPPED: $language: its tools are missing; docs/from-$language.md names them"
	fi
done
result=0
for language in "${!running[@]}"; do
	if wait "${running[$language]}"; then
		echo "$language: passed"
	else
		cat "$work/$language.log"
		echo "$language: FAILED"
		result=1
	fi
done
exit "$result"
