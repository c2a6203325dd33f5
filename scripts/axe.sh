#!/usr/bin/env bash
# Fetches axe-core, with which tests check the accessibility of pages, into .tools/axe: the version in
# scripts/axe.lock, from npm or from the file in AXE_FILE. It does nothing if that version is there already.
# Without npm it prints that the tests that need axe-core are skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

read -r package version sum < <(grep -v '^#' scripts/axe.lock)
at=.tools/axe/axe.min.js
sum_of() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1; }

if [ -s "$at" ] && [ "$(sum_of "$at")" = "$sum" ]; then
	exit 0
fi
mkdir -p .tools/axe
fetch=$(mktemp -d .tools/axe/fetch.XXXXXX)
trap 'rm -rf "$fetch"' EXIT
if [ -n "${AXE_FILE:-}" ]; then
	cp "$AXE_FILE" "$fetch/axe.min.js"
elif command -v npm >/dev/null; then
	echo "axe: fetching $package@$version with npm"
	(cd "$fetch" && npm pack --silent "$package@$version" >/dev/null && tar xzf ./*.tgz && mv package/axe.min.js .)
else
	echo "axe: npm is missing, so the tests with axe-core are skipped; AXE_FILE=/path/axe.min.js names a copy of your own" >&2
	exit 0
fi
if [ "$(sum_of "$fetch/axe.min.js")" != "$sum" ]; then
	echo "axe: $package@$version has SHA-256 $(sum_of "$fetch/axe.min.js"), scripts/axe.lock says $sum; it was not installed" >&2
	exit 1
fi
mv "$fetch/axe.min.js" "$at"
echo "axe: $package $version is in .tools/axe"
