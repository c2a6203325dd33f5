package store

import (
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// All kinds of record. Where a kind has one index, it is index 0.
var (
	states = describe(Kind[state]{Name: "state", Key: func(state) Key { return Key{} }, Reach: Inside})

	taxpayers = describe(Kind[Taxpayer]{
		Name:    "taxpayer",
		Reach:   Inside,
		Key:     func(t Taxpayer) Key { return Key{ID: t.GSTIN} },
		Indexes: []Index[Taxpayer]{{Name: "pan", Value: func(t Taxpayer) string { return string(nic.GSTIN(t.GSTIN).PAN()) }}},
	})
	organisations = describe(Kind[Organisation]{
		Name: "organisation", Reach: Inside, Key: func(o Organisation) Key { return Key{ID: o.PAN} },
	})
	directAccesses = describe(Kind[DirectAccess]{
		Name: "direct-access", Reach: Inside, Key: func(a DirectAccess) Key { return Key{ID: a.PAN} },
	})
	providers = describe(Kind[Provider]{
		Name:    "provider",
		Reach:   Inside,
		Key:     func(p Provider) Key { return Key{ID: p.ClientID} },
		Indexes: []Index[Provider]{{Name: "pan", Value: func(p Provider) string { return p.PAN }}},
	})
	subscriptions = describe(Kind[Subscription]{
		Name:  "subscription",
		Reach: Inside,
		Key:   func(s Subscription) Key { return Key{ID: s.ID} },
		Indexes: []Index[Subscription]{
			{Name: "caller", Value: func(s Subscription) string { return caller(s.Face, s.Caller) }, Unique: true},
		},
	})
	portalUsers = describe(Kind[PortalUser]{
		Name:    "portal-user",
		Reach:   Inside,
		Key:     func(u PortalUser) Key { return Key{ID: u.Username} },
		Indexes: []Index[PortalUser]{{Name: "gstin", Value: func(u PortalUser) string { return u.GSTIN }, Unique: true}},
	})
	apiUsers = describe(Kind[APIUser]{
		Name:  "api-user",
		Reach: Inside,
		Key:   func(u APIUser) Key { return Key{string(u.Environment), strings.ToLower(u.Username)} },
		Indexes: []Index[APIUser]{
			{Name: "gstin", Value: func(u APIUser) string { return u.GSTIN }},
			{Name: "client", Value: func(u APIUser) string { return u.ClientID }},
		},
	})

	snapshots = describe(Kind[Snapshot]{
		Name: "snapshot", Reach: Nowhere, Key: func(s Snapshot) Key { return Key{ID: s.Name} },
	})
	snapshotContents = describe(Kind[snapshotContent]{
		Name: "snapshot-content", Reach: Nowhere, Key: func(s snapshotContent) Key { return Key{ID: s.Name} },
	})
	connections = describe(Kind[Connection]{
		Name:  "connection",
		Reach: Inside, // it has a password
		Key:   func(c Connection) Key { return Key{ID: c.ID} },
		Indexes: []Index[Connection]{
			{Name: "company", Value: func(c Connection) string { return c.ClientID }},
			{Name: "taxpayer", Unique: true, Value: func(c Connection) string {
				return connected(c.Environment, c.ClientID, c.GSTIN)
			}},
		},
	})

	entries = describe(Kind[Entry]{
		Name: "entry", Reach: Nowhere, Key: func(e Entry) Key { return Key{e.Log, strconv.FormatInt(e.No, 10)} },
	})
	captchas = describe(Kind[Captcha]{
		Name:      "captcha",
		Reach:     Inside,
		Key:       func(c Captcha) Key { return Key{ID: c.ID} },
		ExpiresAt: func(c Captcha) time.Time { return c.ExpiresAt },
	})
	flows = describe(Kind[Flow]{
		Name: "flow",
		Key:  func(f Flow) Key { return Key{ID: f.ID} },
		ExpiresAt: func(f Flow) time.Time {
			if !f.Result.At.IsZero() { // a completed one is kept
				return time.Time{}
			}
			return f.ExpiresAt
		},
	})
	sessions = describe(Kind[Session]{
		Name:      "session",
		Reach:     Inside,
		Key:       func(s Session) Key { return Key{string(s.Environment), s.Token} },
		Indexes:   []Index[Session]{{Name: "account", Value: Session.account}},
		ExpiresAt: func(s Session) time.Time { return s.ExpiresAt },
	})
	attempts = describe(Kind[Attempts]{
		Name:      "attempts",
		Key:       func(a Attempts) Key { return Key{string(a.Environment), a.Name} },
		ExpiresAt: func(a Attempts) time.Time { return a.ExpiresAt },
	})
	counts = describe(Kind[Count]{
		Name:      "count",
		Key:       func(c Count) Key { return Key{string(c.Environment), c.Name} },
		ExpiresAt: func(c Count) time.Time { return c.ExpiresAt },
	})

	counters = describe(Kind[Counter]{
		Name: "counter",
		Key:  func(c Counter) Key { return Key{string(c.Environment), c.Series} },
	})

	tokens = describe(Kind[Token]{
		Name:  "token",
		Reach: Inside,
		Key:   func(t Token) Key { return Key{string(t.Environment), t.Value} },
		Indexes: []Index[Token]{
			{Name: "owner", Value: func(t Token) string { return owner(t.ClientID, t.Username) }, Unique: true},
		},
		ExpiresAt: func(t Token) time.Time { return t.ExpiresAt },
	})
	invoices = describe(Kind[Invoice]{
		Name: "invoice",
		Key:  func(i Invoice) Key { return Key{string(i.Environment), i.IRN} },
		Indexes: []Index[Invoice]{
			{Name: "document", Value: func(i Invoice) string { return i.Document.join() }, Unique: true},
			{Name: "rejected", Value: func(i Invoice) string {
				if i.RejectedAt.IsZero() {
					return ""
				}
				return rejected(i.SellerGSTIN, i.RejectedAt)
			}},
		},
	})
	eWayBills = describe(Kind[EWayBill]{
		Name:    "e-way-bill",
		Key:     func(e EWayBill) Key { return Key{string(e.Environment), strconv.FormatInt(e.No, 10)} },
		Indexes: []Index[EWayBill]{{Name: "irn", Value: func(e EWayBill) string { return e.IRN }}},
	})
)

// state is the one record of its kind.
type state struct{ JSON []byte }

// snapshotContent is what a snapshot has.
type snapshotContent struct {
	Name    string
	Content []byte
}

// account is the user or the provider of a session. No username has a blank.
func (s Session) account() string { return account(s.Username, s.ClientID) }

func account(username, clientID string) string {
	if username == "" {
		return "client " + clientID
	}
	return username
}

// owner joins what a token belongs to: no client id has a blank.
func owner(clientID, username string) string { return clientID + " " + username }

// connected joins what a connection is unique by.
func connected(env nic.Environment, clientID, gstin string) string {
	return string(env) + " " + clientID + " " + gstin
}

// caller joins a gateway face and what a caller of it is known by.
func caller(face, name string) string { return face + " " + name }

// rejected joins a supplier and the day of a rejection, in Indian Standard Time.
func rejected(gstin string, at time.Time) string {
	return gstin + " " + at.In(nic.IST).Format(time.DateOnly)
}

func (k DocumentKey) join() string { return k.GSTIN + "\n" + k.Type + "\n" + k.Number + "\n" + k.Date }
