package client

import (
	"context"
	"time"
)

// Source supplies the answer of a captcha and an OTP, which a person reads in a picture and on a
// phone. Implementations respect the context and keep the answer out of their errors.
type Source interface {
	// Captcha reads the characters that a captcha shows.
	Captcha(ctx context.Context, from Portal, c Captcha) (string, error)
	// OTP reads the OTP that a flow has just sent.
	OTP(ctx context.Context, q OTPQuery) (string, error)
}

// OTPQuery says which OTP is wanted.
type OTPQuery struct {
	Environment string    // EnvironmentSandbox or EnvironmentProduction
	GSTIN       string    // whose flow it is; empty for a provider, who has a PAN
	PAN         string    // a provider's; its message is then found by Mobile and Email
	Mobile      string    // the registered ones, as far as the caller knows them
	Email       string    //
	SentTo      []string  // where the portal says it went, masked
	Purpose     string    // one of the inbox's purposes that end in -otp
	SentAfter   time.Time // older messages are passed over; zero takes any
}
