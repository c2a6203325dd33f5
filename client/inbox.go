package client

import (
	"context"
	"net/http"
	"net/url"
	"time"
)

// What a message of the inbox is for, [Message].Purpose.
const (
	PurposeRegistrationOTP   = "registration-otp"   // sandbox, section 1
	PurposeAPIUserOTP        = "api-user-otp"       // production, section 2
	PurposePasswordResetOTP  = "password-reset-otp" // production, Forgot Password
	PurposeLoginOTP          = "login-otp"          // production, two-factor login
	PurposeClientCredentials = "client-credentials" // sandbox, a provider's client secret
	PurposeUsernameReminder  = "username-reminder"  // production, Forgot Username
)

// The ways a message is sent, [Message].Channel.
const (
	ChannelSMS   = "sms"
	ChannelEmail = "email"
)

// InboxFilter narrows the inbox; the zero value takes all of it.
type InboxFilter struct {
	GSTIN       string
	To          string // mobile or e-mail
	Purpose     string
	Environment string
}

// Message is an SMS or e-mail that the simulator would have sent.
type Message struct {
	ID          string    `json:"id"`
	Environment string    `json:"environment"`
	Purpose     string    `json:"purpose"`
	GSTIN       string    `json:"gstin"` // empty for a provider, who has a PAN
	Channel     string    `json:"channel"`
	To          string    `json:"to"` // mobile or e-mail, not masked
	Text        string    `json:"text"`
	OTP         string    `json:"otp"`
	Secret      string    `json:"secret"` // a client secret
	SentAt      time.Time `json:"sentAt"`
}

// Inbox lists what was sent, newest first.
func (c *Control) Inbox(ctx context.Context, f InboxFilter) ([]Message, error) {
	query := url.Values{}
	setIfGiven(query, "gstin", f.GSTIN)
	setIfGiven(query, "to", f.To)
	setIfGiven(query, "purpose", f.Purpose)
	setIfGiven(query, "environment", f.Environment)
	k := get(controlPath+"inbox", "messages")
	k.query = query
	return pages[Message](ctx, c.connection, k, 0)
}

// ClearInbox empties the inbox.
func (c *Control) ClearInbox(ctx context.Context) error {
	return c.do(ctx, call{method: http.MethodDelete, path: controlPath + "inbox"})
}
