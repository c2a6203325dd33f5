package rulebook_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// The switch of a rule decides, then a figure that is set, then the day.
func TestSettingsWin(t *testing.T) {
	for _, c := range []struct {
		name, rule string
		change     func(*settings.Settings)
		holds      bool
		why        string
	}{
		{"nothing is set", "document-age", func(*settings.Settings) {}, false, "not before 2023-11-01"},
		{"in force", "version", func(*settings.Settings) {}, true, "since 2020-10-01"},
		{"switched on", "document-age", func(s *settings.Settings) { s.Rules = map[string]bool{"document-age": true} },
			true, "switched on by the setting rules"},
		{"switched off", "version", func(s *settings.Settings) { s.Rules = map[string]bool{"version": false} },
			false, "switched off by the setting rules"},
		{"a figure is set", "document-age", func(s *settings.Settings) { s.MaxDocumentAgeDays = new(7) },
			true, "the setting maxDocumentAgeDays is set"},
		{"a figure is set and the rule switched off", "ewb-age", func(s *settings.Settings) {
			s.EWayBillMaxAgeDays, s.Rules = new(7), map[string]bool{"ewb-age": false}
		}, false, "switched off by the setting rules"},
		{"the figure of another rule", "document-age", func(s *settings.Settings) { s.HSNSixDigitsCrore = new(1.0) },
			false, "not before 2023-11-01"},
		{"the rules of another day", "document-age", func(s *settings.Settings) { s.RulesOn = "2023-11-01" },
			true, "since 2023-11-01"},
		{"the rules of an earlier day", "rates-40", func(s *settings.Settings) { s.RulesOn = "2025-09-21" },
			false, "not before 2025-09-22"},
		{"of the document's date", "rsp-valuation", func(*settings.Settings) {}, false,
			"not for documents before 2026-02-01"},
		{"a rule of the other environment", "two-factor-login", func(*settings.Settings) {}, false,
			"not in this environment"},
		{"a rule without editions", "new", func(*settings.Settings) {}, true, "at all times"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := settings.Default()
			c.change(&s)
			b := rulebook.New(&s, nic.Sandbox, on("2022-09-13"))
			if b.Holds(c.rule) != c.holds {
				t.Errorf("%s holds: %t", c.rule, !c.holds)
			}
			if got := b.Standing(c.rule); got.InForce != c.holds || got.Why != c.why {
				t.Errorf("%s: %t, %s", c.rule, got.InForce, got.Why)
			}
		})
	}
}

// A figure that is set replaces that of every environment and day, 0 too.
func TestSetFigures(t *testing.T) {
	s := settings.Default()
	s.AATOThresholdCrore, s.MaxDocumentAgeDays, s.FloorDate = new(0.0), new(0), new(settings.Date("2017-07-01"))
	s.HSNSixDigitsCrore, s.EWayBillMaxAgeDays = new(1.5), new(9)
	want := rulebook.Figures{FloorDate: on("2017-07-01"), HSNSixDigitsCrore: 1.5, EWayBillMaxAgeDays: 9}
	for _, day := range []string{"2020-10-01", "2026-11-27"} {
		if got := rulebook.New(&s, nic.Sandbox, on(day)).Figures(); got != want {
			t.Errorf("on %s %+v", day, got)
		}
	}
}
