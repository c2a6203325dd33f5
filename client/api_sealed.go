package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// sealed performs a call under a token and reads the document in its Data into out, a pointer. The
// call's body, if any, comes from seal. A login that is refused, for its token (1005) or its SEK (1020), is
// replaced and the call made once more; a call refused for its login has changed nothing, so that is safe.
func (a *API) sealed(ctx context.Context, k call, seal sealer, out any) ([]Info, error) {
	login, err := a.login(ctx)
	if err != nil {
		return nil, err
	}
	info, err := a.once(ctx, k, seal, login, out)
	if refused, ok := errors.AsType[*APIError](err); !ok || !refused.aboutLogin() {
		return info, err
	}
	fresh, err := a.replace(ctx, login, false)
	if err != nil {
		return nil, fmt.Errorf("%s %s: logging in again: %w", k.method, k.path, err)
	}
	return a.once(ctx, k, seal, fresh, out)
}

// document performs a call as sealed does and returns the document of the type T, which good must accept. missing says
// what a document that is not good lacks.
func document[T any](ctx context.Context, a *API, k call, seal sealer, good func(T) bool, missing string) (T, error) {
	var found, none T
	if _, err := a.sealed(ctx, k, seal, &found); err != nil {
		return none, err
	}
	if !good(found) {
		return none, k.unexpected(http.StatusOK, "the document in Data has no "+missing)
	}
	return found, nil
}

// sealer makes a request's body; nil for a call without one.
type sealer func(sek []byte) (any, error)

// sealJSON seals a document as {"Data":…}. JSON that the caller wrote is sealed byte by byte as it
// is, whatever it holds.
func sealJSON(document any) sealer {
	return func(sek []byte) (any, error) {
		text, err := jsonOf(document)
		if err != nil {
			return nil, err
		}
		data, err := sealData(sek, text)
		return map[string]string{"Data": data}, err
	}
}

func jsonOf(document any) ([]byte, error) {
	switch d := document.(type) {
	case json.RawMessage:
		return d, nil
	case []byte:
		return d, nil
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // NIC refuses a backslash in a text
	if err := encoder.Encode(document); err != nil {
		return nil, fmt.Errorf("encoding the document: %w", err)
	}
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), nil
}

// once performs the call under one login.
func (a *API) once(ctx context.Context, k call, seal sealer, login *apiLogin, out any) ([]Info, error) {
	k.header["user_name"] = a.who.Username
	k.header["AuthToken"] = login.Token
	if seal != nil {
		body, err := seal(login.SEK)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", k.method, k.path, err)
		}
		k.in = body
	}
	answer, err := a.envelope(ctx, k)
	if err != nil {
		return nil, err
	}
	document, err := openAnswer(login.SEK, answer.Data)
	if err != nil {
		return nil, k.unexpected(http.StatusOK, err.Error())
	}
	if err := json.Unmarshal(document, out); err != nil {
		return nil, k.unexpected(http.StatusOK, "the document in Data: "+describeJSONError(err))
	}
	return answer.info(), nil
}

// openAnswer opens a Data. The e-way bill system puts its documents in base64 before it seals them.
func openAnswer(sek []byte, data json.RawMessage) ([]byte, error) {
	var sealed string
	if err := json.Unmarshal(data, &sealed); err != nil || sealed == "" {
		return nil, errors.New(`the member "Data" is not a string`)
	}
	document, err := openData(sek, sealed)
	if err != nil {
		return nil, errors.New("the member \"Data\" does not decrypt under the SEK")
	}
	if inner, err := base64.StdEncoding.DecodeString(string(document)); err == nil && json.Valid(inner) {
		return inner, nil
	}
	return document, nil
}
