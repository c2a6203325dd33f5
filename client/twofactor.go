package client

import (
	"context"
	"net/http"
	"net/url"
)

// PendingLogin is a login whose password was right and that waits for an OTP: two-factor login. The OTP goes to the
// registered mobile by SMS.
type PendingLogin struct {
	ID    string `json:"loginId"`
	GSTIN string `json:"gstin"`
	OTPSent
}

func loginPath(id string) string { return "/portal/v1/logins/" + url.PathEscape(id) }

// ResendLoginOTP sends another OTP that replaces the one before. Refusals as for ResendOTP.
func (p *Production) ResendLoginOTP(ctx context.Context, id string) (OTPSent, error) {
	return p.sendOTP(ctx, loginPath(id))
}

// VerifyLoginOTP submits the OTP of a pending login, and keeps the cookie of the session that it opens. Refusals as for
// VerifyOTP, and those of the account's state.
func (p *Production) VerifyLoginOTP(ctx context.Context, id, otp string) (Session, error) {
	k := verification(loginPath(id), otp)
	k.need = "source"
	return read[Session](ctx, p.connection, k)
}

// Login signs in and keeps the session's cookie for the calls that follow. If the portal asks for an OTP too, the
// session has a Pending login and nothing else, and VerifyLoginOTP opens it. Refusals: login-failed, account-locked and
// those of the account's state.
func (p *Production) Login(ctx context.Context, l Login) (Session, error) {
	k := post("/portal/v1/login", l, 0, "source")
	k.media = mediaJSON
	status, body, err := p.exchange(ctx, k)
	if err != nil {
		return Session{}, err
	}
	if status == http.StatusAccepted {
		k.need = "loginId"
		pending, err := decoded[PendingLogin](k, status, body)
		if err != nil {
			return Session{}, err
		}
		return Session{Pending: &pending}, nil
	}
	return decoded[Session](k, status, body)
}

// pass asks the source for the OTP of a login that needs one, and submits it.
func (l PendingLogin) pass(ctx context.Context, p ProductionSection, source Source) (Session, error) {
	otp, err := source.OTP(ctx, OTPQuery{
		Environment: EnvironmentProduction, Purpose: PurposeLoginOTP, GSTIN: l.GSTIN, SentTo: l.SentTo,
	})
	if err != nil {
		return Session{}, err
	}
	return p.VerifyLoginOTP(ctx, l.ID, otp)
}
