package store

import (
	"encoding/json"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Taxpayer holds a GSTIN. Both environments have the same taxpayers, except dummies.
type Taxpayer struct {
	GSTIN           string  `json:"gstin,omitzero"`
	LegalName       string  `json:"legalName,omitzero"`
	TradeName       string  `json:"tradeName,omitzero"`
	Status          string  `json:"status,omitzero"` // ACTIVE, CANCELLED, INACTIVE, PROVISIONAL or SUSPENDED
	Type            string  `json:"type,omitzero"`   // NIC's taxpayer type: REG, SEZ, …
	Mobile          string  `json:"mobile,omitzero"` // ten digits; empty when NIC's copy has none
	Email           string  `json:"email,omitzero"`  // lower case
	EInvoiceEnabled bool    `json:"eInvoiceEnabled,omitzero"`
	TransporterOnly bool    `json:"transporterOnly,omitzero"`
	EWayBillBlocked bool    `json:"ewayBillBlocked,omitzero"` // for not filing returns
	AATOCrore       float64 `json:"aatoCrore,omitzero"`       // aggregate annual turnover, crore rupees
	RegisteredOn    string  `json:"registeredOn,omitzero"`    // yyyy-MM-dd
	CancelledOn     string  `json:"cancelledOn,omitzero"`     // yyyy-MM-dd or empty
	DummyOf         string  `json:"dummyOf,omitzero"`         // PAN of the GSP that made this GSTIN in the sandbox
	Address         Address `json:"address,omitzero"`
}

// Address is a taxpayer's principal place of business.
type Address struct {
	Building string `json:"building"`
	Floor    string `json:"floor"`
	Street   string `json:"street"`
	Location string `json:"location"`
	Pincode  string `json:"pincode"` // six digits
}

// Organisation may register on the sandbox portal with its PAN.
type Organisation struct {
	PAN       string `json:"pan,omitzero"`
	LegalName string `json:"legalName,omitzero"`
	Type      string `json:"type,omitzero"` // GSP, ERP or ECO
	Mobile    string `json:"mobile,omitzero"`
	Email     string `json:"email,omitzero"`
}

// DirectAccess is a taxpayer's request to integrate without a GSP, by PAN.
type DirectAccess struct {
	PAN    string `json:"pan,omitzero"`
	Status string `json:"status,omitzero"` // APPROVED, AWAITING_IP, AWAITING_OFFICER or REJECTED
}

// Provider owns client credentials: the first of the two pairs that a call of the API needs.
type Provider struct {
	ClientID     string   `json:"clientId,omitzero"`
	ClientSecret string   `json:"clientSecret,omitzero"`
	CompanyName  string   `json:"companyName,omitzero"`
	Type         string   `json:"type,omitzero"`    // GSP, ERP, ECO or DIRECT
	Through      []string `json:"through,omitzero"` // the values of "Registration through" for which it is offered
	PAN          string   `json:"pan,omitzero"`
}

// PortalUser logs in to the production portal.
type PortalUser struct {
	Username     string `json:"username,omitzero"`
	PasswordHash string `json:"passwordHash,omitzero"`
	GSTIN        string `json:"gstin,omitzero"`
	Source       string `json:"source,omitzero"` // E_INVOICE or EWAY_BILL: where the login was made
	Frozen       bool   `json:"frozen,omitzero"`
}

// Subscription is what an ERP (Enterprise Resource Planning system) holds at a GSP (GST Suvidha Provider) to call its
// gateway.
type Subscription struct {
	ID          string
	CompanyName string          // of the GSP
	ClientID    string          // with which the gateway calls NIC
	Subscriber  string          // the ERP's name
	Face        string          // a name of package subscription
	Caller      string          // the secret by which the gateway finds the subscription
	Environment nic.Environment // empty for both
	Secrets     map[string]string
	Variants    []string // of package subscription
}

// APIUser is the second pair: a GSTIN has one for each provider.
type APIUser struct {
	Environment         nic.Environment `json:"environment,omitzero"`
	Username            string          `json:"username,omitzero"`
	PasswordHash        string          `json:"passwordHash,omitzero"`
	GSTIN               string          `json:"gstin,omitzero"`
	ClientID            string          `json:"clientId,omitzero"`
	RegistrationThrough string          `json:"registrationThrough,omitzero"` // GSP, ERP or DIRECT
	CompanyName         string          `json:"companyName,omitzero"`
	Frozen              bool            `json:"frozen,omitzero"`
	CreatedAt           time.Time       `json:"createdAt,omitzero"`
}

// Connection is what a GSP (GST Suvidha Provider) keeps of a taxpayer: the API user with which it logs in at NIC. A
// GSP has one for each GSTIN in each environment.
type Connection struct {
	ID          string
	ClientID    string // of the GSP
	Environment nic.Environment
	GSTIN       string
	Username    string
	Password    Password
	CreatedAt   time.Time
	Tested      Test
}

// Password is a password that is kept in clear, as a GSP must: it sends the password to NIC. It formats as "***".
type Password string

// String returns three asterisks, so that no log and no error has the password.
func (Password) String() string { return "***" }

// GoString is String for %#v.
func (Password) GoString() string { return "***" }

// Test is the result of the last login with a connection at NIC.
type Test struct {
	Status      string    // ACTIVE, INACTIVE or NOT_TESTED
	At          time.Time // zero before the first test
	NICCode     string    // of NIC's refusal
	Detail      string    // what was answered, in words
	TokenExpiry string    // as NIC writes it
}

// Entry is an entry of a log of the world, such as a message of its inbox.
type Entry struct {
	Log  string
	No   int64 // counts up from 1 in its log
	JSON json.RawMessage
	End  int64 // bytes of the entries up to this one, those that were deleted too, in a log that has a bound of bytes
}

// Captcha is a picture that was drawn and not answered yet.
type Captcha struct {
	ID          string          `json:"id,omitzero"`
	Environment nic.Environment `json:"environment,omitzero"`
	Answer      string          `json:"answer,omitzero"`
	ExpiresAt   time.Time       `json:"expiresAt,omitzero"`
}

// Flow is one registration, Create API User, Forgot Password or login with an OTP, from its first step to its last.
type Flow struct {
	ID          string          `json:"id,omitzero"`
	Kind        string          `json:"kind,omitzero"` // one of those of package portal
	Environment nic.Environment `json:"environment,omitzero"`
	State       string          `json:"state,omitzero"`
	Category    string          `json:"category,omitzero"` // TAXPAYER, GSP, ERP or ECO
	GSTIN       string          `json:"gstin,omitzero"`
	PAN         string          `json:"pan,omitzero"`
	LegalName   string          `json:"legalName,omitzero"`
	TradeName   string          `json:"tradeName,omitzero"`
	Username    string          `json:"username,omitzero"` // the portal user whose password was forgotten, or that logs in
	Password    string          `json:"password,omitzero"` // hash of the one with which a login began; another one ends it
	OTP         OTP             `json:"otp,omitzero"`
	CreatedAt   time.Time       `json:"createdAt,omitzero"`
	ExpiresAt   time.Time       `json:"expiresAt,omitzero"`
	Result      Acknowledgement `json:"result,omitzero"` // once completed
}

// OTP is a flow's one-time password and its history.
type OTP struct {
	Code      string    `json:"code,omitzero"`     // empty when none is waiting
	Replaced  []string  `json:"replaced,omitzero"` // codes that a later one replaced
	SentTo    []string  `json:"sentTo,omitzero"`   // masked
	SentAt    time.Time `json:"sentAt,omitzero"`
	ExpiresAt time.Time `json:"expiresAt,omitzero"`
	Sends     int       `json:"sends,omitzero"`
	Failures  int       `json:"failures,omitzero"`
}

// Acknowledgement is what a completed registration shows.
type Acknowledgement struct {
	Number              string    `json:"number,omitzero"` // 15 digits
	At                  time.Time `json:"at,omitzero"`
	RegistrationThrough string    `json:"registrationThrough,omitzero"`
	CompanyName         string    `json:"companyName,omitzero"`
	ClientID            string    `json:"clientId,omitzero"`
	Username            string    `json:"username,omitzero"`
}

// Session is a login to a portal.
type Session struct {
	Token       string          `json:"token,omitzero"`
	Environment nic.Environment `json:"environment,omitzero"`
	Username    string          `json:"username,omitzero"` // portal user in production, API user in the sandbox
	ClientID    string          `json:"clientId,omitzero"` // provider in the sandbox
	GSTIN       string          `json:"gstin,omitzero"`
	PAN         string          `json:"pan,omitzero"`
	LegalName   string          `json:"legalName,omitzero"`
	Source      string          `json:"source,omitzero"` // E_INVOICE, EWAY_BILL, API_USER or PROVIDER
	ExpiresAt   time.Time       `json:"expiresAt,omitzero"`
}

// Attempts are the failed logins of one name.
type Attempts struct {
	Environment nic.Environment `json:"environment,omitzero"`
	Name        string          `json:"name,omitzero"`
	Failures    []time.Time     `json:"failures,omitzero"`
	LockedUntil time.Time       `json:"lockedUntil,omitzero"`
	ExpiresAt   time.Time       `json:"expiresAt,omitzero"`
}

// Count is how many events a name has had in a window, and the block that followed if they were errors.
type Count struct {
	Environment nic.Environment `json:"environment,omitzero"`
	Name        string          `json:"name,omitzero"`  // of what is counted, and of the client id, user or taxpayer
	Since       time.Time       `json:"since,omitzero"` // when the window began
	Events      int             `json:"events,omitzero"`
	BlockedAt   time.Time       `json:"blockedAt,omitzero"` // zero: not blocked
	ExpiresAt   time.Time       `json:"expiresAt,omitzero"` // when the window ends, or the block
}

// Snapshot is a copy of the state of a world, which its store has by a name.
type Snapshot struct {
	Name    string    `json:"name"`
	TakenAt time.Time `json:"takenAt"` // by the world's clock
	Bytes   int       `json:"bytes"`   // of the content
}

// Counter is how far a series has counted.
type Counter struct {
	Environment nic.Environment `json:"environment,omitzero"`
	Series      string          `json:"series,omitzero"`
	Last        int64           `json:"last,omitzero"`
}

// Blocked reports whether the name was blocked for its errors.
func (c Count) Blocked() bool { return !c.BlockedAt.IsZero() }
