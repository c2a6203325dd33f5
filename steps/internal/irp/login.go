package irp

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/face"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// attempt is a login at the API by hand, which mistakes may be put into.
type attempt struct {
	person  *scene.Person
	user    *caller
	users   *callers // of the person
	path    string
	headers headers
	body    map[string]any // of the login; member names as on NIC's pages
	appKey  []byte         // under which the SEK should come back
	key     *rsa.PublicKey

	inside []byte // what is sealed in place of the body, if not nil
	outer  string // the name of Data
	data   string // what is sent as Data in place of all that, if not empty
	noData bool
	each   bool // password and AppKey sealed each by itself, as in version 1.03
}

// attempt is a valid login, with the credentials that the person used last.
func (c *calls) attempt(ctx context.Context, p *scene.Person) (*attempt, error) {
	u := c.of(p).current
	text, err := c.publicKey(ctx, u.portal)
	if err != nil {
		return nil, err
	}
	key, err := rsaKey(text)
	if err != nil {
		return nil, err
	}
	a := &attempt{person: p, user: u, users: c.of(p), path: authPath, headers: u.headers(), key: key, outer: "Data"}
	delete(a.headers, "AuthToken")
	delete(a.headers, "user_name")
	a.body = map[string]any{"UserName": u.Username, "Password": u.Password, "ForceRefreshAccessToken": false}
	a.setAppKey(u.appKey(32))
	return a, nil
}

func (a *attempt) setAppKey(key []byte) {
	a.appKey = key
	a.body["AppKey"] = base64.StdEncoding.EncodeToString(key)
}

// rename gives a member of the login another name.
func (a *attempt) rename(from, to string) {
	a.body[to] = a.body[from]
	delete(a.body, from)
}

// seal makes the body of the request.
func (a *attempt) seal() ([]byte, error) {
	if a.noData {
		return []byte("{}"), nil
	}
	if a.data != "" {
		return json.Marshal(map[string]string{a.outer: a.data})
	}
	if a.each {
		return a.sealEach()
	}
	inside := a.inside
	if inside == nil {
		document, err := json.Marshal(a.body)
		if err != nil {
			return nil, fmt.Errorf("writing the login: %w", err)
		}
		inside = base64.StdEncoding.AppendEncode(nil, document)
	}
	data, err := sealedUnder(a.key, inside)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]string{a.outer: data})
}

// sealEach makes the body that version 1.03 had.
func (a *attempt) sealEach() ([]byte, error) {
	password, err := sealedUnder(a.key, []byte(a.user.Password))
	if err != nil {
		return nil, err
	}
	appKey, err := sealedUnder(a.key, a.appKey)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{"data": map[string]any{
		"UserName": a.user.Username, "Password": password, "AppKey": appKey, "ForceRefreshAccessToken": false,
	}})
}

// send performs the login and keeps the result.
func (c *calls) send(ctx context.Context, a *attempt) error {
	body, err := a.seal()
	if err != nil {
		return err
	}
	e, err := c.callAPI(ctx, a.user.portal, http.MethodPost, a.path, a.headers, body)
	if err != nil {
		return err
	}
	login, err := readLogin(e.Data, a.appKey)
	if err != nil {
		return err
	}
	a.user.former, a.user.login = a.user.login, login
	return nil
}

// readLogin reads the Data of a good answer.
func readLogin(data json.RawMessage, appKey []byte) (client.APILogin, error) {
	var answer struct{ ClientId, UserName, AuthToken, Sek, TokenExpiry string } //nolint:revive // NIC's names
	if err := json.Unmarshal(data, &answer); err != nil {
		return client.APILogin{}, fmt.Errorf("reading the login: %w", err)
	}
	sek, err := face.Open(appKey, answer.Sek)
	if err != nil {
		return client.APILogin{}, fmt.Errorf("the SEK under the AppKey: %w", err)
	}
	expiry, err := time.ParseInLocation(time.DateTime, answer.TokenExpiry, scene.InIndia)
	if err != nil {
		return client.APILogin{}, fmt.Errorf("the token's expiry: %w", err)
	}
	return client.APILogin{Token: answer.AuthToken, SEK: sek, ExpiresAt: expiry}, nil
}
