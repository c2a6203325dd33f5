#!/usr/bin/env bash
# stage.sh NAME COMMAND [ARGUMENT ...]: runs the command under a heading, and says after it whether
# it passed and in how many seconds. The result is also added as a line to the file that
# GATE_STAGES names, from which .ci/run makes its last words.
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
