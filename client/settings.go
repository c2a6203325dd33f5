package client

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Duration is a time.Duration that travels as a Go duration string, as in "10m0s".
type Duration time.Duration

// String is that of time.Duration.
func (d Duration) String() string { return time.Duration(d).String() }

// MarshalText writes a Go duration string.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a Go duration string.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("reading a duration: %w", err)
	}
	*d = Duration(parsed)
	return nil
}

// Settings are the rules that a world enforces. A field that is zero is not sent, and the simulator
// then takes its default: the zero Settings are the defaults.
type Settings struct {
	CaptchaLifetime      Duration `json:"captchaLifetime,omitzero"`
	OTPLifetime          Duration `json:"otpLifetime,omitzero"`
	OTPResendInterval    Duration `json:"otpResendInterval,omitzero"`
	OTPMaxSends          int      `json:"otpMaxSends,omitzero"`    // in one flow
	OTPMaxAttempts       int      `json:"otpMaxAttempts,omitzero"` // in one flow
	FlowLifetime         Duration `json:"flowLifetime,omitzero"`
	SessionIdle          Duration `json:"sessionIdle,omitzero"`
	LoginMaxFailures     int      `json:"loginMaxFailures,omitzero"`
	LoginFailureWindow   Duration `json:"loginFailureWindow,omitzero"`
	LockDuration         Duration `json:"lockDuration,omitzero"`
	UsernameMin          int      `json:"usernameMin,omitzero"` // characters
	UsernameMax          int      `json:"usernameMax,omitzero"`
	PasswordMin          int      `json:"passwordMin,omitzero"`
	PasswordMax          int      `json:"passwordMax,omitzero"`
	DirectThresholdCrore float64  `json:"directThresholdCrore,omitzero"` // turnover, crore rupees
	SMSDelay             Duration `json:"smsDelay,omitzero"`             // until an SMS shows in the inbox
	SMSDropped           bool     `json:"smsDropped,omitzero"`           // SMS never arrive; e-mail does
	Outage               bool     `json:"outage,omitzero"`               // the portals answer 503
	IRPSync              Duration `json:"irpSync,omitzero"`              // until an invoice reaches NIC's other portal
	CallLimit            int      `json:"callLimit,omitzero"`            // calls a minute; 0: no limit, as below
	LoginLimit           int      `json:"loginLimit,omitzero"`           // in LoginLimitWindow
	LoginLimitWindow     Duration `json:"loginLimitWindow,omitzero"`
	LimitAnswer          string   `json:"limitAnswer,omitzero"`     // status: HTTP 429; code: NIC's 3108
	OTPSendLimit         int      `json:"otpSendLimit,omitzero"`    // to a taxpayer, in OTPSendWindow
	OTPFailureLimit      int      `json:"otpFailureLimit,omitzero"` // wrong OTPs of a taxpayer, in OTPSendWindow
	OTPSendWindow        Duration `json:"otpSendWindow,omitzero"`
	ClientErrorLimit     int      `json:"clientErrorLimit,omitzero"` // in ErrorWindow; more block the client id
	UserErrorLimit       int      `json:"userErrorLimit,omitzero"`   // in ErrorWindow; more block the API user or the GSTIN
	ErrorWindow          Duration `json:"errorWindow,omitzero"`
	BlockDuration        Duration `json:"blockDuration,omitzero"`
}

// Settings reads what the world enforces.
func (c *Control) Settings(ctx context.Context) (Settings, error) {
	return read[Settings](ctx, c.connection,
		get(controlPath+"settings", "otpLifetime"))
}

// PatchSettings changes the named settings of the world and leaves the others. The names and values are
// those of the JSON, such as "otpLifetime": "10m".
func (c *Control) PatchSettings(ctx context.Context, change map[string]any) error {
	return c.do(ctx, call{method: http.MethodPatch, path: controlPath + "settings", in: change})
}

// PutSettings replaces what the world enforces.
func (c *Control) PutSettings(ctx context.Context, s Settings) error {
	return c.do(ctx, call{method: http.MethodPut, path: controlPath + "settings", in: s})
}
