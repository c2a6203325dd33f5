#!/bin/sh
# ci.sh tests your integration against nicsim and keeps the reports: it starts a simulator, runs your tests, performs the
# conformance suite, and judges your client by the calls of your tests. Each step runs, whatever the others came to. The
# exit code is 0 if all were good, 1 if one failed, 2 for wrong use, and 3 if the simulator does not start.
#
#   TESTS    shell command that runs your tests. It finds the base URLs of a world in NIC_SANDBOX_URL,
#            NIC_PRODUCTION_URL and NIC_CONTROL_URL.
#   SUITE    flags of nicsim conformance, such as '--target gateway.yaml' (default: none)
#   REPORTS  folder of the reports (default: reports)
set -u

if [ -z "${TESTS:-}" ]; then
	echo "ci.sh: TESTS is not set; give the shell command that runs your tests, as in TESTS='npm test' sh ci.sh" >&2
	exit 2
fi
reports=${REPORTS:-reports}
mkdir -p "$reports" || exit 2
ready=$reports/nicsim.json

nicsim serve --control 127.0.0.1:0 --sandbox 127.0.0.1:0 --production 127.0.0.1:0 --ready-file "$ready" \
	>"$reports/nicsim.log" 2>&1 &
simulator=$!
trap 'kill "$simulator" 2>/dev/null; wait "$simulator"' EXIT
trap 'exit 3' INT TERM
nicsim wait --ready-file "$ready" || exit 3

url() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$ready"; }
control=$(url control)
NIC_CONTROL_URL=$control/w/ci
NIC_SANDBOX_URL=$(url sandbox)/w/ci
NIC_PRODUCTION_URL=$(url production)/w/ci
export NIC_CONTROL_URL NIC_SANDBOX_URL NIC_PRODUCTION_URL

result=0
step() {
	name=$1
	shift
	echo "== $name"
	"$@" || {
		echo "ci.sh: $name failed with the exit code $?" >&2
		result=1
	}
}
step tests sh -c "$TESTS"
# The flags are words: ${SUITE:-} is not quoted.
step suite nicsim conformance --html "$reports/suite.html" --junit "$reports/suite.xml" --result "$reports/suite.json" \
	${SUITE:-}
step judge nicsim judge --control "$control" --world ci --html "$reports/client.html" --junit "$reports/client.xml" \
	--result "$reports/client.json"
exit "$result"
