package store

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Taxpayer holds a GSTIN. Both environments have the same taxpayers, except dummies.
type Taxpayer struct {
	GSTIN           string
	LegalName       string
	TradeName       string
	Status          string // ACTIVE, CANCELLED, INACTIVE, PROVISIONAL or SUSPENDED
	Type            string // NIC's taxpayer type: REG, SEZ, …
	Mobile          string // ten digits; empty when NIC's copy has none
	Email           string // lower case
	EInvoiceEnabled bool
	TransporterOnly bool
	EWayBillBlocked bool    // for not filing returns
	AATOCrore       float64 // aggregate annual turnover, crore rupees
	RegisteredOn    string  // yyyy-MM-dd
	CancelledOn     string  // yyyy-MM-dd or empty
	DummyOf         string  // PAN of the GSP that made this GSTIN in the sandbox
	Address         Address
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
	PAN       string
	LegalName string
	Type      string // GSP, ERP or ECO
	Mobile    string
	Email     string
}

// DirectAccess is a taxpayer's request to integrate without a GSP, by PAN.
type DirectAccess struct {
	PAN    string
	Status string // APPROVED, AWAITING_IP, AWAITING_OFFICER or REJECTED
}

// Provider owns client credentials: the first of the two pairs that a call of the API needs.
type Provider struct {
	ClientID     string
	ClientSecret string
	CompanyName  string
	Type         string   // GSP, ERP, ECO or DIRECT
	Through      []string // the values of "Registration through" for which it is offered
	PAN          string
}

// PortalUser logs in to the production portal.
type PortalUser struct {
	Username     string
	PasswordHash string
	GSTIN        string
	Source       string // E_INVOICE or EWAY_BILL: where the login was made
	Frozen       bool
}

// APIUser is the second pair: a GSTIN has one for each provider.
type APIUser struct {
	Environment         nic.Environment
	Username            string
	PasswordHash        string
	GSTIN               string
	ClientID            string
	RegistrationThrough string // GSP, ERP or DIRECT
	CompanyName         string
	Frozen              bool
	CreatedAt           time.Time
}

// Captcha is a picture that was drawn and not answered yet.
type Captcha struct {
	ID          string
	Environment nic.Environment
	Answer      string
	ExpiresAt   time.Time
}

// Flow is one registration, Create API User, Forgot Password or login with an OTP, from its first step to its last.
type Flow struct {
	ID          string
	Kind        string // one of those of package portal
	Environment nic.Environment
	State       string
	Category    string // TAXPAYER, GSP, ERP or ECO
	GSTIN       string
	PAN         string
	LegalName   string
	TradeName   string
	Username    string // the portal user whose password was forgotten, or that logs in
	Password    string // hash of the password with which a login began; another one ends it
	OTP         OTP
	CreatedAt   time.Time
	ExpiresAt   time.Time
	Result      Acknowledgement // once completed
}

// OTP is a flow's one-time password and its history.
type OTP struct {
	Code      string   // empty when none is waiting
	Replaced  []string // codes that a later one replaced
	SentTo    []string // masked
	SentAt    time.Time
	ExpiresAt time.Time
	Sends     int
	Failures  int
}

// Acknowledgement is what a completed registration shows.
type Acknowledgement struct {
	Number              string // 15 digits
	At                  time.Time
	RegistrationThrough string
	CompanyName         string
	ClientID            string
	Username            string
}

// Session is a login to a portal.
type Session struct {
	Token       string
	Environment nic.Environment
	Username    string // portal user in production, API user in the sandbox
	ClientID    string // provider in the sandbox
	GSTIN       string
	PAN         string
	LegalName   string
	Source      string // E_INVOICE, EWAY_BILL, API_USER or PROVIDER
	ExpiresAt   time.Time
}

// Attempts are the failed logins of one name.
type Attempts struct {
	Environment nic.Environment
	Name        string
	Failures    []time.Time
	LockedUntil time.Time
	ExpiresAt   time.Time
}

// Count is how many events a name has had in a window, and the block that followed if they were errors.
type Count struct {
	Environment nic.Environment
	Name        string    // of what is counted, and of the client id, user or taxpayer
	Since       time.Time // when the window began
	Events      int
	BlockedAt   time.Time // zero: not blocked
	ExpiresAt   time.Time // when the window ends, or the block
}

// Blocked reports whether the name was blocked for its errors.
func (c Count) Blocked() bool { return !c.BlockedAt.IsZero() }
