#!/usr/bin/env bash
# Fetches the Redocly CLI, with which a test lints the OpenAPI descriptions, into .tools/redocly: the version in
# scripts/redocly.lock, from npm or from the archive in REDOCLY_FILE. It does nothing if that version is there already.
# Without npm it prints that the test is skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

read -r package version sum < <(grep -v '^#' scripts/redocly.lock)
at=.tools/redocly-$version
sum_of() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

if [ -s "$at/bin/cli.js" ]; then
	exit 0
fi
mkdir -p .tools
fetch=$(mktemp -d .tools/redocly.XXXXXX)
trap 'rm -rf "$fetch"' EXIT
if [ -n "${REDOCLY_FILE:-}" ]; then
	cp "$REDOCLY_FILE" "$fetch/archive.tgz"
elif command -v npm >/dev/null && command -v node >/dev/null; then
	echo "redocly: fetching $package@$version with npm"
	(cd "$fetch" && npm pack --silent "$package@$version" >/dev/null && mv ./*.tgz archive.tgz)
else
	echo "redocly: npm or node is missing, so the OpenAPI descriptions are not linted; REDOCLY_FILE=/path/archive.tgz names a copy of your own" >&2
	exit 0
fi
if [ "$(sum_of "$fetch/archive.tgz")" != "$sum" ]; then
	echo "redocly: $package@$version has SHA-256 $(sum_of "$fetch/archive.tgz"), scripts/redocly.lock says $sum; it was not installed" >&2
	exit 1
fi
tar xzf "$fetch/archive.tgz" -C "$fetch"
mv "$fetch/package" "$at"
echo "redocly: $package $version is in $at"
