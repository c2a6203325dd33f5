package irp

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// noData diagnoses a body without a Data that is text.
func (IRP) noData(_ store.Reader, e Evidence) Diagnosis {
	body := bytes.TrimSpace(e.Body)
	switch {
	case len(body) == 0:
		return found("The request has no body.")
	case !json.Valid(body) && bytes.IndexByte(body, '=') > 0 && body[0] != '{':
		return found("The body is not JSON: %d bytes, as of a form.", len(e.Body))
	case !json.Valid(body):
		return found("The body is not JSON: %d bytes.", len(e.Body))
	case kindOf(body) != "object":
		return found("The body is a JSON %s where an object is expected.", kindOf(body))
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return Diagnosis{}
	}
	for name, value := range members {
		if !strings.EqualFold(name, "Data") {
			continue
		}
		switch kind := kindOf(value); kind {
		case "string":
			return found("Data is empty.")
		case "object", "array":
			return found("Data is a JSON %s that is not encrypted; text is expected.", kind)
		default:
			return found("Data is a JSON %s where text is expected.", kind)
		}
	}
	return found("The body has no member Data; it has %s.", list(slices.Sorted(maps.Keys(members))))
}

// unopenedData diagnoses a Data that does not open under the SEK.
func (i IRP) unopenedData(r store.Reader, e Evidence) Diagnosis {
	if e.Data == "" {
		return i.noData(r, e)
	}
	block, wrong := unencoded(e.Data)
	if wrong != (Diagnosis{}) {
		return wrong
	}
	if len(block) == 0 || len(block)%16 != 0 {
		return found("Data has %d bytes, not whole blocks of 16: it has no padding, or is in another mode than "+
			"ECB.", len(block))
	}
	if _, err := seal.OpenSecret(i.keys.Payload, e.Data); err == nil {
		return found("Data was encrypted under the public key, as a login is.")
	}
	t, err := r.Token(i.env, e.Headers.AuthToken)
	if err != nil {
		return Diagnosis{}
	}
	opens := func(key []byte) bool {
		plain, err := seal.Decrypt(key, e.Data)
		return err == nil && readable(plain)
	}
	if slices.ContainsFunc(t.AppKeys, opens) {
		return found("Data was encrypted under the AppKey of the login, not under its SEK.").
			or("Decrypt the Sek of the login's answer with the AppKey, and encrypt Data with the result.")
	}
	if slices.ContainsFunc(t.Earlier, func(old store.EarlierToken) bool { return opens(old.SEK) }) {
		return found("Data was encrypted under the SEK of an earlier login.").
			or("Keep token and SEK together: each new token has a new SEK.")
	}
	for _, other := range i.tokensOf(r, t.GSTIN) {
		if other.Value != t.Value && opens(other.SEK) {
			return found("Data was encrypted under the SEK of the user %s.", other.Username)
		}
	}
	if readable(seal.DecryptCBC(t.SEK, block)) {
		return found("Data was encrypted under the SEK in CBC mode, not in ECB mode.")
	}
	if plain := bytes.TrimRight(seal.DecryptUnpadded(t.SEK, block), "\x00"); readable(plain) {
		return found("Data was encrypted under the SEK without PKCS #7 padding.")
	}
	return found("Data has %d bytes, and opens under no key of this user.", len(block))
}

// unreadData diagnoses a Data that opens to something other than a JSON object.
func (i IRP) unreadData(r store.Reader, e Evidence) Diagnosis {
	plain := bytes.TrimSpace(e.Request)
	inner, err := base64.StdEncoding.DecodeString(string(plain))
	switch {
	case e.Request == nil && e.Data == "":
		return i.noData(r, e)
	case len(plain) == 0:
		return Diagnosis{}
	case err == nil && isObject(inner):
		return found("Data opens to base64 of JSON where JSON is expected.").or("Encrypt the JSON, not its base64.")
	case !json.Valid(plain):
		return found("Data opens to %d bytes that are not JSON.", len(e.Request))
	case kindOf(plain) != "object":
		return found("Data opens to a JSON %s where an object is expected.", kindOf(plain))
	}
	return Diagnosis{}
}
