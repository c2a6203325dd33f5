package portalapi

import (
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// registrationDoc shows a registration in the state that it is in; after Create it
// carries the acknowledgement too.
type registrationDoc struct {
	RegistrationID string    `json:"registrationId"`
	State          string    `json:"state"`
	Category       string    `json:"category"`
	GSTIN          string    `json:"gstin,omitempty"`
	PAN            string    `json:"pan,omitempty"`
	LegalName      string    `json:"legalName"`
	TradeName      string    `json:"tradeName"`
	StateCode      string    `json:"stateCode,omitempty"`
	SentTo         []string  `json:"sentTo"`
	ExpiresAt      time.Time `json:"expiresAt,omitzero"`
	ResendAfter    time.Time `json:"resendAfter,omitzero"`
	AttemptsLeft   *int      `json:"attemptsLeft,omitempty"`

	AcknowledgementNo   string    `json:"acknowledgementNo,omitempty"`
	AcknowledgedAt      time.Time `json:"acknowledgedAt,omitzero"`
	RegistrationThrough string    `json:"registrationThrough,omitempty"`
	CompanyName         string    `json:"companyName,omitempty"`
	ClientID            string    `json:"clientId,omitempty"`
	Username            string    `json:"username,omitempty"`
	Message             string    `json:"message,omitempty"`
}

func (c *call) showRegistration(f store.Flow) registrationDoc {
	doc := registrationDoc{
		RegistrationID: f.ID, State: f.State, Category: f.Category, GSTIN: f.GSTIN, PAN: f.PAN,
		LegalName: f.LegalName, TradeName: f.TradeName, StateCode: nic.GSTIN(f.GSTIN).StateCode(),
		SentTo: []string{},
	}
	switch f.State {
	case portal.OTPSent:
		sent := c.ChallengeOf(f)
		doc.SentTo, doc.AttemptsLeft = sent.SentTo, &sent.AttemptsLeft
		doc.ExpiresAt, doc.ResendAfter = sent.ExpiresAt, sent.ResendAfter
	case portal.Completed:
		doc.SentTo, doc.Message = f.OTP.SentTo, portal.Message(f)
		a := f.Result
		doc.AcknowledgementNo, doc.AcknowledgedAt, doc.Username = a.Number, a.At, a.Username
		doc.RegistrationThrough, doc.CompanyName, doc.ClientID = a.RegistrationThrough, a.CompanyName, a.ClientID
	case portal.OTPVerified:
		doc.SentTo, doc.ExpiresAt = f.OTP.SentTo, f.ExpiresAt
	default:
		doc.ExpiresAt = f.ExpiresAt
	}
	return doc
}

type registrantBody struct {
	Category string        `json:"category"`
	GSTIN    string        `json:"gstin"`
	PAN      string        `json:"pan"`
	Mobile   string        `json:"mobile"`
	Email    string        `json:"email"`
	Captcha  captchaAnswer `json:"captcha"`
}

func validate(c *call, in registrantBody) (httpd.Reply, error) {
	f, err := c.Validate(c.ctx, portal.Registrant{
		Category: in.Category, GSTIN: in.GSTIN, PAN: in.PAN,
		Mobile: in.Mobile, Email: in.Email, Captcha: in.Captcha.read(),
	})
	return c.registered(f, err)
}

// registered answers a call that creates a registration, or a user by it.
func (c *call) registered(f store.Flow, err error) (httpd.Reply, error) {
	at := base + "/registrations/" + f.ID
	return httpd.Reply{Status: http.StatusCreated, Location: at, Body: c.showRegistration(f)}, err
}

func registration(c *call) (httpd.Reply, error) {
	f, err := c.Registration(c.ctx, c.id())
	return httpd.Reply{Body: c.showRegistration(f)}, err
}

func sendOTP(c *call) (httpd.Reply, error) {
	return c.sent(c.SendOTP(c.ctx, c.id()))
}

func verifyOTP(c *call, in otpBody) (httpd.Reply, error) {
	f, err := c.VerifyOTP(c.ctx, c.id(), in.OTP)
	return httpd.Reply{Body: c.showRegistration(f)}, err
}

type apiUserBody struct {
	RegistrationThrough string  `json:"registrationThrough"`
	CompanyName         string  `json:"companyName"`
	ClientID            string  `json:"clientId"`
	Username            string  `json:"username"`
	Password            string  `json:"password"`
	ConfirmPassword     *string `json:"confirmPassword"`
}

func create(c *call, in apiUserBody) (httpd.Reply, error) {
	return c.registered(c.Create(c.ctx, c.id(), portal.NewAPIUser{
		RegistrationThrough: in.RegistrationThrough, CompanyName: in.CompanyName, ClientID: in.ClientID,
		Username: in.Username, Password: in.Password, ConfirmPassword: in.ConfirmPassword,
	}))
}

func clientCredentials(c *call) (httpd.Reply, error) {
	f, err := c.IssueClientCredentials(c.ctx, c.id())
	doc := map[string]string{"clientId": f.Result.ClientID, "message": portal.Message(f)}
	return httpd.Reply{Status: http.StatusCreated, Body: doc}, err
}

type stateBody struct {
	StateCode string `json:"stateCode"`
}

func dummyGSTIN(c *call, in stateBody) (httpd.Reply, error) {
	t, err := c.CreateDummyGSTIN(c.ctx, c.session, in.StateCode)
	return httpd.Reply{Status: http.StatusCreated, Body: map[string]string{"gstin": t.GSTIN}}, err
}
