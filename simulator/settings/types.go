package settings

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// UnknownGSTIN says what happens to a GSTIN in an invoice that no taxpayer holds.
type UnknownGSTIN string

// The treatments of unknown GSTINs.
const (
	RefuseUnknown     UnknownGSTIN = "refuse"     // 3028
	SynthesiseUnknown UnknownGSTIN = "synthesise" // an active regular taxpayer is made up, the same every time
)

// TwoFactor says when a login to the production portal needs an OTP after the password.
type TwoFactor string

// The values of TwoFactor.
const (
	TwoFactorOff      TwoFactor = "off"
	TwoFactorTimeline TwoFactor = "timeline" // on the days, and from the turnovers, on which NIC asks for it
	TwoFactorAlways   TwoFactor = "always"
)

// ErrorDetailsForm is how the API writes ErrorDetails. NIC's pages say Base64, captures show an array,
// and some clients have met JSON in a string.
type ErrorDetailsForm string

// The forms of ErrorDetails.
const (
	ErrorDetailsArray  ErrorDetailsForm = "array"
	ErrorDetailsBase64 ErrorDetailsForm = "base64"
	ErrorDetailsJSON   ErrorDetailsForm = "json"
)

// LimitAnswer is how the e-Invoice API answers a call that exceeds a limit.
type LimitAnswer string

// The answers to a call that exceeds a limit.
const (
	LimitStatus LimitAnswer = "status" // HTTP 429 with Retry-After
	LimitCode   LimitAnswer = "code"   // NIC's 3108
)

// Date is a day, written yyyy-MM-dd.
type Date string

// Time returns midnight in India at the beginning of the day.
func (d Date) Time() (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, string(d), nic.IST)
}

// DateOf returns the day in India at a moment.
func DateOf(at time.Time) Date { return Date(at.In(nic.IST).Format(time.DateOnly)) }

// RulesDay is the day whose rules a world enforces: a [Date], or RulesOfClock.
type RulesDay string

// RulesOfClock are the rules of the day that the world's clock shows.
const RulesOfClock RulesDay = "clock"

// Time returns midnight in India at the beginning of the day. It is not ok for RulesOfClock.
func (d RulesDay) Time() (day time.Time, ok bool) {
	if d == RulesOfClock || d == "" {
		return time.Time{}, false
	}
	day, err := Date(d).Time()
	return day, err == nil
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
		return fmt.Errorf("%q is not a duration: write it as \"30s\", \"10m\" or \"1h30m\"", s)
	}
	*d = Duration(v)
	return nil
}
