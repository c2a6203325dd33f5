package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

const authPath = "/eivital/v1.04/auth"

// authenticate makes one auth call of v1.04, with an AppKey of its own.
func (a *API) authenticate(ctx context.Context, force bool) (APILogin, error) {
	k := a.sealedCall(http.MethodPost, authPath)
	appKey, err := a.newAppKey()
	if err != nil {
		return APILogin{}, fmt.Errorf("%s %s: making an AppKey: %w", k.method, k.path, err)
	}
	data, err := a.authData(appKey, force)
	if err != nil {
		return APILogin{}, fmt.Errorf("%s %s: %w", k.method, k.path, err)
	}
	k.in = map[string]string{"Data": data}
	answer, err := a.envelope(ctx, k)
	if err != nil {
		return APILogin{}, err
	}
	login, err := readLogin(answer.Data, appKey)
	if err != nil {
		return APILogin{}, k.unexpected(http.StatusOK, err.Error())
	}
	return login, nil
}

// newAppKey takes a key of 32 bytes from the source of chance, which need not be safe for use by
// several goroutines.
func (a *API) newAppKey() ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := make([]byte, 32)
	_, err := io.ReadFull(a.random, key)
	return key, err
}

// authData is the sealed document of a login. It is written as short as JSON can be: NIC's key has
// room for 66 characters of username and password.
func (a *API) authData(appKey []byte, force bool) (string, error) {
	var document bytes.Buffer
	encoder := json.NewEncoder(&document)
	encoder.SetEscapeHTML(false)
	//nolint:gosec // the password goes nowhere but under the API's key
	if err := encoder.Encode(struct {
		UserName, Password      string
		AppKey                  []byte // in base64, as encoding/json has bytes
		ForceRefreshAccessToken bool
	}{a.who.Username, a.who.Password, appKey, force}); err != nil {
		return "", errors.New("encoding the login failed")
	}
	return sealForNIC(a.key, bytes.TrimSuffix(document.Bytes(), []byte("\n")))
}

// readLogin reads the Data of an auth answer, an object whose Sek is under the AppKey.
func readLogin(data json.RawMessage, appKey []byte) (APILogin, error) {
	var answer struct {
		AuthToken   string
		Sek         string
		TokenExpiry Stamp
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return APILogin{}, errors.New("the login's Data: " + describeJSONError(err))
	}
	switch {
	case answer.AuthToken == "":
		return APILogin{}, errors.New(`the member "AuthToken" is missing`)
	case answer.TokenExpiry.IsZero():
		return APILogin{}, errors.New(`the member "TokenExpiry" is missing`)
	}
	sek, err := openData(appKey, answer.Sek)
	if err != nil {
		return APILogin{}, errors.New("the Sek does not decrypt under the AppKey that was sent")
	}
	if n := len(sek); n != 16 && n != 24 && n != 32 {
		return APILogin{}, fmt.Errorf("the Sek holds %d bytes, which is not the length of a key", n)
	}
	return APILogin{Token: answer.AuthToken, SEK: sek, ExpiresAt: answer.TokenExpiry.Time}, nil
}
