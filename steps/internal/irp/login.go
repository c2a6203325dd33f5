package irp

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
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

// attempt is a login as it should be, with the credentials that the person used last.
func (c *calls) attempt(ctx context.Context, p *scene.Person) (*attempt, error) {
	u := c.of(p).current
	text, err := c.Control.PublicKey(ctx, environments[u.portal])
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

// send performs the login and keeps what came of it.
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
	sek, err := openedWith(appKey, answer.Sek)
	if err != nil {
		return client.APILogin{}, fmt.Errorf("the SEK under the AppKey: %w", err)
	}
	expiry, err := time.ParseInLocation(time.DateTime, answer.TokenExpiry, scene.InIndia)
	if err != nil {
		return client.APILogin{}, fmt.Errorf("the token's expiry: %w", err)
	}
	return client.APILogin{Token: answer.AuthToken, SEK: sek, ExpiresAt: expiry}, nil
}

// mistake is something wrong with a login.
type mistake struct {
	words string
	spoil func(ctx context.Context, c *calls, a *attempt) error
}

// authMistakes are in the order in which the API looks for them.
var authMistakes = []mistake{
	{"without client_id", without("client_id")},
	{"without client_secret", without("client_secret")},
	{"without Gstin", without("Gstin")},
	{"with another client's secret", always(func(a *attempt) { a.headers["client_secret"] = scene.UnknownClientSecret })},
	{"without Data", always(func(a *attempt) { a.noData = true })},
	{"under the key of the other portal", func(ctx context.Context, c *calls, a *attempt) error {
		text, err := c.Control.PublicKey(ctx, environments[otherPortal[a.user.portal]])
		if err != nil {
			return err
		}
		a.key, err = rsaKey(text)
		return err
	}},
	{"with something that is no login", always(func(a *attempt) { a.inside = []byte(base64.StdEncoding.EncodeToString([]byte("no login"))) })},
	{"with an AppKey of 31 bytes", always(func(a *attempt) { a.setAppKey(a.user.appKey(31)) })},
	{"as an unknown user", always(func(a *attempt) { a.body["UserName"] = "nobody_2026" })},
	{"through another company", func(ctx context.Context, c *calls, a *attempt) (err error) {
		a.headers["client_id"], a.headers["client_secret"], err = c.Credentials(ctx, "Malwa Suvidha Services's client id")
		return err
	}},
	{"with a wrong password", always(func(a *attempt) { a.body["Password"] = scene.WrongPassword })},
	{"under another GSTIN", always(func(a *attempt) { a.headers["Gstin"] = anotherGSTIN(a.user.GSTIN) })},
	{"as a taxpayer who is not enabled", func(ctx context.Context, c *calls, a *attempt) error {
		no := false
		return c.Control.PatchTaxpayer(ctx, a.user.GSTIN, client.TaxpayerChange{EInvoiceEnabled: &no})
	}},
}

// always makes a mistake that needs nothing else.
func always(change func(*attempt)) func(context.Context, *calls, *attempt) error {
	return func(_ context.Context, _ *calls, a *attempt) error {
		change(a)
		return nil
	}
}

// anotherGSTIN is that of Dakshin or, for Dakshin, of Deccan.
func anotherGSTIN(own string) string {
	if dakshin := scene.GivenTaxpayers["Dakshin"].GSTIN; own != dakshin {
		return dakshin
	}
	return scene.GivenTaxpayers["Deccan"].GSTIN
}

func without(header string) func(context.Context, *calls, *attempt) error {
	return always(func(a *attempt) { delete(a.headers, header) })
}

// spoil puts mistakes into a login, the last first, so that of two about one thing the first stays.
func (c *calls) spoil(ctx context.Context, a *attempt, mistakes []mistake) error {
	for _, f := range slices.Backward(mistakes) {
		if err := f.spoil(ctx, c, a); err != nil {
			return err
		}
	}
	return nil
}

// authMistake finds a mistake by its words.
func authMistake(words string) (index int, err error) {
	index = slices.IndexFunc(authMistakes, func(f mistake) bool { return f.words == strings.TrimSpace(words) })
	if index < 0 {
		return 0, fmt.Errorf("there is no login %q", words)
	}
	return index, nil
}
