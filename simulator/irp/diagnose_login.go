package irp

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// unopenedLogin diagnoses the Data of a login that cannot be opened. All keys are tried whatever the first ones tell.
func (i IRP) unopenedLogin(_ store.Reader, e Evidence) Diagnosis {
	if e.Data == "" { // version 1.03 seals each secret
		return Diagnosis{}
	}
	block, wrong := unencoded(e.Data)
	size := i.keys.Payload.Size()
	switch {
	case wrong != Diagnosis{}:
		return wrong
	case len(block) != size && len(block) > 0 && len(block)%size == 0:
		return found("Data has %d blocks of the public key; a login has one.", len(block)/size)
	case len(block) != size:
		return found("Data has %d bytes; under the public key it has %d.", len(block), size)
	}
	text, err := seal.OpenSecret(i.keys.Payload, e.Data)
	foreign := i.foreign(e.Data)
	switch hash := seal.OpenOAEP(i.keys.Payload, block); {
	case hash != "": // one in some hundred opens with PKCS #1 v1.5 too, and holds nonsense
		return found("Data was encrypted with OAEP padding (%s), not PKCS #1 v1.5.", hash)
	case err == nil && isObject(text):
		return found("Data opens, and holds JSON where base64 of JSON is expected.").
			or("Encrypt the base64 of the JSON, not the JSON.")
	case err == nil:
		return found("Data opens, and holds %d bytes that are not base64.", len(text)).
			or("Encrypt the base64 of the JSON of the login.")
	case foreign:
		return found("Data was encrypted under the public key of %s, and this is %s.", here(i.env.Other()), here(i.env))
	}
	return found("Data has the length of a login, and opens under neither environment's key: another key or another " +
		"padding was used.")
}

// foreign reports whether a login opens under the key of the other environment.
func (i IRP) foreign(data string) bool {
	if i.keys.Foreign == nil {
		return false
	}
	key, err := i.keys.Foreign()
	if err != nil {
		return false
	}
	_, err = seal.OpenSecret(key, data)
	return err == nil
}

// unreadLogin diagnoses a login that opens and is not the JSON of one.
func (i IRP) unreadLogin(_ store.Reader, e Evidence) Diagnosis {
	plain, err := seal.OpenAuth(i.keys.Payload, e.Data)
	if err != nil {
		return Diagnosis{}
	}
	var body loginBody
	wrong, mistyped := errors.AsType[*json.UnmarshalTypeError](json.Unmarshal(plain, &body))
	switch {
	case isBase64(plain):
		return found("Data opens to base64 of base64: it was encoded twice.")
	case !json.Valid(plain):
		return found("Data opens to %d bytes that are not JSON.", len(plain))
	case kindOf(plain) != "object":
		return found("Data opens to a JSON %s where an object is expected.", kindOf(plain))
	case mistyped:
		return found("%s is a JSON %s where text is expected.", quote(wrong.Field), wrong.Value)
	}
	return Diagnosis{}
}

// wrongAppKey diagnoses an AppKey that is not a key.
func (i IRP) wrongAppKey(_ store.Reader, e Evidence) Diagnosis {
	var body loginBody
	plain, err := seal.OpenAuth(i.keys.Payload, e.Data)
	if err != nil || json.Unmarshal(plain, &body) != nil {
		return Diagnosis{}
	}
	key, err := base64.StdEncoding.DecodeString(body.AppKey)
	raw, notHex := hex.DecodeString(body.AppKey)
	switch n := len(body.AppKey); {
	case n == 0:
		return found("AppKey is missing or empty.")
	case notHex == nil && (len(raw) == 16 || len(raw) == 24 || len(raw) == 32):
		return found("AppKey is %d bytes in hexadecimal; base64 is expected.", len(raw))
	case err != nil && (n == 16 || n == 24 || n == 32):
		return found("AppKey is %d characters as they are; base64 of 32 bytes is expected.", n)
	case err != nil:
		return found("AppKey is %d characters that are not base64.", n)
	}
	return found("AppKey is base64 of %d bytes; 32 bytes are expected.", len(key))
}

// unknownUser diagnoses a user name that no API user has.
func (i IRP) unknownUser(r store.Reader, e Evidence) Diagnosis {
	name := e.Login.UserName
	if strings.TrimSpace(name) == "" {
		return found("UserName is missing or empty.")
	}
	if u, err := r.APIUser(i.env, strings.TrimSpace(name)); err == nil {
		if strings.EqualFold(u.Username, name) {
			return found("The user name is written %s; %s differs in case.", u.Username, named(name))
		}
		return found("The user name has blanks around it.")
	}
	if u, err := r.APIUser(i.env, "API_"+name); err == nil {
		return found("The user name lacks API_ before it: it is %s.", u.Username)
	}
	if _, err := r.APIUser(i.env.Other(), name); err == nil {
		return found("The API user %s exists in %s, and this is %s.", named(name), here(i.env.Other()), here(i.env))
	}
	if _, err := r.PortalUser(name); err == nil {
		return found("%s is a login of the production portal, not an API user.", named(name))
	}
	return found("UserName is %s, which no API user has.", named(name))
}

// userOfOther diagnoses a user of another client.
func (i IRP) userOfOther(r store.Reader, e Evidence) Diagnosis {
	u, err := r.APIUser(i.env, e.Login.UserName)
	if err != nil {
		return Diagnosis{}
	}
	return found("The user %s was made for the client id %s; the header client_id is %s.", u.Username, u.ClientID,
		named(e.Headers.ClientID))
}

// wrongPassword diagnoses a password that is not the user's.
func (i IRP) wrongPassword(r store.Reader, e Evidence) Diagnosis {
	u, err := r.APIUser(i.env, e.Login.UserName)
	if err != nil {
		return Diagnosis{}
	}
	sent := e.Login.Password
	matches := func(hash, password string) bool {
		same, err := i.world.Passwords.Matches(hash, password)
		return err == nil && same
	}
	if trimmed := strings.TrimSpace(sent); trimmed != sent && matches(u.PasswordHash, trimmed) {
		return found("The password has blanks around it.")
	}
	if p, err := r.PortalUserOf(u.GSTIN); err == nil && matches(p.PasswordHash, sent) {
		return found("The password is that of the production portal's login %s, not that of the API user.", p.Username)
	}
	return found("The password, of %d characters, is another.", len(sent))
}

// inactive diagnoses a user or a taxpayer that may not call.
func (i IRP) inactive(r store.Reader, e Evidence) Diagnosis {
	u, err := r.APIUser(i.env, e.Login.UserName)
	if err != nil {
		return Diagnosis{}
	}
	t, err := r.Taxpayer(u.GSTIN)
	switch {
	case err != nil:
		return found("The taxpayer %s of the user %s does not exist any more.", u.GSTIN, u.Username)
	case u.Frozen:
		return found("The user %s is frozen.", u.Username).or("Unfreeze or replace the API user on the portal.")
	case t.Status != nic.Active:
		return found("The status of the taxpayer %s is %s.", t.GSTIN, t.Status)
	case !t.EInvoiceEnabled:
		return found("The taxpayer %s is not enabled for e-invoicing.", t.GSTIN)
	}
	return Diagnosis{}
}
