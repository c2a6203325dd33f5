package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// Production is NIC's production portal, section 2 of the guide. Its cookies are its own. It may be
// used by several goroutines, which then share a login session.
type Production struct{ portal }

var _ Portal = (*Production)(nil)

// NewProduction makes a client of the portal at baseURL, as in http://127.0.0.1:7002 or, for one
// world of a simulator, http://127.0.0.1:7002/w/blue.
func NewProduction(baseURL string, o Options) (*Production, error) {
	p, err := connectPortal(baseURL, EnvironmentProduction, o)
	if err != nil {
		return nil, err
	}
	return &Production{p}, nil
}

// APIRegistration is the state of one Create API User.
type APIRegistration struct {
	ID           string    `json:"apiRegistrationId"`
	State        string    `json:"state"` // OTP_SENT, OTP_VERIFIED, COMPLETED
	GSTIN        string    `json:"gstin"`
	SentTo       []string  `json:"sentTo"`    // masked mobile and e-mail
	ExpiresAt    time.Time `json:"expiresAt"` // of the OTP in state OTP_SENT, else of the flow
	ResendAfter  time.Time `json:"resendAfter"`
	AttemptsLeft int       `json:"attemptsLeft"`
}

// APIUser is a user of the production API. Submit gives State, GSTIN and Message, the list gives
// Status.
type APIUser struct {
	Username    string    `json:"username"` // with the portal's prefix API_
	Through     string    `json:"registrationThrough"`
	CompanyName string    `json:"companyName"`
	CreatedAt   time.Time `json:"createdAt"`
	Status      string    `json:"status"` // ACTIVE or FROZEN
	State       string    `json:"state"`  // COMPLETED
	GSTIN       string    `json:"gstin"`
	Message     string    `json:"message"`
}

// PasswordChange is the form that gives an API user another password.
type PasswordChange struct {
	Current string `json:"currentPassword"`
	New     string `json:"newPassword"`
}

func apiRegistrationPath(id string) string {
	return "/portal/v1/api-registrations/" + url.PathEscape(id)
}

func apiUserPath(username string) string { return "/portal/v1/api-users/" + url.PathEscape(username) }

// StartAPIRegistration is the guide's Create API User; this alone sends the OTP.
func (p *Production) StartAPIRegistration(ctx context.Context) (APIRegistration, error) {
	k := post("/portal/v1/api-registrations", nil, http.StatusCreated, "apiRegistrationId")
	return read[APIRegistration](ctx, p.connection, k)
}

// APIRegistration looks at an API registration again.
func (p *Production) APIRegistration(ctx context.Context, id string) (APIRegistration, error) {
	return read[APIRegistration](ctx, p.connection, get(apiRegistrationPath(id), "state"))
}

// ResendOTP sends another OTP that replaces the one before. Refusals: otp-too-soon with RetryAfter,
// otp-limit, otp-send-limit with RetryAfter.
func (p *Production) ResendOTP(ctx context.Context, id string) (OTPSent, error) {
	return p.sendOTP(ctx, apiRegistrationPath(id))
}

// VerifyOTP submits the OTP. Refusals: otp-mismatch with AttemptsLeft, otp-attempts-exhausted,
// otp-expired.
func (p *Production) VerifyOTP(ctx context.Context, id, otp string) (APIRegistration, error) {
	r, err := read[APIRegistration](ctx, p.connection, verification(apiRegistrationPath(id), otp))
	if err == nil {
		r.ID = id // the answer need not repeat it
	}
	return r, err
}

// Submit makes the API user. The portal puts API_ before the username unless it is there.
func (p *Production) Submit(ctx context.Context, id string, u NewAPIUser) (APIUser, error) {
	k := post(apiRegistrationPath(id)+"/api-user", u, http.StatusCreated, "username")
	return read[APIUser](ctx, p.connection, k)
}

// APIUsers lists the API users of the signed-in GSTIN.
func (p *Production) APIUsers(ctx context.Context) ([]APIUser, error) {
	return member[[]APIUser](ctx, p.connection, get("/portal/v1/api-users", "apiUsers"))
}

// ChangePassword gives an API user another password. Refusals: password-mismatch, password-reused,
// password-policy.
func (p *Production) ChangePassword(ctx context.Context, username string, c PasswordChange) error {
	return p.do(ctx, call{
		method: http.MethodPut, path: apiUserPath(username) + "/password", in: c, status: http.StatusNoContent,
	})
}

// Freeze stops an API user for good. Refusal: already-frozen.
func (p *Production) Freeze(ctx context.Context, username string) error {
	return p.do(ctx, call{
		method: http.MethodPost, path: apiUserPath(username) + "/freeze", status: http.StatusNoContent,
	})
}
