#!/usr/bin/env bash
# Changes a package of the simulator at one place after another, and counts the changes that no test notices.
#
#   scripts/mutants.sh GREMLINS PACKAGE SCENARIOS [SERVER]
#
# GREMLINS is the program. The unit tests of PACKAGE judge, then those of SERVER, the package that serves it by HTTP, and
# SCENARIOS, a test of steps/mutants. The result is in bin/mutants.
set -euo pipefail
cd "$(dirname "$0")/.."

gremlins=$PWD/$1 package=$2 scenarios=$3 server=${4:-}
mkdir -p bin/mutants
export GO SCENARIOS=^$scenarios\$ SERVER=${server:+./simulator/$server}
GO=$(command -v go)
PATH=$PWD/scripts/mutants:$PATH exec "$gremlins" unleash --workers "${WORKERS:-1}" --timeout-coefficient 10 \
	--exclude-files portal/picture/ --output "bin/mutants/${package//\//-}.json" "./simulator/$package"
