package upstream

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// Session is a login at NIC.
type Session struct {
	ClientID    string `json:"ClientId"`
	UserName    string `json:"UserName"`
	AuthToken   string `json:"AuthToken"`
	Sek         string `json:"Sek"` // under the AppKey, base64
	TokenExpiry string `json:"TokenExpiry"`
	Key         []byte `json:"-"` // Sek, decrypted: seals and opens Data
}

// appKeyLength is the length of an AppKey in bytes, for AES-256.
const appKeyLength = 32

// Login logs an API user in at NIC. The error is a [*Refusal] if NIC refuses, and an [ErrUnreachable] if its answer is
// not one of NIC's.
func (n NIC) Login(ctx context.Context, call *httpd.Call, env nic.Environment, company store.Provider, gstin,
	username string, password store.Password) (s Session, err error) {
	chance := call.World.Dice.Stream("logins of a GSP")
	appKey := chance.Bytes(appKeyLength)
	document, err := json.Marshal(struct { //nolint:gosec // NIC's login has the password in it, sealed
		UserName, Password, AppKey string
		ForceRefreshAccessToken    bool
	}{username, string(password), base64.StdEncoding.EncodeToString(appKey), false})
	if err != nil {
		return s, fmt.Errorf("writing a login: %w", err)
	}
	key, err := n.Keys(env)
	if err != nil {
		return s, err
	}
	sealed, err := seal.CloseAuth(key, document, chance)
	if err != nil {
		return s, err
	}
	body, err := json.Marshal(struct{ Data string }{sealed})
	if err != nil {
		return s, fmt.Errorf("writing a login: %w", err)
	}
	answer, err := n.Do(ctx, call, Request{
		Environment: env, Company: company, Method: http.MethodPost, Path: "/eivital/v1.04/auth", Body: body,
		Header: http.Header{"Gstin": {gstin}, "Content-Type": {"application/json"}},
	})
	if err != nil {
		return s, err
	}
	envelope, err := answer.Envelope()
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(envelope.Data, &s); err != nil {
		return s, errors.Join(ErrUnreachable, fmt.Errorf("reading NIC's answer to a login: %w", err))
	}
	if s.Key, err = seal.Decrypt(appKey, s.Sek); err != nil {
		return s, errors.Join(ErrUnreachable, fmt.Errorf("opening the session key: %w", err))
	}
	return s, nil
}
