package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// apiRegistrationDoc shows an API registration in the state that it is in.
type apiRegistrationDoc struct {
	APIRegistrationID string     `json:"apiRegistrationId"`
	State             string     `json:"state"`
	GSTIN             string     `json:"gstin"`
	SentTo            []string   `json:"sentTo"`
	ExpiresAt         *time.Time `json:"expiresAt,omitempty"`
	ResendAfter       *time.Time `json:"resendAfter,omitempty"`
	AttemptsLeft      *int       `json:"attemptsLeft,omitempty"`

	Username            string     `json:"username,omitempty"`
	RegistrationThrough string     `json:"registrationThrough,omitempty"`
	CompanyName         string     `json:"companyName,omitempty"`
	CreatedAt           *time.Time `json:"createdAt,omitempty"`
	Message             string     `json:"message,omitempty"`
}

func showAPIRegistration(p portal.Portal, f store.Flow) apiRegistrationDoc {
	doc := apiRegistrationDoc{APIRegistrationID: f.ID, State: f.State, GSTIN: f.GSTIN, SentTo: f.OTP.SentTo}
	switch f.State {
	case portal.OTPSent:
		c := p.ChallengeOf(f)
		doc.ExpiresAt, doc.ResendAfter, doc.AttemptsLeft = &c.ExpiresAt, &c.ResendAfter, &c.AttemptsLeft
	case portal.Completed:
		a := f.Result
		doc.Username, doc.RegistrationThrough, doc.CompanyName = a.Username, a.RegistrationThrough, a.CompanyName
		doc.CreatedAt, doc.Message = optional(a.At), portal.Message(f)
	default:
		doc.ExpiresAt = &f.ExpiresAt
	}
	return doc
}

func startAPIRegistration(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.StartAPIRegistration(r.Context(), s)
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{
		Status: http.StatusCreated, Location: base + "/api-registrations/" + f.ID, Body: showAPIRegistration(p, f),
	}, nil
}

func apiRegistration(p portal.Portal, s store.Session, r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	f, err := p.APIRegistration(r.Context(), s, id(r))
	return httpd.Reply{Body: showAPIRegistration(p, f)}, err
}

func resendOTP(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.ResendOTP(r.Context(), s, id(r))
	return sent(p, f, err)
}

func verifyAPIRegistration(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[otpBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.VerifyAPIRegistration(r.Context(), s, id(r), in.OTP)
	return httpd.Reply{Body: showAPIRegistration(p, f)}, err
}

// submitBody is apiUserBody with the secret that DIRECT asks for.
type submitBody struct {
	RegistrationThrough string  `json:"registrationThrough"`
	CompanyName         string  `json:"companyName"`
	ClientID            string  `json:"clientId"`
	ClientSecret        string  `json:"clientSecret"`
	Username            string  `json:"username"`
	Password            string  `json:"password"`
	ConfirmPassword     *string `json:"confirmPassword"`
}

func submit(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[submitBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.Submit(r.Context(), s, id(r), portal.NewAPIUser(in))
	return httpd.Reply{Status: http.StatusCreated, Location: base + "/api-users", Body: showAPIRegistration(p, f)}, err
}
