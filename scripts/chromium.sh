#!/usr/bin/env bash
# Installs Debian's Chromium for the tests in a browser, if there is no Chromium and no question has to be
# answered. If that is not possible, it prints how to install one and exits with 0, as the tests skip themselves.
set -euo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
	if command -v "$name" >/dev/null; then
		echo "chromium: $(command -v "$name")"
		exit 0
	fi
done
as_root=()
if [ "$(id -u)" -ne 0 ]; then
	as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && { [ ${#as_root[@]} -eq 0 ] || sudo -n true 2>/dev/null; }; then
	export DEBIAN_FRONTEND=noninteractive
	if "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; then
		echo "chromium: installed"
		exit 0
	fi
fi
echo "chromium: it is missing and cannot be installed here, so the tests in a browser are skipped" >&2
echo "Debian: apt-get install chromium; macOS: brew install --cask chromium" >&2
