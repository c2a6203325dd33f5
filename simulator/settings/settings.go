// Package settings holds the figures that a world enforces where NIC publishes none, or where a test
// wants another one. Start from [Default]: the zero value is not useful.
//
// [Groups] describes each setting once: its default, its bounds, and its words in the documentation and
// on the dashboard. A new setting is a field of [Settings] and a row there.
package settings

import (
	"maps"
	"reflect"
)

// Settings are one world's figures. All of the portals' are SIM: NIC publishes no lifetime and no limit
// for its portals, only the character classes of a password.
type Settings struct {
	CaptchaLifetime   Duration `json:"captchaLifetime"`
	OTPLifetime       Duration `json:"otpLifetime"`
	OTPResendInterval Duration `json:"otpResendInterval"`
	OTPMaxSends       int      `json:"otpMaxSends"`
	OTPMaxAttempts    int      `json:"otpMaxAttempts"`
	FlowLifetime      Duration `json:"flowLifetime"`

	SessionIdle        Duration  `json:"sessionIdle"`
	LoginMaxFailures   int       `json:"loginMaxFailures"`
	LoginFailureWindow Duration  `json:"loginFailureWindow"`
	LockDuration       Duration  `json:"lockDuration"`
	TwoFactor          TwoFactor `json:"twoFactor"`

	UsernameMin          int     `json:"usernameMin"`
	UsernameMax          int     `json:"usernameMax"`
	PasswordMin          int     `json:"passwordMin"`
	PasswordMax          int     `json:"passwordMax"`
	DirectThresholdCrore float64 `json:"directThresholdCrore"`

	SMSDelay   Duration `json:"smsDelay"`
	SMSDropped bool     `json:"smsDropped"`
	Outage     bool     `json:"outage"`

	CallLimit        int         `json:"callLimit"` // 0: off, as the other limits
	LoginLimit       int         `json:"loginLimit"`
	LoginLimitWindow Duration    `json:"loginLimitWindow"`
	LimitAnswer      LimitAnswer `json:"limitAnswer"`
	OTPSendLimit     int         `json:"otpSendLimit"`
	OTPFailureLimit  int         `json:"otpFailureLimit"`
	OTPSendWindow    Duration    `json:"otpSendWindow"`
	ClientErrorLimit int         `json:"clientErrorLimit"`
	UserErrorLimit   int         `json:"userErrorLimit"`
	ErrorWindow      Duration    `json:"errorWindow"`
	BlockDuration    Duration    `json:"blockDuration"`

	TokenLifetimeSandbox    Duration         `json:"tokenLifetimeSandbox"`
	TokenLifetimeProduction Duration         `json:"tokenLifetimeProduction"`
	CancelWindow            Duration         `json:"cancelWindow"`
	ReadWindow              Duration         `json:"readWindow"`
	IRPErrorDetails         ErrorDetailsForm `json:"irpErrorDetails"`
	IRPv103                 bool             `json:"irpV103"`
	IRPSync                 Duration         `json:"irpSync"`

	UnknownGSTIN UnknownGSTIN `json:"unknownGstin"`
	// Figures that are nil follow the timeline of the rules; see package rulebook.
	AATOThresholdCrore *float64 `json:"aatoThresholdCrore"`
	MaxDocumentAgeDays *int     `json:"maxDocumentAgeDays"`
	FloorDate          *Date    `json:"floorDate"`
	HSNSixDigitsCrore  *float64 `json:"hsnSixDigitsCrore"`
	EWayBillMaxAgeDays *int     `json:"ewayBillMaxAgeDays"`

	RulesOn        RulesDay        `json:"rulesOn"`
	AnnouncedRules bool            `json:"announcedRules"`
	Rules          map[string]bool `json:"rules"` // by name: in force or not
}

// Default returns the figures of a fresh world.
func Default() Settings {
	var s Settings
	for _, d := range All() {
		if err := d.Set(&s, d.Default); err != nil {
			panic(err) // part of the program, and read by a test
		}
	}
	return s
}

// LimitsCalls reports whether a limit or a block of the e-Invoice API is set.
func (s *Settings) LimitsCalls() bool {
	return s.CallLimit|s.LoginLimit|s.ClientErrorLimit|s.UserErrorLimit != 0
}

// Clone returns a copy that shares nothing with s.
func (s Settings) Clone() Settings {
	for _, d := range All() {
		if field := d.field(&s); field.Kind() == reflect.Pointer && !field.IsNil() {
			value := reflect.New(field.Type().Elem())
			value.Elem().Set(field.Elem())
			field.Set(value)
		}
	}
	s.Rules = maps.Clone(s.Rules)
	return s
}

// Violation is a setting whose value cannot be used.
type Violation struct{ Setting, Rule string }

// Check returns a violation for each setting that cannot be used, in the order of [All]. The names in
// Rules are not checked: the packages of the rules know them.
func (s Settings) Check() []Violation {
	var violations []Violation
	for _, d := range All() {
		if rule := d.broken(&s); rule != "" {
			violations = append(violations, Violation{d.Name, rule})
		}
	}
	return violations
}
