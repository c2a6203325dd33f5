package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// shown are the members of a request whose text may be read by anyone. The list
// names what is harmless, not what is secret: a secret under a misspelt name, or in
// a member that a later version adds, stays hidden.
var shown = map[string]bool{
	"category": true, "gstin": true, "pan": true, "mobile": true, "email": true, "captchaId": true,
	"registrationThrough": true, "companyName": true, "clientId": true, "username": true,
	"stateCode": true,
}

// opened are the members that are objects, and in which the same is looked for.
var opened = map[string]bool{"captcha": true}

// Hidden stands in the journal where a secret was sent.
const Hidden = "***"

// maxBody is the longest body, in bytes, that is kept with an exchange.
const maxBody = 8 << 10

// Mask returns a request's JSON body with every value hidden that is not known to
// be harmless; of anything but one JSON object it shows nothing but its size.
func Mask(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	var masked bytes.Buffer
	if len(body) > maxBody || mask(jsontext.NewEncoder(&masked), jsontext.NewDecoder(bytes.NewBuffer(body))) != nil {
		return unshown(len(body))
	}
	return bytes.TrimSpace(masked.Bytes())
}

// errNoObject is a body that is no JSON object.
var errNoObject = errors.New("no JSON object")

func mask(to *jsontext.Encoder, from *jsontext.Decoder) error {
	if from.PeekKind() != '{' {
		return errNoObject
	}
	if err := maskObject(to, from); err != nil {
		return err
	}
	if _, err := from.ReadToken(); !errors.Is(err, io.EOF) {
		return errNoObject
	}
	return nil
}

// maskObject copies an object member by member. A list, or an object, in the wrong
// place may hold anything, and is hidden like a secret.
func maskObject(to *jsontext.Encoder, from *jsontext.Decoder) error {
	if err := copyToken(to, from); err != nil { // {
		return err
	}
	for from.PeekKind() != '}' {
		name, err := from.ReadToken()
		if err != nil {
			return err
		}
		member := name.String()
		if err := to.WriteToken(name); err != nil {
			return err
		}
		switch kind := from.PeekKind(); {
		case kind == '"' && shown[member], kind == 'n':
			err = copyToken(to, from)
		case kind == '{' && opened[member]:
			err = maskObject(to, from)
		default:
			err = hide(to, from)
		}
		if err != nil {
			return err
		}
	}
	return copyToken(to, from) // }
}

func hide(to *jsontext.Encoder, from *jsontext.Decoder) error {
	if err := from.SkipValue(); err != nil {
		return err
	}
	return to.WriteToken(jsontext.String(Hidden))
}

func copyToken(to *jsontext.Encoder, from *jsontext.Decoder) error {
	token, err := from.ReadToken()
	if err != nil {
		return err
	}
	return to.WriteToken(token)
}

// Answer returns a response's JSON body for the journal, or what was inside a sealed
// one. The portals answer no secrets, so nothing is hidden in it. What is not UTF-8 is
// shown by its size, for encoding/json would let it through to the journal's readers.
func Answer(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	if len(body) > maxBody || !utf8.Valid(body) || !json.Valid(body) {
		return unshown(len(body))
	}
	return body
}

// Written is Answer for JSON that this program has written itself: it is not read
// again to see whether it is JSON.
func Written(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	if len(body) > maxBody {
		return unshown(len(body))
	}
	return body
}

func unshown(size int) json.RawMessage {
	note, _ := json.Marshal(struct { // a number always marshals
		NotShown int `json:"bytesNotShown"`
	}{size})
	return note
}
