package rulebook_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// on is a day in India, written 2006-01-02.
func on(day string) time.Time {
	at, err := settings.Date(day).Time()
	if err != nil {
		panic(err)
	}
	return at
}

func book(env nic.Environment, now time.Time) rulebook.Book {
	return rulebook.New(new(settings.Default()), env, now)
}

// The rules that have begun since e-invoicing began: they do not hold in the second before their first day in
// India, and hold from then on.
func TestFirstDays(t *testing.T) {
	both := []nic.Environment{nic.Sandbox, nic.Production}
	for _, c := range []struct {
		rule, first  string
		environments []nic.Environment
	}{
		{"document-age", "2023-11-01", both},
		{"document-number-upper-cased", "2025-06-01", both},
		{"hsn-length", "2023-12-15", both},
		{"ewb-age", "2025-01-01", both},
		{"rates-40", "2025-09-22", both},
		{"rate-0.5-withdrawn", "2026-09-18", both},
		{"place-25-withdrawn", "2026-09-18", both},
		{"rsp-valuation", "2026-02-01", both},
		{"two-factor-login", "2023-08-20", []nic.Environment{nic.Production}},
		{"sup_gstin", "2024-07-01", both},
		{"criss-cross-irp", "2024-07-01", both},
	} {
		for _, env := range c.environments {
			if book(env, on(c.first).Add(-time.Second)).Holds(c.rule) {
				t.Errorf("%s holds in %s before %s", c.rule, env, c.first)
			}
			for _, later := range []time.Time{on(c.first).UTC(), on(c.first).AddDate(20, 0, 0)} {
				if !book(env, later).Holds(c.rule) {
					t.Errorf("%s does not hold in %s at %s", c.rule, env, later)
				}
			}
		}
	}
}

// An edition applies until the end of its last day.
func TestLastDays(t *testing.T) {
	for _, c := range []struct{ rule, last string }{
		{"document-age", "2025-03-31"}, {"document-date-floor", "2023-03-31"}, {"document-date-floor", "2026-03-31"},
		{"two-factor-login", "2024-12-31"}, {"two-factor-login", "2025-01-31"}, {"two-factor-login", "2025-03-31"},
	} {
		at := on(c.last).AddDate(0, 0, 1).Add(-time.Second)
		s := book(nic.Production, at).Standing(c.rule)
		if !s.InForce || string(s.Edition.Until) != c.last {
			t.Errorf("%s at %s: %t until %s, %s", c.rule, at, s.InForce, s.Edition.Until, s.Why)
		}
		next := book(nic.Production, at.Add(time.Second)).Standing(c.rule)
		if !next.InForce || next.Edition.From <= s.Edition.From {
			t.Errorf("%s after %s: %t from %s", c.rule, c.last, next.InForce, next.Edition.From)
		}
	}
}

// Rules without a published day hold from the beginning, and a day before it has the rules of the beginning.
func TestTheBeginning(t *testing.T) {
	for _, day := range []string{"2019-07-01", "2020-10-01", "2026-11-27"} {
		b := book(nic.Sandbox, on(day))
		if !b.Holds("version") || !b.Holds("captcha-mismatch") || !b.Holds("document-date-floor") {
			t.Errorf("on %s not all of the first rules hold", day)
		}
		if b.Holds("gross-amount") {
			t.Errorf("on %s the suspended rule holds", day)
		}
	}
	if book(nic.Sandbox, on("2026-11-27")).Holds("two-factor-login") {
		t.Error("a rule of production holds in the sandbox")
	}
}

// Announced rules hold where the world says so, from their announced day on.
func TestAnnouncedRules(t *testing.T) {
	for _, c := range []struct {
		rule, first string
		env         nic.Environment
	}{
		{"ship-to-gstin-differs", "2026-06-17", nic.Sandbox},
		{"ship-to-gstin-sent", "2026-06-15", nic.Production},
		{"ship-to-gstin-state", "2026-06-15", nic.Production},
		{"ewb-ship-to-gstin-differs", "2026-06-15", nic.Production},
		{"closure-of-ewaybill", "2026-06-15", nic.Sandbox},
	} {
		s := settings.Default()
		s.AnnouncedRules = true
		before, after := on(c.first).Add(-time.Second), on(c.first)
		if rulebook.New(&s, c.env, before).Holds(c.rule) || !rulebook.New(&s, c.env, after).Holds(c.rule) {
			t.Errorf("%s, when announced rules are in force, does not begin in %s on %s", c.rule, c.env, c.first)
		}
		if book(c.env, after).Holds(c.rule) {
			t.Errorf("%s holds in %s though it is announced only", c.rule, c.env)
		}
		if !book(c.env, after).Holds("version") {
			t.Error("a rule in force does not hold")
		}
	}
}

// A rule of the document's date holds for documents from its first day on, and not before that day.
func TestDocumentDateCounts(t *testing.T) {
	for _, c := range []struct {
		day, document string
		want          bool
	}{
		{"2026-01-31", "2026-01-31", false},
		{"2026-02-01", "2026-01-31", false},
		{"2026-02-01", "2026-02-01", true},
		{"2026-11-27", "2026-01-31", false},
		{"2026-01-31", "2026-02-01", false}, // the rules of another day
	} {
		if got := book(nic.Sandbox, on(c.day)).For(on(c.document)).Holds("rsp-valuation"); got != c.want {
			t.Errorf("on %s for %s: %t", c.day, c.document, got)
		}
	}
	if !book(nic.Sandbox, on("2026-11-27")).For(on("2020-10-01")).Holds("hsn-length") {
		t.Error("the date of the document counts for a rule of the day")
	}
}

// The figures of each period, in its first and its last second.
func TestFigures(t *testing.T) {
	first := rulebook.Figures{
		AATOThresholdCrore: 100, MaxDocumentAgeDays: 30, FloorDate: on("2020-10-01"), HSNSixDigitsCrore: 5,
		EWayBillMaxAgeDays: 180,
	}
	with := func(f rulebook.Figures, change func(*rulebook.Figures)) rulebook.Figures {
		change(&f)
		return f
	}
	second := with(first, func(f *rulebook.Figures) { f.FloorDate = on("2022-10-01") })
	sandbox := with(second, func(f *rulebook.Figures) { f.AATOThresholdCrore = 500 })
	production := with(second, func(f *rulebook.Figures) { f.TwoFactorCrore = 100 })
	everybody := with(production, func(f *rulebook.Figures) { f.AATOThresholdCrore, f.TwoFactorCrore = 10, 0 })
	floor := func(f *rulebook.Figures) { f.FloorDate = on("2025-04-01") }
	for _, c := range []struct {
		env      nic.Environment
		from, to string // the last day; empty is a day far away
		want     rulebook.Figures
	}{
		{nic.Sandbox, "2020-10-01", "2023-03-31", first},
		{nic.Sandbox, "2023-04-01", "2025-03-31", second},
		{nic.Sandbox, "2025-04-01", "2026-03-31", sandbox},
		{nic.Sandbox, "2026-04-01", "", with(sandbox, floor)},
		{nic.Production, "2020-10-01", "2023-03-31", with(first, func(f *rulebook.Figures) { f.TwoFactorCrore = 100 })},
		{nic.Production, "2023-04-01", "2024-12-31", production},
		{nic.Production, "2025-01-01", "2025-01-31", with(production, func(f *rulebook.Figures) { f.TwoFactorCrore = 20 })},
		{nic.Production, "2025-02-01", "2025-03-31", with(production, func(f *rulebook.Figures) { f.TwoFactorCrore = 5 })},
		{nic.Production, "2025-04-01", "2026-03-31", everybody},
		{nic.Production, "2026-04-01", "", with(everybody, floor)},
	} {
		last := on("2099-12-31")
		if c.to != "" {
			last = on(c.to)
		}
		for _, at := range []time.Time{on(c.from), last.AddDate(0, 0, 1).Add(-time.Second)} {
			if diff := cmp.Diff(c.want, book(c.env, at).Figures()); diff != "" {
				t.Errorf("%s at %s: %s", c.env, at, diff)
			}
		}
	}
}
