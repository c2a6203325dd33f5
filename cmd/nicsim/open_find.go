package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// The kinds of texts that can be opened.
const (
	kindData   = "data"   // sealed under the session key
	kindSEK    = "sek"    // the session encryption key (SEK), sealed under the AppKey
	kindSigned = "signed" // SignedInvoice or SignedQRCode
)

// sealed is a text of the API that can be opened. The kind of a bare text is empty: it follows from the
// keys that are given.
type sealed struct {
	kind string
	text string
}

// findSealed finds the text in the body of a request or an answer, or takes the input as the text.
func findSealed(input []byte) (sealed, error) {
	text := string(input)
	if strings.HasPrefix(text, `"`) { // as jq without -r prints it
		if err := json.Unmarshal(input, &text); err != nil {
			return sealed{}, notOpenable("it begins like a JSON string, but is not one: %w", err)
		}
	}
	if strings.HasPrefix(text, "{") {
		return findInBody(input)
	}
	text = strings.TrimPrefix(strings.TrimSpace(text), "Bearer ")
	if strings.Count(text, ".") == 2 {
		return sealed{kindSigned, text}, nil
	}
	return sealed{"", text}, nil
}

// findInBody looks for the member Data, in upper or lower case.
func findInBody(body []byte) (sealed, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(body, &members); err != nil {
		return sealed{}, notOpenable("it begins like a JSON object, but is not one: %w", err)
	}
	data, found := member(members, "data")
	switch {
	case !found:
		return sealed{}, notOpenable("it has no member Data, and only Data is sealed")
	case bytes.Equal(data, []byte("null")):
		return sealed{}, notOpenable("its Data is null: the answer is a refusal, whose ErrorDetails are not sealed")
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		if text = strings.TrimSpace(text); text == "" {
			return sealed{}, notOpenable("its Data is empty")
		}
		return sealed{kindData, text}, nil
	}
	var login map[string]json.RawMessage
	if json.Unmarshal(data, &login) == nil {
		sek, _ := member(login, "sek")
		if json.Unmarshal(sek, &text) == nil && text != "" {
			return sealed{kindSEK, text}, nil
		}
	}
	return sealed{}, notOpenable("its Data is not a string, nor the answer to a login, which has a Sek")
}

// member finds a member by its name in lower case.
func member(members map[string]json.RawMessage, name string) (json.RawMessage, bool) {
	for given, value := range members {
		if strings.EqualFold(given, name) {
			return value, true
		}
	}
	return nil, false
}

// notOpenable is the error of an input that is not a text of the API.
func notOpenable(format string, values ...any) error {
	return wrongUse{fmt.Errorf(format, values...), "'nicsim open --help' lists what can be opened"}
}
