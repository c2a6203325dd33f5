package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// shown are the members of a request whose text is not secret. The list has what is harmless and not what is secret,
// so that a secret under a misspelt name, or in a member that a later version adds, stays hidden.
var shown = map[string]bool{
	"category": true, "gstin": true, "pan": true, "mobile": true, "email": true, "captchaId": true,
	"registrationThrough": true, "companyName": true, "clientId": true, "username": true,
	"stateCode": true, "environment": true,
}

// named are the shown members that name a caller. A secret that was entered in place of the name stays hidden.
var named = map[string]bool{"clientId": true, "username": true}

// opened are the members whose value is an object, in which the same members are shown.
var opened = map[string]bool{"captcha": true}

// Hidden replaces a secret in the journal.
const Hidden = "***"

// maxBody is the longest body, in bytes, that is kept with an exchange.
const maxBody = 8 << 10

// Mask returns a request's JSON body with every value hidden that is not known to be harmless. Of a body that is not
// one JSON object it returns only the size.
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

var errNoObject = errors.New("not a JSON object")

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

// maskObject copies an object member by member. A list or an object in the wrong place may hold a secret, and is
// hidden.
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
		case kind == '"' && named[member]:
			err = copyIdentifier(to, from)
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

func copyIdentifier(to *jsontext.Encoder, from *jsontext.Decoder) error {
	token, err := from.ReadToken()
	if err != nil {
		return err
	}
	return to.WriteToken(jsontext.String(Identifier(token.String())))
}

func copyToken(to *jsontext.Encoder, from *jsontext.Decoder) error {
	token, err := from.ReadToken()
	if err != nil {
		return err
	}
	return to.WriteToken(token)
}

// Answer returns a response's JSON body for the journal, or the JSON inside a sealed one. The portals answer no
// secrets, so nothing is hidden in it. Of a body that is not UTF-8 it returns only the size: encoding/json would
// pass it on to the journal's readers.
func Answer(body []byte) json.RawMessage {
	if len(body) > 0 && len(body) <= maxBody && (!utf8.Valid(body) || !json.Valid(body)) {
		return unshown(len(body))
	}
	return Written(body)
}

// Written is Answer for JSON that this program wrote itself. It does not check that again.
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
