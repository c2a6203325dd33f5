package irp

import (
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/json"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

// The shapes of a login.
const (
	tokenLength   = 25               // letters and digits, in every public sample
	sekLength     = 32               // bytes
	refreshWindow = 10 * time.Minute // before expiry, in which a new token can be had
)

// expiryForm is NIC's, in IST and without a zone.
const expiryForm = time.DateTime

// Login is the answer to an authentication.
type Login struct {
	ClientID    string `json:"ClientId"`
	UserName    string `json:"UserName"`
	AuthToken   string `json:"AuthToken"`
	Sek         string `json:"Sek"` // under the AppKey, base64
	TokenExpiry string `json:"TokenExpiry"`
}

// Credentials are what the sealed body of an authentication holds.
type Credentials struct {
	UserName string
	Password string
	AppKey   []byte // 16, 24 or 32 bytes
	Force    bool   // ForceRefreshAccessToken
}

// loginBody is the JSON of a login. Names are taken in any case, as NIC's own binding
// does, and so does encoding/json.
type loginBody struct {
	UserName                string
	Password                string
	AppKey                  string
	ForceRefreshAccessToken flag
}

// Authenticate is v1.04's: data is the whole body under the payload key. The checks
// come in the contract's order, and the first that fails answers.
func (i IRP) Authenticate(ctx context.Context, h Headers, data string) (Login, Credentials, error) {
	client, err := i.client(ctx, h)
	if err != nil {
		return Login{}, Credentials{}, err
	}
	if strings.TrimSpace(data) == "" {
		return Login{}, Credentials{}, refuse(codeNoData)
	}
	plain, err := seal.OpenAuth(i.keys.Payload, data)
	if err != nil {
		return Login{}, Credentials{}, refuse(codeSealedLogin)
	}
	c, err := readCredentials(plain)
	if err != nil {
		return Login{}, c, err
	}
	login, err := i.login(ctx, h.GSTIN, client, c)
	return login, c, err
}

// AuthenticateV103 is the version that NIC withdrew in 2021: data is an object in
// which password and AppKey are each sealed on its own, and no Gstin header is sent.
func (i IRP) AuthenticateV103(ctx context.Context, h Headers, data json.RawMessage) (Login, Credentials, error) {
	var body loginBody
	gstin := h.GSTIN
	h.GSTIN = cmp.Or(gstin, "not asked for")
	client, err := i.client(ctx, h)
	if err != nil {
		return Login{}, Credentials{}, err
	}
	if len(data) == 0 || string(data) == "null" {
		return Login{}, Credentials{}, refuse(codeNoData)
	}
	if err := json.Unmarshal(data, &body); err != nil {
		return Login{}, Credentials{}, refuse(codeBadLogin)
	}
	// Both are opened before either is judged, so that one failure takes as long as the other.
	password, passwordErr := seal.OpenSecret(i.keys.Payload, body.Password)
	key, keyErr := seal.OpenAppKey(i.keys.Payload, body.AppKey)
	c := Credentials{body.UserName, string(password), key, bool(body.ForceRefreshAccessToken)}
	switch {
	case passwordErr != nil:
		return Login{}, c, refuse(codeSealedLogin)
	case keyErr != nil:
		return Login{}, c, refuse(codeSealedAppKey)
	}
	login, err := i.login(ctx, gstin, client, c)
	return login, c, err
}

// client finds whose client id and secret the headers have.
func (i IRP) client(ctx context.Context, h Headers) (store.Provider, error) {
	switch {
	case h.ClientID == "":
		return store.Provider{}, refuse(codeNoClientID)
	case h.ClientSecret == "":
		return store.Provider{}, refuse(codeNoClientSecret)
	case h.GSTIN == "":
		return store.Provider{}, refuse(codeNoGSTIN)
	}
	var client store.Provider
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		client, err = r.Provider(h.ClientID)
		return err
	})
	if err != nil && !missing(err) {
		return client, err
	}
	if err != nil || subtle.ConstantTimeCompare([]byte(client.ClientSecret), []byte(h.ClientSecret)) != 1 {
		return client, refuse(codeBadClient)
	}
	return client, nil
}

// readCredentials reads the JSON of a login. What could be read is returned with a
// refusal too.
func readCredentials(plain []byte) (Credentials, error) {
	var body *loginBody
	if err := json.Unmarshal(plain, &body); err != nil || body == nil { // nil: null
		return Credentials{}, refuse(codeBadLogin)
	}
	key, err := seal.ParseAppKey(body.AppKey)
	c := Credentials{body.UserName, body.Password, key, bool(body.ForceRefreshAccessToken)}
	if err != nil {
		return c, refuse(codeSealedAppKey)
	}
	return c, nil
}

// flag is a boolean that some clients send as text.
type flag bool

func (f *flag) UnmarshalJSON(data []byte) error {
	*f = flag(strings.EqualFold(strings.Trim(string(data), `"`), "true"))
	return nil
}

// login checks the user and returns the token that is in force, or a new one. An
// empty gstin is any: v1.03 has no such header.
func (i IRP) login(ctx context.Context, gstin string, client store.Provider, c Credentials) (Login, error) {
	var user store.APIUser
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		user, err = r.APIUser(i.env, c.UserName)
		return err
	})
	switch {
	case missing(err), err == nil && user.Username != c.UserName:
		return Login{}, refuse(codeUnknownUser)
	case err != nil:
		return Login{}, err
	case user.ClientID != client.ClientID:
		return Login{}, refuse(codeOtherClient)
	}
	right, err := i.world.Passwords.Matches(user.PasswordHash, c.Password)
	switch {
	case err != nil:
		return Login{}, err
	case !right:
		return Login{}, refuse(codeBadPassword)
	case gstin != "" && gstin != user.GSTIN:
		return Login{}, refuse(codeOtherGSTIN)
	}
	var token store.Token
	err = i.update(ctx, func(tx store.Tx) error {
		if err := i.mayCall(tx, user); err != nil {
			return err
		}
		token, err = i.token(tx, user, c.Force)
		return err
	})
	if err != nil {
		return Login{}, err
	}
	sek, err := seal.Encrypt(c.AppKey, token.SEK)
	return Login{
		ClientID: token.ClientID, UserName: token.Username, AuthToken: token.Value,
		Sek: sek, TokenExpiry: token.ExpiresAt.Format(expiryForm),
	}, err
}

// mayCall refuses a frozen user, and a taxpayer who is not active or not enabled.
func (i IRP) mayCall(r store.Reader, user store.APIUser) error {
	t, err := r.Taxpayer(user.GSTIN)
	if err != nil && !missing(err) {
		return err
	}
	if err != nil || user.Frozen || t.Status != nic.Active || !t.EInvoiceEnabled {
		return refuse(codeInactiveUser)
	}
	return nil
}

// token returns the user's token. It is renewed once it has expired, or when the
// caller insists within the last ten minutes; then the old one dies.
func (i IRP) token(tx store.Tx, user store.APIUser, force bool) (store.Token, error) {
	now := i.now()
	old, err := tx.TokenOf(i.env, user.ClientID, user.Username)
	switch {
	case err != nil && !missing(err):
		return old, err
	case err == nil && now.Before(old.ExpiresAt) && (!force || now.Before(old.ExpiresAt.Add(-refreshWindow))):
		return old, nil
	}
	dice := i.world.Dice.Stream("token")
	t := store.Token{
		Value: dice.Alphanumeric(tokenLength), Environment: i.env,
		ClientID: user.ClientID, Username: user.Username, GSTIN: user.GSTIN,
		SEK: dice.Bytes(sekLength), IssuedAt: now, ExpiresAt: now.Add(i.tokenLifetime()),
	}
	return t, tx.PutToken(t)
}

func (i IRP) tokenLifetime() time.Duration {
	if i.env == nic.Production {
		return time.Duration(i.settings().TokenLifetimeProduction)
	}
	return time.Duration(i.settings().TokenLifetimeSandbox)
}
