package dashboard

import (
	"time"

	"github.com/nicsim/nicsim/simulator/httpd/layout"
)

// settingKind is how the value of a setting is typed, and how its default is said.
type settingKind struct {
	control layout.Kind
	mode    string // the keyboard of a telephone
	text    bool   // the JSON has a text
	rule    string // what a value must be
	words   func(value string) string
}

// The kinds of setting.
var (
	span     = &settingKind{layout.Text, "", true, "a duration such as 10m", lasting}
	count    = &settingKind{layout.Text, "numeric", false, "a whole number", asItIs}
	days     = &settingKind{layout.Text, "numeric", false, "a whole number", followedBy(" days")}
	crores   = &settingKind{layout.Text, "decimal", false, "a number", followedBy(" crore rupees")}
	day      = &settingKind{"date", "", true, "a day such as 2025-04-01", dated}
	truth    = &settingKind{layout.Select, "", false, "true or false", asItIs}
	chosen   = &settingKind{layout.Select, "", true, "one of those that are offered", asItIs}
	switches = &settingKind{layout.Text, "", false, `rules that are switched, such as {"hsn-length":false}`, rulesSwitched}
)

func asItIs(value string) string { return value }

func followedBy(unit string) func(string) string {
	return func(value string) string { return value + unit }
}

func dated(value string) string {
	at, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return value
	}
	return at.Format("2 January 2006")
}

func rulesSwitched(value string) string {
	if value == "{}" {
		return "none"
	}
	return value
}

// lasting says a duration as a person does, "1 hour 30 minutes"; what has parts of a second stays as
// it is.
func lasting(value string) string {
	d, err := time.ParseDuration(value)
	switch {
	case err != nil || d < 0 || d%time.Second != 0:
		return value
	case d == 0:
		return "at once"
	}
	return layout.Lasting(d)
}
