package settings_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/settings"
)

// The defaults as they are on the wire.
func TestDefault(t *testing.T) {
	got, err := json.Marshal(settings.Default())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"captchaLifetime":"5m","otpLifetime":"10m","otpResendInterval":"30s","otpMaxSends":5,"otpMaxAttempts":3,` +
		`"flowLifetime":"1h","sessionIdle":"15m","loginMaxFailures":5,"loginFailureWindow":"15m","lockDuration":"15m",` +
		`"twoFactor":"off","usernameMin":6,"usernameMax":15,"passwordMin":8,"passwordMax":15,"directThresholdCrore":100,` +
		`"smsDelay":"0s","smsDropped":false,"outage":false,` +
		`"callLimit":0,"loginLimit":0,"loginLimitWindow":"15m","limitAnswer":"status","otpSendLimit":1000,` +
		`"otpFailureLimit":300,"otpSendWindow":"1h","clientErrorLimit":0,"userErrorLimit":0,"errorWindow":"24h","blockDuration":"24h",` +
		`"tokenLifetimeSandbox":"1h","tokenLifetimeProduction":"6h","cancelWindow":"24h","readWindow":"48h",` +
		`"irpErrorDetails":"array","irpV103":false,"irpSync":"0s",` +
		`"unknownGstin":"refuse","aatoThresholdCrore":null,"maxDocumentAgeDays":null,"floorDate":null,` +
		`"hsnSixDigitsCrore":null,"ewayBillMaxAgeDays":null,"rulesOn":"clock","announcedRules":false,"rules":{}}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if violations := settings.Default().Check(); len(violations) > 0 {
		t.Errorf("the defaults are refused: %v", violations)
	}
}

func TestCheck(t *testing.T) {
	const shortest = settings.Duration(time.Second) // of a window
	for _, c := range []struct {
		name       string
		change     func(*settings.Settings)
		violations []string
	}{
		{"nothing changed", func(*settings.Settings) {}, nil},
		{"the lower bounds", func(s *settings.Settings) {
			*s = settings.Settings{
				CaptchaLifetime: 1, OTPLifetime: 1, OTPMaxSends: 1, OTPMaxAttempts: 1, FlowLifetime: 1, SessionIdle: 1,
				LoginMaxFailures: 1, LoginFailureWindow: 1, LockDuration: 1, UsernameMin: 1, UsernameMax: 1, PasswordMin: 4,
				PasswordMax: 4, TwoFactor: settings.TwoFactorAlways,
				TokenLifetimeSandbox: 1, TokenLifetimeProduction: 1, CancelWindow: 1, ReadWindow: 1,
				IRPErrorDetails: settings.ErrorDetailsJSON, FloorDate: new(settings.Date("1900-01-01")), RulesOn: "2020-10-01",
				UnknownGSTIN:     settings.SynthesiseUnknown,
				LoginLimitWindow: shortest, LimitAnswer: settings.LimitCode, OTPSendWindow: shortest, ErrorWindow: shortest,
				BlockDuration: shortest,
			}
		}, nil},
		{"the zero value", func(s *settings.Settings) { *s = settings.Settings{} }, []string{
			"captchaLifetime", "otpLifetime", "otpMaxSends", "otpMaxAttempts", "flowLifetime", "sessionIdle",
			"loginMaxFailures", "loginFailureWindow", "lockDuration", "twoFactor", "usernameMin", "usernameMax",
			"passwordMin", "passwordMax", "loginLimitWindow", "limitAnswer", "otpSendWindow", "errorWindow", "blockDuration",
			"tokenLifetimeSandbox", "tokenLifetimeProduction", "cancelWindow", "readWindow", "irpErrorDetails",
			"unknownGstin", "rulesOn",
		}},
		{"negative", func(s *settings.Settings) {
			s.OTPResendInterval, s.SMSDelay, s.DirectThresholdCrore = -1, -1, -0.1
		},
			[]string{"otpResendInterval", "directThresholdCrore", "smsDelay"}},
		{"the longest below the shortest", func(s *settings.Settings) { s.UsernameMax, s.PasswordMax = 5, 7 },
			[]string{"usernameMax", "passwordMax"}},
		{"above the upper bounds", func(s *settings.Settings) {
			s.MaxDocumentAgeDays, s.FloorDate = new(int(1e9)), new(settings.Date("9999-12-31"))
			s.CancelWindow, s.OTPMaxSends, s.RulesOn = math.MaxInt64, math.MaxInt, "2020-09-30"
		}, []string{"otpMaxSends", "cancelWindow", "maxDocumentAgeDays", "floorDate", "rulesOn"}},
		{"not a day", func(s *settings.Settings) {
			s.FloorDate, s.RulesOn = new(settings.Date("2025-02-30")), "today"
		}, []string{"floorDate", "rulesOn"}},
		{"too short for a character of each class", func(s *settings.Settings) { s.PasswordMin = 3 },
			[]string{"passwordMin"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := settings.Default()
			c.change(&s)
			var got []string
			for _, f := range s.Check() {
				if got = append(got, f.Setting); f.Rule == "" {
					t.Errorf("%s: the violation names no rule", f.Setting)
				}
			}
			if !slices.Equal(got, c.violations) {
				t.Errorf("refused: %v; want %v", got, c.violations)
			}
		})
	}
}

// Every setting that has neither a few values nor the names of rules has an upper bound, so that no sum overflows.
func TestEveryFigureHasAnUpperBound(t *testing.T) {
	all := settings.Default()
	for _, d := range settings.All() {
		value := d.Of(all)
		if d.Name != "rules" && d.Max == "" && len(d.Choices) == 0 && value != "true" && value != "false" {
			t.Errorf("%s, which is %q, has no upper bound", d.Name, value)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		text    string
		want    time.Duration
		written string // empty: the same
	}{
		{`"0s"`, 0, ""},
		{`"0"`, 0, `"0s"`},
		{`"30s"`, 30 * time.Second, ""},
		{`"10m"`, 10 * time.Minute, ""},
		{`"10m0s"`, 10 * time.Minute, `"10m"`},
		{`"10m30s"`, 10*time.Minute + 30*time.Second, ""},
		{`"1h"`, time.Hour, ""},
		{`"1h0m5s"`, time.Hour + 5*time.Second, ""},
		{`"90m"`, 90 * time.Minute, `"1h30m"`},
		{`"20h10m"`, 20*time.Hour + 10*time.Minute, ""},
		{`"1.5s"`, 1500 * time.Millisecond, ""},
		{`"-10m"`, -10 * time.Minute, ""},
		{`"100h"`, 100 * time.Hour, ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			var d settings.Duration
			if err := json.Unmarshal([]byte(c.text), &d); err != nil || time.Duration(d) != c.want {
				t.Errorf("read as %s, %v; want %s", time.Duration(d), err, c.want)
			}
			written, err := json.Marshal(d)
			if c.written == "" {
				c.written = c.text
			}
			if err != nil || string(written) != c.written {
				t.Errorf("written as %s, %v; want %s", written, err, c.written)
			}
		})
	}
	for _, text := range []string{`""`, `"10"`, `"ten minutes"`, `"10 m"`, `600`, `true`, `{}`, `[]`, `"9999999999h"`} {
		t.Run("refused: "+text, func(t *testing.T) {
			d := settings.Duration(7)
			if err := json.Unmarshal([]byte(text), &d); err == nil || d != 7 {
				t.Errorf("read as %s, %v", time.Duration(d), err)
			}
		})
	}
	t.Run("null changes nothing", func(t *testing.T) {
		d := settings.Duration(7)
		if err := json.Unmarshal([]byte("null"), &d); err != nil || d != 7 {
			t.Errorf("read as %s, %v", time.Duration(d), err)
		}
	})
}

// A duration that was read is written in a form that reads as the same duration.
func FuzzDuration(f *testing.F) {
	for _, text := range []string{`"10m"`, `"1h0m0s"`, `null`, `"-1ns"`, `600`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var d, again settings.Duration
		if json.Unmarshal(text, &d) != nil {
			return
		}
		written, err := json.Marshal(d)
		if err != nil {
			t.Fatalf("%s was read as %d and cannot be written: %v", text, d, err)
		}
		if err := json.Unmarshal(written, &again); err != nil || again != d {
			t.Errorf("%s was read as %d, written as %s, read as %d: %v", text, d, written, again, err)
		}
	})
}
