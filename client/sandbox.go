package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// The categories of registrants on the sandbox portal, [Registrant].Category.
const (
	CategoryTaxpayer = "TAXPAYER" // registers a GSTIN
	CategoryGSP      = "GSP"      // these three register a PAN
	CategoryERP      = "ERP"
	CategoryECO      = "ECO" // e-commerce operator
)

// Sandbox is NIC's trial portal, section 1 of the guide. Its cookies are its own. It may be used by
// several goroutines, which then share a login session.
type Sandbox struct{ portal }

var _ Portal = (*Sandbox)(nil)

// NewSandbox makes a client of the portal at baseURL, as in http://127.0.0.1:7001 or, for one world
// of a simulator, http://127.0.0.1:7001/w/blue.
func NewSandbox(baseURL string, o Options) (*Sandbox, error) {
	p, err := connectPortal(baseURL, EnvironmentSandbox, o)
	if err != nil {
		return nil, err
	}
	return &Sandbox{p}, nil
}

// Registrant is the registration form: a taxpayer gives a GSTIN, the other categories a PAN.
type Registrant struct {
	Category string        `json:"category"`
	GSTIN    string        `json:"gstin,omitempty"`
	PAN      string        `json:"pan,omitempty"`
	Mobile   string        `json:"mobile"` // the registered one
	Email    string        `json:"email"`  // the registered one
	Captcha  CaptchaAnswer `json:"captcha"`
}

// Registration is a registration's state so far.
type Registration struct {
	ID           string    `json:"registrationId"`
	State        string    `json:"state"` // VALIDATED, OTP_SENT, OTP_VERIFIED, COMPLETED
	Category     string    `json:"category"`
	GSTIN        string    `json:"gstin"`
	PAN          string    `json:"pan"`
	LegalName    string    `json:"legalName"`
	TradeName    string    `json:"tradeName"`
	StateCode    string    `json:"stateCode"`
	SentTo       []string  `json:"sentTo"`    // masked; empty before the OTP is sent
	ExpiresAt    time.Time `json:"expiresAt"` // of the OTP in state OTP_SENT, else of the flow
	ResendAfter  time.Time `json:"resendAfter"`
	AttemptsLeft int       `json:"attemptsLeft"`

	// After Create, as in the Acknowledgement.
	AcknowledgementNo string    `json:"acknowledgementNo"`
	AcknowledgedAt    time.Time `json:"acknowledgedAt"`
	Through           string    `json:"registrationThrough"`
	CompanyName       string    `json:"companyName"`
	ClientID          string    `json:"clientId"`
	Username          string    `json:"username"`
	Message           string    `json:"message"`
}

// Acknowledgement is what the portal shows after Create.
type Acknowledgement struct {
	AcknowledgementNo string    `json:"acknowledgementNo"`
	AcknowledgedAt    time.Time `json:"acknowledgedAt"`
	State             string    `json:"state"`
	GSTIN             string    `json:"gstin"`
	LegalName         string    `json:"legalName"`
	Through           string    `json:"registrationThrough"`
	CompanyName       string    `json:"companyName"`
	ClientID          string    `json:"clientId"`
	Username          string    `json:"username"`
	Message           string    `json:"message"`
}

// IssuedClient is the answer to a provider that asked for client credentials. The secret is not in
// it: it goes to the registered mobile by SMS.
type IssuedClient struct {
	ClientID string `json:"clientId"`
	Message  string `json:"message"`
}

func registrationPath(id string) string { return "/portal/v1/registrations/" + url.PathEscape(id) }

// Validate submits the registration form; it is the guide's Validate button.
func (s *Sandbox) Validate(ctx context.Context, r Registrant) (Registration, error) {
	k := post("/portal/v1/registrations", r, http.StatusCreated, "registrationId")
	return read[Registration](ctx, s.connection, k)
}

// Registration looks at a registration again.
func (s *Sandbox) Registration(ctx context.Context, id string) (Registration, error) {
	return read[Registration](ctx, s.connection, get(registrationPath(id), "state"))
}

// SendOTP sends the OTP, or sends another one that replaces it. Refusals: otp-too-soon with
// RetryAfter, otp-limit, otp-send-limit with RetryAfter.
func (s *Sandbox) SendOTP(ctx context.Context, id string) (OTPSent, error) {
	return s.sendOTP(ctx, registrationPath(id))
}

// VerifyOTP submits the OTP. Refusals: otp-mismatch with AttemptsLeft, otp-attempts-exhausted,
// otp-expired.
func (s *Sandbox) VerifyOTP(ctx context.Context, id, otp string) (Registration, error) {
	r, err := read[Registration](ctx, s.connection, verification(registrationPath(id), otp))
	if err == nil {
		r.ID = id // the answer need not repeat it
	}
	return r, err
}

// Create makes the API user of a taxpayer's registration.
func (s *Sandbox) Create(ctx context.Context, id string, u NewAPIUser) (Acknowledgement, error) {
	k := post(registrationPath(id)+"/api-user", u, http.StatusCreated, "acknowledgementNo")
	return read[Acknowledgement](ctx, s.connection, k)
}

// ClientCredentials makes client id and secret for a GSP's, ERP's or e-commerce operator's
// registration.
func (s *Sandbox) ClientCredentials(ctx context.Context, id string) (IssuedClient, error) {
	k := post(registrationPath(id)+"/client-credentials", nil, http.StatusCreated, "clientId")
	return read[IssuedClient](ctx, s.connection, k)
}

// CreateDummyGSTIN makes a GSTIN of state code, the signed-in GSP's PAN and three digits, for tests
// on the sandbox. Refusals: gsp-only, state-code-invalid.
func (s *Sandbox) CreateDummyGSTIN(ctx context.Context, stateCode string) (string, error) {
	k := post("/portal/v1/dummy-gstins", map[string]string{"stateCode": stateCode}, http.StatusCreated, "gstin")
	return member[string](ctx, s.connection, k)
}
