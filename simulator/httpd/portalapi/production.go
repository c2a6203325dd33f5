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
	APIRegistrationID string    `json:"apiRegistrationId"`
	State             string    `json:"state"`
	GSTIN             string    `json:"gstin"`
	SentTo            []string  `json:"sentTo"`
	ExpiresAt         time.Time `json:"expiresAt,omitzero"`
	ResendAfter       time.Time `json:"resendAfter,omitzero"`
	AttemptsLeft      *int      `json:"attemptsLeft,omitempty"`

	Username            string    `json:"username,omitempty"`
	RegistrationThrough string    `json:"registrationThrough,omitempty"`
	CompanyName         string    `json:"companyName,omitempty"`
	CreatedAt           time.Time `json:"createdAt,omitzero"`
	Message             string    `json:"message,omitempty"`
}

func (c *call) showAPIRegistration(f store.Flow) apiRegistrationDoc {
	doc := apiRegistrationDoc{APIRegistrationID: f.ID, State: f.State, GSTIN: f.GSTIN, SentTo: f.OTP.SentTo}
	switch f.State {
	case portal.OTPSent:
		sent := c.ChallengeOf(f)
		doc.ExpiresAt, doc.ResendAfter, doc.AttemptsLeft = sent.ExpiresAt, sent.ResendAfter, &sent.AttemptsLeft
	case portal.Completed:
		a := f.Result
		doc.Username, doc.RegistrationThrough, doc.CompanyName = a.Username, a.RegistrationThrough, a.CompanyName
		doc.CreatedAt, doc.Message = a.At, portal.Message(f)
	default:
		doc.ExpiresAt = f.ExpiresAt
	}
	return doc
}

func startAPIRegistration(c *call) (httpd.Reply, error) {
	f, err := c.StartAPIRegistration(c.ctx, c.session)
	at := base + "/api-registrations/" + f.ID
	return httpd.Reply{Status: http.StatusCreated, Location: at, Body: c.showAPIRegistration(f)}, err
}

func apiRegistration(c *call) (httpd.Reply, error) {
	f, err := c.APIRegistration(c.ctx, c.session, c.id())
	return httpd.Reply{Body: c.showAPIRegistration(f)}, err
}

func resendOTP(c *call) (httpd.Reply, error) {
	return c.sent(c.ResendOTP(c.ctx, c.session, c.id()))
}

func verifyAPIRegistration(c *call, in otpBody) (httpd.Reply, error) {
	f, err := c.VerifyAPIRegistration(c.ctx, c.session, c.id(), in.OTP)
	return httpd.Reply{Body: c.showAPIRegistration(f)}, err
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

func submit(c *call, in submitBody) (httpd.Reply, error) {
	f, err := c.Submit(c.ctx, c.session, c.id(), portal.NewAPIUser(in))
	return httpd.Reply{Status: http.StatusCreated, Location: base + "/api-users", Body: c.showAPIRegistration(f)}, err
}
