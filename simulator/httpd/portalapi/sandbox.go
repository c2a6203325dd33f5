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
	RegistrationID string     `json:"registrationId"`
	State          string     `json:"state"`
	Category       string     `json:"category"`
	GSTIN          string     `json:"gstin,omitempty"`
	PAN            string     `json:"pan,omitempty"`
	LegalName      string     `json:"legalName"`
	TradeName      string     `json:"tradeName"`
	StateCode      string     `json:"stateCode,omitempty"`
	SentTo         []string   `json:"sentTo"`
	ExpiresAt      *time.Time `json:"expiresAt,omitempty"`
	ResendAfter    *time.Time `json:"resendAfter,omitempty"`
	AttemptsLeft   *int       `json:"attemptsLeft,omitempty"`

	AcknowledgementNo   string     `json:"acknowledgementNo,omitempty"`
	AcknowledgedAt      *time.Time `json:"acknowledgedAt,omitempty"`
	RegistrationThrough string     `json:"registrationThrough,omitempty"`
	CompanyName         string     `json:"companyName,omitempty"`
	ClientID            string     `json:"clientId,omitempty"`
	Username            string     `json:"username,omitempty"`
	Message             string     `json:"message,omitempty"`
}

func showRegistration(p portal.Portal, f store.Flow) registrationDoc {
	doc := registrationDoc{
		RegistrationID: f.ID, State: f.State, Category: f.Category, GSTIN: f.GSTIN, PAN: f.PAN,
		LegalName: f.LegalName, TradeName: f.TradeName, StateCode: nic.GSTIN(f.GSTIN).StateCode(),
		SentTo: []string{},
	}
	switch f.State {
	case portal.OTPSent:
		sent := p.ChallengeOf(f)
		doc.SentTo, doc.ExpiresAt, doc.ResendAfter, doc.AttemptsLeft = sent.SentTo, &sent.ExpiresAt, &sent.ResendAfter,
			&sent.AttemptsLeft
	case portal.Completed:
		doc.SentTo, doc.Message = f.OTP.SentTo, portal.Message(f)
		a := f.Result
		doc.AcknowledgementNo, doc.AcknowledgedAt = a.Number, optional(a.At)
		doc.RegistrationThrough, doc.CompanyName, doc.ClientID, doc.Username = a.RegistrationThrough, a.CompanyName,
			a.ClientID, a.Username
	case portal.OTPVerified:
		doc.SentTo, doc.ExpiresAt = f.OTP.SentTo, &f.ExpiresAt
	default:
		doc.ExpiresAt = &f.ExpiresAt
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

func validate(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[registrantBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.Validate(r.Context(), portal.Registrant{
		Category: in.Category, GSTIN: in.GSTIN, PAN: in.PAN,
		Mobile: in.Mobile, Email: in.Email, Captcha: in.Captcha.read(),
	})
	if err != nil {
		return httpd.Reply{}, err
	}
	return httpd.Reply{
		Status: http.StatusCreated, Location: base + "/registrations/" + f.ID, Body: showRegistration(p, f),
	}, nil
}

func registration(p portal.Portal, r *http.Request, _ *httpd.Call) (httpd.Reply, error) {
	f, err := p.Registration(r.Context(), id(r))
	return httpd.Reply{Body: showRegistration(p, f)}, err
}

func sendOTP(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.SendOTP(r.Context(), id(r))
	return sent(p, f, err)
}

// otpBody is what a person types under "Enter OTP".
type otpBody struct {
	OTP string `json:"otp"`
}

func verifyOTP(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[otpBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.VerifyOTP(r.Context(), id(r), in.OTP)
	return httpd.Reply{Body: showRegistration(p, f)}, err
}

type apiUserBody struct {
	RegistrationThrough string  `json:"registrationThrough"`
	CompanyName         string  `json:"companyName"`
	ClientID            string  `json:"clientId"`
	Username            string  `json:"username"`
	Password            string  `json:"password"`
	ConfirmPassword     *string `json:"confirmPassword"`
}

func (b apiUserBody) read() portal.NewAPIUser {
	return portal.NewAPIUser{
		RegistrationThrough: b.RegistrationThrough, CompanyName: b.CompanyName, ClientID: b.ClientID,
		Username: b.Username, Password: b.Password, ConfirmPassword: b.ConfirmPassword,
	}
}

func create(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[apiUserBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.Create(r.Context(), id(r), in.read())
	return httpd.Reply{
		Status: http.StatusCreated, Location: base + "/registrations/" + f.ID, Body: showRegistration(p, f),
	}, err
}

type clientDoc struct {
	ClientID string `json:"clientId"`
	Message  string `json:"message"`
}

func clientCredentials(p portal.Portal, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	if err := httpd.NoBody(r, call); err != nil {
		return httpd.Reply{}, err
	}
	f, err := p.IssueClientCredentials(r.Context(), id(r))
	return httpd.Reply{Status: http.StatusCreated, Body: clientDoc{f.Result.ClientID, portal.Message(f)}}, err
}

type stateBody struct {
	StateCode string `json:"stateCode"`
}

type gstinDoc struct {
	GSTIN string `json:"gstin"`
}

func dummyGSTIN(p portal.Portal, s store.Session, r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	in, err := httpd.Decode[stateBody](r, call)
	if err != nil {
		return httpd.Reply{}, err
	}
	t, err := p.CreateDummyGSTIN(r.Context(), s, in.StateCode)
	return httpd.Reply{Status: http.StatusCreated, Body: gstinDoc{t.GSTIN}}, err
}
