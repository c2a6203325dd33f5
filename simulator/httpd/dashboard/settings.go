package dashboard

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd/control"
	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/settings"
)

// setting is one member of the settings' JSON.
type setting struct {
	name  string
	value json.RawMessage
}

// settingsOf lists the settings in their order.
func settingsOf(s settings.Settings) ([]setting, error) {
	document, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(document))
	if _, err := decoder.Token(); err != nil { // {
		return nil, err
	}
	var list []setting
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		list = append(list, setting{name.(string), value})
	}
	return list, nil
}

// shown is a setting's value as a form has it.
func (s setting) shown() string {
	if s.isText() {
		return strings.Trim(string(s.value), `"`)
	}
	return string(s.value)
}

func (s setting) isText() bool { return s.value[0] == '"' }
func (s setting) isTruth() bool {
	return string(s.value) == "true" || string(s.value) == "false"
}

// kind says how a value is written.
func (s setting) kind() string {
	switch {
	case s.isText():
		return "a duration such as 10m" // any text will do for the others here
	case s.isTruth():
		return "true or false"
	case s.name == "rules":
		return `rules that are switched, such as {"hsn-length":false}`
	case strings.HasSuffix(s.name, "Crore"):
		return "a number"
	default:
		return "a whole number"
	}
}

// put sets the setting to what was typed, and nothing beside it: a text, or one value of JSON. A
// null would leave it as it was.
func (s setting) put(all *settings.Settings, typed string) (ok bool) {
	var value any = json.RawMessage(typed)
	if s.isText() {
		value = typed
	}
	document, err := json.Marshal(map[string]any{s.name: value}) // an error if it is not one value
	return err == nil && (s.isText() || typed != "null") && json.Unmarshal(document, all) == nil
}

// about says what each setting is.
var about = map[string]string{
	"captchaLifetime":         "From drawing a captcha to the last answer",
	"otpLifetime":             "How long an OTP opens",
	"otpResendInterval":       "How long before the next OTP is sent",
	"otpMaxSends":             "Sendings in one flow",
	"otpMaxAttempts":          "Wrong OTPs that end a flow",
	"flowLifetime":            "From the first step of a flow to the last",
	"sessionIdle":             "A session without a request",
	"loginMaxFailures":        "Wrong passwords that lock an account",
	"loginFailureWindow":      "Time in which they count",
	"lockDuration":            "How long the lock holds",
	"usernameMin":             "Characters of a username, API_ not counted",
	"usernameMax":             "Characters of a username, API_ not counted",
	"passwordMin":             "Characters of a password",
	"passwordMax":             "Characters of a password",
	"directThresholdCrore":    "Turnover in crore rupees from which direct integration is open",
	"smsDelay":                "Between sending an SMS and its arrival",
	"smsDropped":              "No SMS arrives; e-mails do",
	"outage":                  "The portals answer nothing but 3020",
	"tokenLifetimeSandbox":    "Life of a token of the sandbox API",
	"tokenLifetimeProduction": "Life of a token of the production API",
	"cancelWindow":            "From the acknowledgement until an invoice can be cancelled no more",
	"readWindow":              "From the acknowledgement until an invoice can be read no more",
	"irpErrorDetails":         "How the API writes ErrorDetails: array, base64 or json",
	"irpV103":                 "The retired version of auth answers",
	"aatoThresholdCrore":      "Turnover in crore rupees from which documents may not be old",
	"maxDocumentAgeDays":      "Days that such a document may be old (2305)",
	"floorDate":               "No document is older (2284)",
	"hsnSixDigitsCrore":       "Turnover in crore rupees from which four digits of HSN are too few",
	"ewayBillMaxAgeDays":      "Days that a document may be old whose goods move (4043)",
	"rules":                   `Rules of an invoice that are switched, as in {"hsn-length":false}`,
	"unknownGstin":            "What becomes of a GSTIN in an invoice that nobody holds: refuse or synthesise",
}

func settingsPage(v *visit) (look.Page, error) {
	now, err := settingsOf(v.world.Settings())
	if err != nil {
		return look.Page{}, err
	}
	defaults, err := settingsOf(v.world.Defaults())
	if err != nil {
		return look.Page{}, err
	}
	var fields []look.Field
	for i, s := range now {
		f := look.Field{
			Name: s.name, Label: s.name, Kind: look.Text, Value: s.shown(), Autocomplete: "off",
			Hint: about[s.name] + ". At first " + defaults[i].shown() + ".",
		}
		if s.isTruth() {
			truth := yesOrNo(f.Name, f.Label, s.shown() == "true")
			truth.Hint = f.Hint
			f = truth
		}
		fields = append(fields, f)
	}
	return look.Page{
		Title: "Settings", Name: "settings", Data: v.done(),
		Form: v.form("/settings", "settings", []look.Button{{Text: "Save"}, {Text: "Back to the defaults", Name: "defaults", Quiet: true}}, fields...),
	}, nil
}

func changeSettings(v *visit, typed url.Values) (string, error) {
	s := v.world.Defaults()
	if typed.Has("defaults") {
		return did("/settings", "defaults"), control.SetSettings(v.world, s)
	}
	known, err := settingsOf(s)
	if err != nil {
		return "", err
	}
	for _, one := range known {
		if !typed.Has(one.name) {
			continue
		}
		value := strings.TrimSpace(typed.Get(one.name))
		if one.name == "rules" {
			s.Rules = nil
		}
		if !one.put(&s, value) {
			return "", fieldFail(one.name, "must be "+one.kind())
		}
	}
	return did("/settings", "saved"), control.SetSettings(v.world, s)
}
