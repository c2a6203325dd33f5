package client

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Credentials are what the e-Invoice API asks for: the client's from a GSP, ERP or direct
// registration, and the API user's, made for one GSTIN and one client. A member left empty is sent
// as nothing, and the API says that it misses it. Printed, the two secrets do not show.
type Credentials struct {
	ClientID     string
	ClientSecret string
	GSTIN        string
	Username     string // in production with its API_
	Password     string
}

// String leaves the secrets out.
func (c Credentials) String() string {
	return fmt.Sprintf("%s for %s through %s", c.Username, c.GSTIN, c.ClientID)
}

// GoString leaves the secrets out.
func (c Credentials) GoString() string { return "client.Credentials(" + c.String() + ")" }

// LogValue leaves the secrets out.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// API is NIC's e-Invoice API for one API user. It logs in by itself when a call needs it, keeps the
// token while it lasts, asks for another before it ends, and logs in again and repeats a call once that
// was refused for its token (1005) or its session key (1020). Several goroutines may use it; they share one login.
//
// A refusal is a [*APIError] with NIC's codes, a document that is registered already an
// [*AlreadyRegistered]; other errors are those of the package's comment. None carries a password,
// a client secret, a token, a key or a document.
type API struct {
	*apiState
	portal string // the header irp; empty: none
}

// The portals of NIC's Invoice Registration Portal (IRP), see [API.At].
const (
	NIC1 = "NIC1"
	NIC2 = "NIC2"
)

// At returns the API whose calls are made at a portal, NIC1 or NIC2, which they name in the header irp. It shares the
// login, which is valid at both. Without a portal, calls are made at the one of the address. Refusal: 3098 unknown.
func (a *API) At(portal string) *API { return &API{a.apiState, portal} }

// apiState is what all clients made by At share.
type apiState struct {
	*connection
	who Credentials
	key *rsa.PublicKey
	now func() time.Time

	mu      sync.Mutex // guards what follows
	random  io.Reader
	current *apiLogin  // nil before the first login
	running *loginCall // nil while no login runs
}

// A signed invoice of 2 MB, NIC's limit, is three layers of base64 and escapes when it comes back.
const apiAnswerLimit = 16 << 20

// NewAPI makes a client of the API at baseURL, as in https://einv1api.gstsandbox.nic.in,
// http://127.0.0.1:7001 or, for one world of a simulator, http://127.0.0.1:7001/w/blue. The
// environment's key, under which it takes logins, comes as PEM: a public key or the certificate
// of one.
func NewAPI(baseURL string, who Credentials, publicKeyPEM []byte, o Options) (*API, error) {
	c, err := connect(baseURL, o, apiAnswerLimit)
	if err != nil {
		return nil, err
	}
	key, err := parsePublicKey(publicKeyPEM)
	if err != nil {
		return nil, fmt.Errorf("the API's public key: %w", err)
	}
	a := &API{apiState: &apiState{connection: c, who: who, key: key, now: o.Now, random: o.Random}}
	if a.now == nil {
		a.now = time.Now
	}
	if a.random == nil {
		a.random = rand.Reader
	}
	return a, nil
}

// String leaves all secrets out.
func (a *API) String() string { return "API of " + a.who.String() }

// GoString leaves all secrets out.
func (a *API) GoString() string { return "client.API(" + a.who.String() + ")" }

// header is what every call carries, spelt as on NIC's pages.
func (a *API) header() map[string]string {
	return map[string]string{
		"Content-Type":  mediaJSON,
		"client_id":     a.who.ClientID,
		"client_secret": a.who.ClientSecret,
		"Gstin":         a.who.GSTIN,
	}
}

// sealedCall is a call whose business answer comes with HTTP status 200, whatever it says.
func (a *API) sealedCall(method, path string) call {
	k := call{method: method, path: path, header: a.header(), status: http.StatusOK}
	if a.portal != "" {
		k.header["irp"] = a.portal
	}
	return k
}
