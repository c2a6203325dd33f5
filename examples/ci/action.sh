#!/usr/bin/env bash
# action.sh is what the GitHub Action of action.yml does: it fetches the archive of a release for this system, checks it
# against the release's checksums, and runs a command with 'nicsim exec'. Its inputs are variables:
#
#   NIC_ACTION_RUN        line of the shell to run; empty to install only
#   NIC_ACTION_VERSION    version, as in 1.2.3 (default: the latest)
#   NIC_ACTION_SITUATION, _WORLD, _JUDGE, _JUNIT, _SEED   values of the flags of exec
#   NIC_ACTION_FLAGS      more flags of exec, split at spaces
#   NIC_ACTION_RELEASES   where the releases are (default: those on GitHub)
#   RUNNER_TEMP, GITHUB_PATH   as GitHub sets them; both can be missing
set -euo pipefail

fail() {
	echo "nicsim action: $*" >&2
	exit 2
}
releases=${NIC_ACTION_RELEASES:-https://github.com/nicsim/nicsim/releases}
version=${NIC_ACTION_VERSION:-}
version=${version#v}
if [ -n "$version" ]; then from=$releases/download/v$version; else from=$releases/latest/download; fi

case $(uname -s) in
Linux) system=linux ;;
Darwin) system=darwin ;;
MINGW* | MSYS* | CYGWIN*) system=windows ;;
*) fail "there is no release for $(uname -s)" ;;
esac
case $(uname -m) in
x86_64 | amd64) processor=amd64 ;;
aarch64 | arm64) processor=arm64 ;;
*) fail "there is no release for $(uname -m)" ;;
esac

folder=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/nicsim.XXXXXX")
get() { curl --fail --silent --show-error --location --retry 3 --output "$folder/$1" "$from/$1"; }
get checksums.txt || fail "there is no release at $from"
line=$(grep -E "_${system}_${processor}\.(tar\.gz|zip)$" "$folder/checksums.txt") ||
	fail "the release at $from has no archive for ${system}_$processor"
archive=${line##* }
get "$archive" || fail "the archive $archive cannot be fetched"
if command -v sha256sum >/dev/null; then sum=(sha256sum); else sum=(shasum -a 256); fi
(cd "$folder" && printf '%s\n' "$line" | "${sum[@]}" -c - >/dev/null 2>&1) ||
	fail "the archive $archive does not have the checksum of the release"
case $archive in
*.zip) unzip -q "$folder/$archive" -d "$folder" ;;
*) tar -xzf "$folder/$archive" -C "$folder" ;;
esac
rm "$folder/$archive"
export PATH="$folder:$PATH"
[ -z "${GITHUB_PATH:-}" ] || echo "$folder" >>"$GITHUB_PATH" # for the next steps of the job
nicsim version

[ -n "${NIC_ACTION_RUN:-}" ] || exit 0
flags=()
add() { [ -z "$2" ] || flags+=("$1" "$2"); }
add --situation "${NIC_ACTION_SITUATION:-}"
add --world-file "${NIC_ACTION_WORLD:-}"
add --judge "${NIC_ACTION_JUDGE:-}"
add --junit "${NIC_ACTION_JUNIT:-}"
add --seed "${NIC_ACTION_SEED:-}"
read -ra more <<<"${NIC_ACTION_FLAGS:-}"
# An empty array is an error in the bash of macOS, under -u.
exec nicsim exec ${flags[@]+"${flags[@]}"} ${more[@]+"${more[@]}"} -- bash -eo pipefail -c "$NIC_ACTION_RUN"
