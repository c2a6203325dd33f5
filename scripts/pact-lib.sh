#!/usr/bin/env bash
# Puts libpact_ffi into .pact/lib, where `make pact` links against it. It does nothing if the library of
# scripts/pact-lib.lock is there already.
#
# It takes the library from the first of these sources that works:
#   1. the file that PACT_LIB_FILE names, for machines without a network;
#   2. npm pack @pact-foundation/pact-core-<platform>, the npm registry;
#   3. pact-go's own installer, from GitHub, for machines without npm.
# The SHA-256 of the library must be in the lock, whatever its source.
#
# Nothing is installed outside the project: not in /usr/local/lib, not in the home directory.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lock=$root/scripts/pact-lib.lock
dest=$root/.pact/lib

say() { printf 'pact-lib: %s\n' "$*" >&2; }
die() {
	say "$1"
	shift
	for line in "$@"; do printf '          %s\n' "$line" >&2; done
	exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

sha256() {
	if has sha256sum; then
		sha256sum <"$1" | cut -d' ' -f1
	elif has shasum; then
		shasum -a 256 <"$1" | cut -d' ' -f1
	elif has openssl; then
		openssl dgst -sha256 -r <"$1" | cut -d' ' -f1
	else
		die "none of sha256sum, shasum and openssl is here, so the library cannot be checked." \
			"Install one of them."
	fi
}

is_musl() { (ldd --version 2>&1 || true) | grep -qi musl; }

# The platform that Go builds for. Under Rosetta, uname names another one.
platform() {
	local target
	has go || die "go is not on the PATH; see https://go.dev/dl/."
	target=$(go env GOOS)/$(go env GOARCH)
	case "$target" in
	linux/amd64) if is_musl; then echo linux-x64-musl; else echo linux-x64-glibc; fi ;;
	linux/arm64) if is_musl; then echo linux-arm64-musl; else echo linux-arm64-glibc; fi ;;
	darwin/arm64) echo darwin-arm64 ;;
	darwin/amd64) echo darwin-x64 ;;
	windows/amd64) echo windows-x64 ;;
	*)
		die "libpact_ffi is not published for $target, so the Pact tests cannot run here." \
			"Everything else needs no library: go test ./..." \
			"With a library of your own: add a line for it to scripts/pact-lib.lock and" \
			"the platform to scripts/pact-lib.sh."
		;;
	esac
}

# The file names that the linker tries for -lpact_ffi.
file_name() {
	case "$1" in
	darwin-*) echo libpact_ffi.dylib ;;
	windows-*) echo pact_ffi.dll ;;
	*) echo libpact_ffi.so ;;
	esac
}

accepted() { # sum: whether the lock has it for this platform
	local sum
	for sum in $sums; do [ "$sum" = "$1" ] && return 0; done
	return 1
}

# .pact/lib/placed holds two sums: of the file as it was fetched, which is in the lock, and of the file as
# it was placed, which differs on macOS (see place).
in_place() {
	local came placed
	[ -s "$dest/$name" ] && [ -s "$dest/placed" ] || return 1
	read -r came placed <"$dest/placed" || return 1
	accepted "$came" && [ "$(sha256 "$dest/$name")" = "$placed" ]
}

from_npm() {
	has npm || {
		say "npm is not here; trying pact-go's installer."
		return 1
	}
	local package=@pact-foundation/pact-core-$platform@$version
	say "fetching $package with npm"
	(
		cd "$work" &&
			npm pack --silent "$package" >/dev/null &&
			tar xzf ./*.tgz
	) || {
		say "npm could not fetch $package; trying pact-go's installer."
		return 1
	}
	# The musl packages call it libpact_ffi_musl.so.
	found=$(find "$work/package" -type f -name "*pact_ffi*.${name##*.}" | head -n 1)
}

# The installer writes notes to the home directory and, on macOS, changes the library before its sum can be
# checked. So it gets a temporary home directory, and an install_name_tool that does nothing. It can leave an
# empty file and exit with 0; so the size is checked below.
from_installer() {
	local module=github.com/pact-foundation/pact-go/v2 release
	release=$(cd "$root" && go list -m -f '{{.Version}}' "$module") || return 1
	say "fetching libpact_ffi with the installer of pact-go $release"
	mkdir -p "$work/bin" "$work/home" "$work/lib"
	printf '#!/bin/sh\nexit 0\n' >"$work/bin/install_name_tool"
	chmod +x "$work/bin/install_name_tool"
	CGO_ENABLED=0 GOBIN=$work/bin go install "$module@$release" || return 1
	HOME=$work/home USERPROFILE=$work/home PATH=$work/bin:$PATH \
		"$work/bin/pact-go" install --libDir "$work/lib" >"$work/installer.log" 2>&1 || {
		tail -n 3 "$work/installer.log" >&2
		return 1
	}
	found=$work/lib/$name
}

# macOS searches for a library under the name inside it. The name of this one has no directory, which means the
# current directory. @rpath stands for the directory that make pact passes to the linker. The change breaks the
# signature, which arm64 requires, so the library is signed again.
place() {
	local came
	came=$(sha256 "$found")
	mkdir -p "$dest"
	cp "$found" "$work/$name.new"
	if [ "$platform" != "${platform#darwin-}" ]; then
		install_name_tool -id "@rpath/$name" "$work/$name.new" &&
			codesign --force --sign - "$work/$name.new" ||
			die "install_name_tool and codesign are needed; xcode-select --install brings them."
	fi
	printf '%s %s\n' "$came" "$(sha256 "$work/$name.new")" >"$work/placed"
	rm -f "$dest/placed" # so that an interrupted run does not leave the sums of an older library
	mv -f "$work/$name.new" "$dest/$name"
	mv -f "$work/placed" "$dest/placed"
}

platform=$(platform)
name=$(file_name "$platform")
read -r version ffi sums <<<"$(awk -v p="$platform" '$1 == p { $1 = ""; print }' "$lock")" || true
[ -n "${sums:-}" ] || die "scripts/pact-lib.lock has no line for $platform."

if in_place; then
	exit 0
fi

# The work directory is in .pact, so that the last step is a rename within one file system.
mkdir -p "$root/.pact"
work=$(mktemp -d "$root/.pact/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT

found=
if [ -n "${PACT_LIB_FILE:-}" ]; then
	[ -f "$PACT_LIB_FILE" ] || die "PACT_LIB_FILE names $PACT_LIB_FILE, which is not a file."
	found=$PACT_LIB_FILE
elif ! from_npm && ! from_installer; then
	die "libpact_ffi $ffi for $platform could not be fetched from npm nor from GitHub." \
		"Fetch it on another machine, with" \
		"  npm pack @pact-foundation/pact-core-$platform@$version" \
		"unpack it, and name the library here: PACT_LIB_FILE=/path/to/$name make pact"
fi

[ -n "$found" ] && [ -s "$found" ] ||
	die "what was fetched holds no library, or an empty one; nothing was changed. Try again."
sum=$(sha256 "$found")
accepted "$sum" ||
	die "$(basename "$found") has SHA-256" "  $sum" "and scripts/pact-lib.lock says" \
		"  ${sums// / or }" "It was not installed. If you trust it, add its sum to the line of $platform."
place
say "libpact_ffi $ffi for $platform is in .pact/lib"
