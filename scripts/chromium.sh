#!/usr/bin/env bash
# Sees to it that there is a Chromium for the tests in a browser: installs Debian's where there is none
# and that can be done without asking. Where it cannot, it says so and ends well: the tests skip
# themselves.
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
echo "chromium: there is none, and it cannot be installed here: the tests in a browser are skipped" >&2
echo "Debian: apt-get install chromium; macOS: brew install --cask chromium" >&2
