#!/bin/sh
# Makes the files beside it with OpenSSL, so that the tests have answers that are not their own:
#   sh simulator/seal/testdata/openssl/make.sh
# auth.txt and password.txt differ each time, for the padding is random; token.txt does not.
set -eu
cd "$(dirname "$0")"
keys=../../../../fixtures/keys
base64_line() { base64 | tr -d '\n'; }
base64_url() { base64_line | tr '+/' '-_' | tr -d '='; }

# An auth Data of v1.04, and a password of v1.03, for the sandbox.
openssl pkey -in "$keys/sandbox-payload-TEST-ONLY.pem" -pubout -out public.pem
seal() { openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:pkcs1 | base64_line; }
tr -d '\n' <auth.json | base64_line | seal >auth.txt
printf '%s' 'Testing@123' | seal >password.txt
rm public.pem

# A signed QR code of the sandbox, header in the order of NIC's production tokens.
certificate=$keys/sandbox-signing-certificate-TEST-ONLY.pem
kid=$(openssl x509 -in "$certificate" -noout -fingerprint -sha1 | sed 's/.*=//;s/://g')
x5t=$(openssl x509 -in "$certificate" -outform DER | openssl dgst -sha1 -binary | base64_url)
header=$(printf '{"alg":"RS256","kid":"%s","typ":"JWT","x5t":"%s"}' "$kid" "$x5t" | base64_url)
claims=$(printf '{"data":"%s","iss":"NIC Sandbox"}' "$(tr -d '\n' <qr.json | sed 's/"/\\"/g')" | base64_url)
signature=$(printf '%s.%s' "$header" "$claims" |
	openssl dgst -sha256 -sign "$keys/sandbox-signing-TEST-ONLY.pem" | base64_url)
printf '%s.%s.%s' "$header" "$claims" "$signature" >token.txt
