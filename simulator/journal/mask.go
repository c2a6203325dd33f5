package journal

import (
	"encoding/json"
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
// be harmless; of anything but a JSON object it shows nothing but its size.
func Mask(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	var object map[string]any
	if len(body) > maxBody || json.Unmarshal(body, &object) != nil {
		return unshown(len(body))
	}
	maskObject(object)
	masked, err := json.Marshal(object)
	if err != nil {
		return unshown(len(body))
	}
	return masked
}

func maskObject(object map[string]any) {
	for name, value := range object {
		_, isText := value.(string)
		nested, isObject := value.(map[string]any)
		switch {
		case isText && shown[name]:
		case isObject && opened[name]:
			maskObject(nested)
		case value != nil: // a list, or an object, in the wrong place may hold anything
			object[name] = Hidden
		}
	}
}

// Answer returns a response's JSON body for the journal. The portals answer no
// secrets, so nothing is hidden in it.
func Answer(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	if len(body) > maxBody || !json.Valid(body) {
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
