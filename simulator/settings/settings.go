// Package settings holds what a world enforces where NIC publishes no figure, or
// where a test wants another one. The zero value is not useful: start from Default.
package settings

import (
	"encoding/json"
	"fmt"
	"time"
)

// Settings are one world's figures. All of the portal's are SIM: NIC publishes no
// lifetime and no limit for its portals, only the password's character classes.
type Settings struct {
	CaptchaLifetime Duration `json:"captchaLifetime"` // from drawing to the last answer

	OTPLifetime       Duration `json:"otpLifetime"`       // from sending to the last attempt
	OTPResendInterval Duration `json:"otpResendInterval"` // between two sendings
	OTPMaxSends       int      `json:"otpMaxSends"`       // sendings in one flow, the first included
	OTPMaxAttempts    int      `json:"otpMaxAttempts"`    // wrong OTPs that end a flow
	FlowLifetime      Duration `json:"flowLifetime"`      // from the first step to the last

	SessionIdle        Duration `json:"sessionIdle"`        // a portal session without a request
	LoginMaxFailures   int      `json:"loginMaxFailures"`   // wrong passwords that lock an account
	LoginFailureWindow Duration `json:"loginFailureWindow"` // in which they count
	LockDuration       Duration `json:"lockDuration"`       // how long the lock holds

	UsernameMin int `json:"usernameMin"` // characters, `API_` not counted
	UsernameMax int `json:"usernameMax"`
	PasswordMin int `json:"passwordMin"` // characters
	PasswordMax int `json:"passwordMax"`

	// DirectThresholdCrore is the turnover, in crore rupees, from which a taxpayer
	// may integrate directly. NIC's pages say 500, later ones 100.
	DirectThresholdCrore float64 `json:"directThresholdCrore"`

	SMSDelay   Duration `json:"smsDelay"`   // between sending an SMS and its arrival
	SMSDropped bool     `json:"smsDropped"` // no SMS arrives at all
	Outage     bool     `json:"outage"`     // the portals answer nothing but NIC's 3020

	IRP // the e-Invoice API's, beside the others on the wire
}

// Default returns the figures of a fresh world.
func Default() Settings {
	return Settings{
		CaptchaLifetime:      Duration(5 * time.Minute),
		OTPLifetime:          Duration(10 * time.Minute),
		OTPResendInterval:    Duration(30 * time.Second),
		OTPMaxSends:          5,
		OTPMaxAttempts:       3,
		FlowLifetime:         Duration(time.Hour),
		SessionIdle:          Duration(15 * time.Minute),
		LoginMaxFailures:     5,
		LoginFailureWindow:   Duration(15 * time.Minute),
		LockDuration:         Duration(15 * time.Minute),
		UsernameMin:          6,
		UsernameMax:          15,
		PasswordMin:          8,
		PasswordMax:          15,
		DirectThresholdCrore: 100,

		IRP: defaultIRP(),
	}
}

// Violation is a setting whose value cannot be used.
type Violation struct{ Setting, Rule string }

// Check returns every refused setting, in the order of the fields.
func (s Settings) Check() []Violation {
	var violations []Violation
	want := func(ok bool, setting, rule string) {
		if !ok {
			violations = append(violations, Violation{setting, rule})
		}
	}
	const span, count = "must be longer than nothing", "must be at least 1"
	want(s.CaptchaLifetime > 0, "captchaLifetime", span)
	want(s.OTPLifetime > 0, "otpLifetime", span)
	want(s.OTPResendInterval >= 0, "otpResendInterval", "must not be negative")
	want(s.OTPMaxSends >= 1, "otpMaxSends", count)
	want(s.OTPMaxAttempts >= 1, "otpMaxAttempts", count)
	want(s.FlowLifetime > 0, "flowLifetime", span)
	want(s.SessionIdle > 0, "sessionIdle", span)
	want(s.LoginMaxFailures >= 1, "loginMaxFailures", count)
	want(s.LoginFailureWindow > 0, "loginFailureWindow", span)
	want(s.LockDuration > 0, "lockDuration", span)
	want(s.UsernameMin >= 1, "usernameMin", count)
	want(s.UsernameMax >= s.UsernameMin, "usernameMax", "must not be below usernameMin")
	want(s.PasswordMin >= 4, "passwordMin", "must be at least 4, one character of each class")
	want(s.PasswordMax >= s.PasswordMin, "passwordMax", "must not be below passwordMin")
	want(s.DirectThresholdCrore >= 0, "directThresholdCrore", "must not be negative")
	want(s.SMSDelay >= 0, "smsDelay", "must not be negative")
	s.checkEach(want)
	return violations
}

// Duration is a time.Duration that travels as text, such as "10m" or "1h30m".
type Duration time.Duration

// String writes a duration without the zero parts that time.Duration adds.
func (d Duration) String() string {
	s := time.Duration(d).String()
	for _, zero := range []string{"m0s", "h0m"} {
		if n := len(s) - len(zero); n >= 0 && s[n:] == zero {
			s = s[:n+1]
		}
	}
	return s
}

// MarshalJSON writes the duration as a JSON string.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads a JSON string such as "10m".
func (d *Duration) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil // like a member that is left out
	}
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("a duration is text such as \"10m\": %w", err)
	}
	v, err := time.ParseDuration(s)
	if err != nil {
		return fmt.Errorf("%q is no duration: write it as \"30s\", \"10m\" or \"1h30m\"", s)
	}
	*d = Duration(v)
	return nil
}
