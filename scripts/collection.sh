#!/usr/bin/env bash
# Runs the e-Invoice API of the Postman collection with newman, whose version is the argument, against the simulator of
# nicsim exec. npm fetches newman.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

set_variables=()
for each in "control=$NIC_CONTROL_URL" "sandbox=$NIC_SANDBOX_URL" "nic=$NIC_SANDBOX_URL" "gstin=$NIC_GSTIN" \
	"client_id=$NIC_CLIENT_ID" "client_secret=$NIC_CLIENT_SECRET" "user_name=$NIC_SANDBOX_USERNAME" \
	"password=$NIC_SANDBOX_PASSWORD"; do
	set_variables+=(--env-var "$each")
done
exec npx --yes "newman@$1" run examples/postman/nicsim.postman_collection.json --folder 'e-Invoice API' "${set_variables[@]}"
