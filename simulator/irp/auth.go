package irp

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
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

// expiryForm is NIC's form of an expiry, in Indian time and without a zone.
const expiryForm = time.DateTime

// Login is the answer to an authentication.
type Login struct {
	ClientID    string `json:"ClientId"`
	UserName    string `json:"UserName"`
	AuthToken   string `json:"AuthToken"`
	Sek         string `json:"Sek"` // under the AppKey, base64
	TokenExpiry string `json:"TokenExpiry"`
}

// Credentials are the content of the sealed body of an authentication.
type Credentials struct {
	UserName string
	Password string
	AppKey   []byte // 16, 24 or 32 bytes
	Force    bool   // ForceRefreshAccessToken
}

// loginBody is the JSON of a login. Names match in any case, at NIC and in encoding/json.
type loginBody struct {
	UserName                string
	Password                string
	AppKey                  string
	ForceRefreshAccessToken flag
}

// anyGSTIN stands for the gstin header in v1.03, which does not require one.
const anyGSTIN = "any"

// Authenticate is the login of v1.04. It reads the data of the body, which are encrypted with the payload key, once the
// headers are good. The first check that fails answers; their order is that of the contract.
func (i IRP) Authenticate(ctx context.Context, h Headers, read func() (string, error)) (Login, Credentials, error) {
	return i.authenticate(ctx, h, func() (Credentials, error) {
		data, err := read()
		if err != nil {
			return Credentials{}, err
		}
		if strings.TrimSpace(data) == "" && !i.wrong(defect.LoginDataNotRequired) {
			return Credentials{}, refuse(codeNoData)
		}
		plain, err := seal.OpenAuth(i.keys.Payload, data)
		if err != nil {
			return Credentials{}, refuse(defect.Pick(i.world.Defects(), defect.SealedLoginAsBad, codeSealedLogin,
				codeBadLogin))
		}
		return i.readCredentials(plain)
	})
}

// AuthenticateV103 is the login that NIC withdrew in 2021: the data are an object in which password and AppKey are
// encrypted separately.
func (i IRP) AuthenticateV103(ctx context.Context, h Headers, read func() (json.RawMessage, error)) (Login,
	Credentials, error) {
	h.GSTIN = cmp.Or(h.GSTIN, anyGSTIN)
	return i.authenticate(ctx, h, func() (Credentials, error) {
		data, err := read()
		if err != nil {
			return Credentials{}, err
		}
		if len(data) == 0 || string(data) == "null" {
			return Credentials{}, refuse(codeNoData)
		}
		var body loginBody
		if err := json.Unmarshal(data, &body); err != nil {
			return Credentials{}, refuse(codeBadLogin)
		}
		// Both are opened before either is judged, so that all failures take the same time.
		password, passwordErr := seal.OpenSecret(i.keys.Payload, body.Password)
		key, keyErr := seal.OpenAppKey(i.keys.Payload, body.AppKey)
		c := Credentials{body.UserName, string(password), key, bool(body.ForceRefreshAccessToken)}
		switch {
		case passwordErr != nil:
			return c, refuse(codeSealedLogin)
		case keyErr != nil:
			return c, refuse(codeSealedAppKey)
		}
		return c, nil
	})
}

// authenticate checks the client, opens the credentials and checks the user. It returns credentials that could
// be read with a refusal too.
func (i IRP) authenticate(ctx context.Context, h Headers, open func() (Credentials, error)) (Login, Credentials,
	error) {
	if err := i.View(ctx, func(r store.Reader) error { return i.client(r, h) }); err != nil {
		return Login{}, Credentials{}, err
	}
	c, err := open()
	if err == nil {
		err = i.userUnblocked(ctx, c.UserName)
	}
	if err != nil {
		return Login{}, c, err
	}
	login, err := i.login(ctx, h, c)
	return login, c, err
}

// readCredentials reads the JSON of a login. With a refusal, it returns the members that could be read.
func (i IRP) readCredentials(plain []byte) (Credentials, error) {
	var body *loginBody
	if err := json.Unmarshal(plain, &body); err != nil || body == nil { // nil: null
		if !i.wrong(defect.LoginFormUnchecked) {
			return Credentials{}, refuse(codeBadLogin)
		}
		body = &loginBody{}
	}
	key, err := seal.ParseAppKey(body.AppKey)
	c := Credentials{body.UserName, body.Password, key, bool(body.ForceRefreshAccessToken)}
	if err != nil {
		return c, refuse(defect.Pick(i.world.Defects(), defect.AppKeyAsBad, codeSealedAppKey, codeBadLogin))
	}
	return c, nil
}

// flag is a boolean that some clients send as text.
type flag bool

func (f *flag) UnmarshalJSON(data []byte) error {
	*f = flag(strings.EqualFold(strings.Trim(string(data), `"`), "true"))
	return nil
}

// login checks the user and returns the token that is valid, or a new one.
func (i IRP) login(ctx context.Context, h Headers, c Credentials) (Login, error) {
	var user store.APIUser
	err := i.View(ctx, func(r store.Reader) (err error) {
		user, err = r.APIUser(i.env, c.UserName)
		if missing(err) && i.wrong(defect.UserOfOther) {
			user, err = r.APIUser(i.env.Other(), c.UserName)
		}
		return err
	})
	switch {
	case missing(err), err == nil && user.Username != c.UserName && !i.wrong(defect.UserNameAnyCase):
		return Login{}, refuse(defect.Pick(i.world.Defects(), defect.UnknownAsBadPassword, codeUnknownUser,
			codeBadPassword))
	case err != nil:
		return Login{}, err
	case user.ClientID != h.ClientID && i.holds(ruleClientOfUser):
		return Login{}, refuse(codeOtherClient)
	}
	right, err := i.world.Passwords.Matches(user.PasswordHash, c.Password)
	switch {
	case err != nil:
		return Login{}, err
	case !right && !i.wrong(defect.PasswordUnchecked):
		return Login{}, refuse(codeBadPassword)
	case h.GSTIN != anyGSTIN && h.GSTIN != user.GSTIN && !i.wrong(defect.LoginGSTINUnchecked):
		return Login{}, refuse(codeOtherGSTIN)
	}
	var token store.Token
	err = i.update(ctx, func(tx store.Tx) error {
		if err := i.mayCall(tx, user); err != nil {
			return err
		}
		token, err = i.token(tx, user, c)
		return err
	})
	if err != nil {
		return Login{}, err
	}
	key := c.AppKey
	if n := len(token.AppKeys); n > 1 && i.wrong(defect.SEKUnderOldKey) {
		key = token.AppKeys[n-1]
	}
	sek, err := seal.Encrypt(key, token.SEK)
	return Login{
		ClientID: token.ClientID, UserName: token.Username, AuthToken: token.Value,
		Sek: sek, TokenExpiry: i.written(token.ExpiresAt, defect.ExpiryInUTC).Format(expiryForm),
	}, err
}

// written is a time as the wire has it: in India, or in UTC in a world with a defect.
func (i IRP) written(t time.Time, inUTC string) time.Time {
	if i.wrong(inUTC) {
		return t.UTC()
	}
	return t
}

// mayCall refuses a frozen user, and a taxpayer that is not active or not enabled.
func (i IRP) mayCall(r store.Reader, user store.APIUser) error {
	t, err := r.Taxpayer(user.GSTIN)
	if err != nil && !missing(err) {
		return err
	}
	inactive := user.Frozen || t.Status != nic.Active || !t.EInvoiceEnabled
	if err != nil || inactive && i.holds(ruleUserActive) {
		return refuse(codeInactiveUser)
	}
	return nil
}

// token returns the user's token. It makes a new one if the old one has expired, or if the caller asks for it in
// the last ten minutes; a new token replaces the old one.
func (i IRP) token(tx store.Tx, user store.APIUser, c Credentials) (store.Token, error) {
	now := i.now()
	old, err := tx.TokenOf(i.env, user.ClientID, user.Username)
	switch {
	case err != nil && !missing(err):
		return old, err
	case err == nil && now.Before(old.ExpiresAt) &&
		(!c.Force || i.wrong(defect.ForceIgnored) || now.Before(old.ExpiresAt.Add(-refreshWindow)) && i.holds(ruleRefresh)):
		if i.wrong(defect.SEKNewEachLogin) {
			old.SEK = i.world.Dice.Stream("token").Bytes(sekLength)
			return old, tx.PutToken(old)
		}
		if slices.IndexFunc(old.AppKeys, func(key []byte) bool { return bytes.Equal(key, c.AppKey) }) == 0 {
			return old, nil
		}
		old.AppKeys = before(old.AppKeys, c.AppKey)
		return old, tx.PutToken(old)
	}
	dice := i.world.Dice.Stream("token")
	t := store.Token{
		Value:       dice.Alphanumeric(defect.Pick(i.world.Defects(), defect.TokenShort, tokenLength, tokenLength-1)),
		Environment: i.env,
		ClientID:    user.ClientID, Username: user.Username, GSTIN: user.GSTIN,
		SEK: dice.Bytes(sekLength), IssuedAt: now, ExpiresAt: now.Add(i.book().TokenLifetime()),
		AppKeys: before(old.AppKeys, c.AppKey),
	}
	if err == nil {
		ended := now
		if old.ExpiresAt.Before(now) {
			ended = old.ExpiresAt
		}
		t.Earlier = before(old.Earlier, store.EarlierToken{Value: old.Value, SEK: old.SEK, Ended: ended,
			Expired: !now.Before(old.ExpiresAt)})
	}
	return t, tx.PutToken(t)
}

// longestPast is how many AppKeys and earlier tokens are kept with a token, so that the journal can name a key that
// was used in place of the SEK.
const longestPast = 3

// before returns a list with a value before it, and without what is more than longestPast.
func before[T any](list []T, value T) []T {
	return append([]T{value}, list[:min(len(list), longestPast-1)]...)
}
