#!/usr/bin/env bash
# stage.sh NAME COMMAND [ARGUMENT ...]: prints a heading, runs the command, and prints whether it passed and how
# many seconds it took. It also appends this result to the file in GATE_STAGES, if there is one, for the summary
# of .ci/run.
set -uo pipefail

name=$1
shift
printf '\n==> %s\n' "$name"
began=$SECONDS
"$@"
rc=$?
result=passed
[ "$rc" -eq 0 ] || result="FAILED ($rc)"
line=$(printf '%-52s %-12s %4d s' "$name" "$result" "$((SECONDS - began))")
printf -- '--- %s\n' "$line"
[ -z "${GATE_STAGES:-}" ] || printf '%s\n' "$line" >>"$GATE_STAGES"
exit "$rc"
