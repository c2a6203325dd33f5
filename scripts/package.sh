#!/usr/bin/env bash
# package.sh VERSION COMMIT DATE: makes what packages of nicsim have besides the program, in bin/package: manual pages,
# completions of shells, and the licences of all modules that are in a program.
set -euo pipefail

cd "$(dirname "$0")/.."
out=bin/package
rm -rf "$out"
mkdir -p "$out/completions"
export CGO_ENABLED=0
unset GOOS GOARCH # of a build for another system: this program runs here

nicsim=$out/nicsim
go build -o "$nicsim" -ldflags "-X main.version=$1 -X main.commit=$2 -X main.date=$3" ./cmd/nicsim
"$nicsim" man "$out/man"
gzip -9n "$out"/man/*
for shell in bash:nicsim.bash zsh:_nicsim fish:nicsim.fish powershell:nicsim.ps1; do
	"$nicsim" completion "${shell%:*}" >"$out/completions/${shell#*:}"
done
rm "$nicsim"

# Systems and processors have the same modules but for a few.
modules=$(for os in linux darwin windows; do
	GOOS=$os go list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}}|{{.Version}}|{{.Dir}}{{end}}{{end}}' ./cmd/nicsim
done | sort -u)
{
	echo 'nicsim has parts of these works, under these licences.'
	printf '\n==== Go\n\n'
	cat "$(go env GOROOT)/LICENSE"
	while IFS='|' read -r path version folder; do
		printf '\n==== %s %s\n' "$path" "$version"
		texts=$(find "$folder" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' \) | sort)
		[ -n "$texts" ] || { echo "package.sh: $path has no licence" >&2; exit 1; }
		while read -r text; do
			echo
			cat "$text"
		done <<<"$texts"
	done <<<"$modules"
} >"$out/THIRD-PARTY-LICENSES"
