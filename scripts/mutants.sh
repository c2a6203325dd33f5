#!/usr/bin/env bash
# Changes a package of the simulator at one place after another, and counts the changes that no test notices.
#
#   scripts/mutants.sh GREMLINS PACKAGE SCENARIOS [FLAG...]
#
# GREMLINS is the program, SCENARIOS the test of steps/mutants that judges with the unit tests of the package, and FLAG a
# flag of gremlins unleash. The result is in bin/mutants.
set -euo pipefail
cd "$(dirname "$0")/.."

gremlins=$PWD/$1 package=$2 scenarios=$3
shift 3
mkdir -p bin/mutants
export GO SCENARIOS=^$scenarios\$
GO=$(command -v go)
PATH=$PWD/scripts/mutants:$PATH exec "$gremlins" unleash --workers "${WORKERS:-1}" --timeout-coefficient 10 \
	--output "bin/mutants/${package//\//-}.json" "$@" "./simulator/$package"
