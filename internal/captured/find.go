// Package captured finds the sealed or signed text in what was captured at the e-Invoice API.
package captured

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// The kinds of texts that can be opened.
const (
	Data   = "data"   // sealed under the session key
	SEK    = "sek"    // the session encryption key (SEK), sealed under the AppKey
	Signed = "signed" // SignedInvoice or SignedQRCode
)

// Text is a text of the API that can be opened.
type Text struct {
	Kind string // Data, SEK or Signed; empty for a bare text, which may be Data or a SEK
	Text string
}

// Find finds the text in the body of a request or an answer, or takes the input as the text.
func Find(input []byte) (Text, error) {
	text := string(input)
	if strings.HasPrefix(text, `"`) { // as jq without -r prints it
		if err := json.Unmarshal(input, &text); err != nil {
			return Text{}, fmt.Errorf("it begins like a JSON string, but is not one: %w", err)
		}
	}
	if strings.HasPrefix(text, "{") {
		return findInBody(text)
	}
	text = strings.TrimPrefix(strings.TrimSpace(text), "Bearer ")
	if strings.Count(text, ".") == 2 {
		return Text{Signed, text}, nil
	}
	return Text{"", text}, nil
}

// findInBody looks for the member Data, in upper or lower case, as encoding/json finds it.
func findInBody(text string) (Text, error) {
	var body struct{ Data json.RawMessage }
	if err := json.Unmarshal([]byte(text), &body); err != nil {
		return Text{}, fmt.Errorf("it begins like a JSON object, but is not one: %w", err)
	}
	switch string(body.Data) {
	case "":
		return Text{}, errors.New("it has no member Data, and only Data is sealed")
	case "null":
		return Text{}, errors.New("its Data is null: the answer is a refusal, whose ErrorDetails are not sealed")
	}
	var data string
	if json.Unmarshal(body.Data, &data) == nil {
		if data = strings.TrimSpace(data); data == "" {
			return Text{}, errors.New("its Data is empty")
		}
		return Text{Data, data}, nil
	}
	var login struct{ Sek string }
	if json.Unmarshal(body.Data, &login) == nil && login.Sek != "" {
		return Text{SEK, login.Sek}, nil
	}
	return Text{}, errors.New("its Data is not a string, nor the answer to a login, which has a Sek")
}
