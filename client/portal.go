package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// The two environments, as [OTPQuery], [InboxFilter] and the journal name them. EnvironmentGSP is where the journal has
// the requests to a GSP.
const (
	EnvironmentSandbox    = "sandbox"
	EnvironmentProduction = "production"
	EnvironmentGSP        = "gsp"
)

// The ways to register through a provider, as [NewAPIUser] and Providers take them.
const (
	ThroughGSP    = "GSP"
	ThroughERP    = "ERP"
	ThroughDirect = "DIRECT"
)

// Portal is what both portals offer alike, and all that a [Source] needs of one.
type Portal interface {
	// Environment is EnvironmentSandbox or EnvironmentProduction.
	Environment() string
	// Open goes to a form and sees its captcha, which is spent by its first use, right or wrong.
	Open(ctx context.Context, f Form) (Captcha, error)
	// CaptchaImage fetches the captcha's PNG.
	CaptchaImage(ctx context.Context, c Captcha) ([]byte, error)
	// Providers lists the companies offered under "GSP" or "ERP". The production portal needs a
	// login session for it.
	Providers(ctx context.Context, through string) ([]Company, error)
}

// Company is a row of the portals' Company Name list. Client ids are never in it.
type Company struct {
	CompanyName string `json:"companyName"`
	Type        string `json:"type"` // GSP or ERP
}

// OTPSent is what a portal says when it has sent an OTP.
type OTPSent struct {
	State        string    `json:"state"`        // OTP_SENT
	SentTo       []string  `json:"sentTo"`       // masked mobile and e-mail
	ExpiresAt    time.Time `json:"expiresAt"`    // of the OTP
	ResendAfter  time.Time `json:"resendAfter"`  // not before then may it be sent again
	AttemptsLeft int       `json:"attemptsLeft"` // wrong OTPs that the flow still takes
}

// Login is what a login form takes: a username and its password or, on the sandbox and for a
// provider, a client id and its secret.
type Login struct {
	Username     string        `json:"username,omitempty"`
	Password     string        `json:"password,omitempty"`
	ClientID     string        `json:"clientId,omitempty"`
	ClientSecret string        `json:"clientSecret,omitempty"`
	Captcha      CaptchaAnswer `json:"captcha"`
}

// Where a login's credentials come from, [Session].Source.
const (
	SourceEInvoice = "E_INVOICE" // production: registered on the e-Invoice portal
	SourceEWayBill = "EWAY_BILL" // production: registered on the E-Way Bill portal
	SourceAPIUser  = "API_USER"  // sandbox: an API user
	SourceProvider = "PROVIDER"  // sandbox: a GSP, ERP or e-commerce operator
)

// Session describes the signed-in user. A provider on the sandbox has ClientID and PAN; every other
// user has Username and GSTIN.
type Session struct {
	Username  string    `json:"username"`
	ClientID  string    `json:"clientId"`
	GSTIN     string    `json:"gstin"`
	PAN       string    `json:"pan"`
	LegalName string    `json:"legalName"`
	Source    string    `json:"source"`
	Menu      []string  `json:"menu"`
	ExpiresAt time.Time `json:"expiresAt"` // if nothing is called until then

	// Pending is the login that waits for an OTP, nil for a session that was opened.
	Pending *PendingLogin `json:"-"`
}

// NewAPIUser is the form that makes an API user. A portal takes the fields that it asks for: the
// sandbox company and client id, production the company, and with DIRECT client id and secret.
type NewAPIUser struct {
	Through         string `json:"registrationThrough"` // GSP, ERP or DIRECT
	CompanyName     string `json:"companyName,omitempty"`
	ClientID        string `json:"clientId,omitempty"`
	ClientSecret    string `json:"clientSecret,omitempty"`
	Username        string `json:"username"`
	Password        string `json:"password"`
	ConfirmPassword string `json:"confirmPassword,omitempty"` // may be left out
}

// portal is the half of both portals that is the same.
type portal struct {
	*connection
	environment string
}

func connectPortal(baseURL, environment string, o Options) (portal, error) {
	c, err := connect(baseURL, o, portalAnswerLimit)
	if err != nil {
		return portal{}, err
	}
	return portal{c, environment}, c.keepCookies()
}

// Environment is EnvironmentSandbox or EnvironmentProduction.
func (p portal) Environment() string { return p.environment }

// Providers lists the companies offered under "GSP" or "ERP".
func (p portal) Providers(ctx context.Context, through string) ([]Company, error) {
	return member[[]Company](ctx, p.connection, call{
		method: http.MethodGet, path: "/portal/v1/providers", query: url.Values{"through": {through}},
		status: http.StatusOK, need: "providers",
	})
}

// Login signs in and keeps the session's cookie for the calls that follow. Refusals: login-failed,
// account-locked and those of the account's state.
func (p portal) Login(ctx context.Context, l Login) (Session, error) {
	return read[Session](ctx, p.connection, post("/portal/v1/login", l, http.StatusOK, "source"))
}

// Session reads the session of the signed-in user. Refusals: session-required, session-expired.
func (p portal) Session(ctx context.Context) (Session, error) {
	return read[Session](ctx, p.connection, get("/portal/v1/session", "source"))
}

// Logout ends the session.
func (p portal) Logout(ctx context.Context) error {
	return p.do(ctx, call{method: http.MethodPost, path: "/portal/v1/logout", status: http.StatusNoContent})
}

// sendOTP lets the flow at that path send one more OTP.
func (p portal) sendOTP(ctx context.Context, flow string) (OTPSent, error) {
	return read[OTPSent](ctx, p.connection, post(flow+"/otp", nil, http.StatusAccepted, "state"))
}

// verification submits an OTP to the flow at that path.
func verification(flow, otp string) call {
	return post(flow+"/otp/verification", map[string]string{"otp": otp}, http.StatusOK, "state")
}
