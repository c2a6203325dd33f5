#!/usr/bin/env bash
# Runs the e-Invoice API of the Postman collection against the simulator of nicsim exec, with newman or with Bruno:
# collection.sh newman VERSION, collection.sh bruno VERSION. npm fetches the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
collection=$PWD/examples/postman/nicsim.postman_collection.json

set_variables=()
for each in "control=$NIC_CONTROL_URL" "sandbox=$NIC_SANDBOX_URL" "nic=$NIC_SANDBOX_URL" "gstin=$NIC_GSTIN" \
	"client_id=$NIC_CLIENT_ID" "client_secret=$NIC_CLIENT_SECRET" "user_name=$NIC_SANDBOX_USERNAME" \
	"password=$NIC_SANDBOX_PASSWORD"; do
	set_variables+=(--env-var "$each")
done

case $1 in
newman) exec npx --yes "newman@$2" run "$collection" --folder 'e-Invoice API' "${set_variables[@]}" ;;
bruno) ;;
*) echo "collection.sh: $1 is neither newman nor bruno" >&2; exit 2 ;;
esac

# The CLI imports no Postman collection. Its own packages do, with which Bruno's window imports it too.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-save "@usebruno/cli@$2"
mkdir collection
node - "$collection" <<'JS'
const { postmanToBruno } = require("@usebruno/converters");
const { createCollectionFromBrunoObject } = require("@usebruno/cli/src/utils/collection");
postmanToBruno(require(process.argv[2]))
  .then((made) => createCollectionFromBrunoObject(made.collection, "collection", { format: "bru" }));
JS
cd collection
npx bru run 'e-Invoice API' "${set_variables[@]}"
