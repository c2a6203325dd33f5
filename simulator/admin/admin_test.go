package admin_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

const gstin = "27AAPFU0939F1ZV"

// empty returns a world without any record.
func empty(t *testing.T) (*world.Worlds, *world.World) {
	t.Helper()
	worlds := world.NewWorlds(world.Options{Populate: func(context.Context, *world.World) error { return nil }})
	w, err := worlds.Get(t.Context(), "admin")
	if err != nil {
		t.Fatal(err)
	}
	return worlds, w
}

// wantRefusal checks the kind of a refusal and its fields and codes.
func wantRefusal(t *testing.T, err error, kind admin.Kind, want ...string) {
	t.Helper()
	r, ok := errors.AsType[*admin.Refusal](err)
	if !ok || r.Kind != kind || r.Detail == "" || err.Error() != r.Detail {
		t.Fatalf("the error is %#v", err)
	}
	var got []string
	for _, v := range r.Violations {
		if got = append(got, v.Field+" "+v.Code); v.Message == "" {
			t.Errorf("%s is refused without a message", v.Field)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}

func TestClock(t *testing.T) {
	_, w := empty(t)
	at := time.Date(2026, time.April, 1, 9, 30, 0, 0, nic.IST)
	got, err := admin.SetClock(t.Context(), w, admin.ClockChange{Mode: clock.Frozen, Now: &at})
	if err != nil || got.Mode != clock.Frozen || !got.Now.Equal(at) {
		t.Fatalf("set to %+v, %v", got, err)
	}
	got, err = admin.AdvanceClock(t.Context(), w, admin.ClockAdvance{By: new(settings.Duration(time.Hour))})
	if err != nil || !got.Now.Equal(at.Add(time.Hour)) {
		t.Errorf("advanced to %+v, %v", got, err)
	}
	early := at.AddDate(-10, 0, 0)
	_, err = admin.SetClock(t.Context(), w, admin.ClockChange{Mode: clock.Real, Now: &early})
	wantRefusal(t, err, admin.Invalid, "now clock-invalid")
	_, err = admin.SetClock(t.Context(), w, admin.ClockChange{})
	wantRefusal(t, err, admin.Invalid, "mode clock-invalid")
	_, err = admin.AdvanceClock(t.Context(), w, admin.ClockAdvance{})
	wantRefusal(t, err, admin.Invalid, "by clock-invalid")
	_, err = admin.AdvanceClock(t.Context(), w, admin.ClockAdvance{By: new(settings.Duration(-1))})
	wantRefusal(t, err, admin.Invalid, "by clock-invalid")
	if got, _ := admin.ReadClock(t.Context(), w); !got.Now.Equal(at.Add(time.Hour)) {
		t.Errorf("a refused change moved the clock to %+v", got)
	}
}

func TestAddedTaxpayersHaveDefaults(t *testing.T) {
	_, w := empty(t)
	add := func(c admin.TaxpayerChange) (admin.Taxpayer, error) { return admin.Add(t.Context(), w, c) }
	got, err := add(admin.TaxpayerChange{GSTIN: new(strings.ToLower(gstin)), LegalName: new("Added Traders")})
	want := admin.Taxpayer{
		GSTIN: gstin, LegalName: "Added Traders", TradeName: "Added Traders", Status: "ACTIVE", Type: "REG",
		EInvoiceEnabled: true, RegisteredOn: "2017-07-01", Address: store.Address{
			Building: "Building 1", Floor: "Ground floor", Street: "Main Road", Location: "Mumbai", Pincode: "400001",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("added, %v (-want +got):\n%s", err, diff)
	}
	if read, err := admin.ReadTaxpayer(t.Context(), w, " "+strings.ToLower(gstin)); read != want || err != nil {
		t.Errorf("read as %+v, %v", read, err)
	}
	_, err = add(admin.TaxpayerChange{GSTIN: new(gstin), LegalName: new("Again")})
	wantRefusal(t, err, admin.Exists, "gstin exists")
	_, err = add(admin.TaxpayerChange{})
	wantRefusal(t, err, admin.Invalid, "gstin gstin-invalid", "legalName value-missing")
	long := strings.Repeat("x", 201)
	_, err = add(admin.TaxpayerChange{GSTIN: new("29ABC-D1234E1Z1"), LegalName: &long,
		Address: &admin.Address{Street: &long}})
	wantRefusal(t, err, admin.Invalid, "gstin gstin-invalid", "legalName value-invalid", "address.street value-invalid")
	given := admin.Address{Floor: new(""), Location: new("Pune"), Pincode: new("411001")}
	got, err = add(admin.TaxpayerChange{GSTIN: new("29ABCCD1234E1Z1"), LegalName: new("Other"), Address: &given})
	made := store.Address{Building: "Building 1", Street: "Main Road", Location: "Pune", Pincode: "411001"}
	if got.Address != made || err != nil {
		t.Errorf("the address that was given became %+v, %v", got.Address, err)
	}
}

func TestChangeTaxpayer(t *testing.T) {
	_, w := empty(t)
	_, err := admin.ChangeTaxpayer(t.Context(), w, gstin, admin.TaxpayerChange{})
	wantRefusal(t, err, admin.NotFound)
	before, err := admin.Add(t.Context(), w, admin.TaxpayerChange{GSTIN: new(gstin), LegalName: new("Added")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = admin.ChangeTaxpayer(t.Context(), w, gstin, admin.TaxpayerChange{Status: new("GONE"), Mobile: new("1")})
	wantRefusal(t, err, admin.Invalid, "status value-invalid", "mobile mobile-invalid")
	_, err = admin.ChangeTaxpayer(t.Context(), w, gstin, admin.TaxpayerChange{GSTIN: new("29ABCCD1234E1Z1")})
	wantRefusal(t, err, admin.Invalid, "gstin value-invalid")
	want := before
	want.Mobile = "9876500099"
	got, err := admin.ChangeTaxpayer(t.Context(), w, gstin, admin.TaxpayerChange{Mobile: new("+91 98765 00099")})
	if got != want || err != nil {
		t.Errorf("changed to %+v, %v", got, err)
	}
	want.Address = store.Address{Location: "Pune"} // nothing is left of the old one
	got, err = admin.ChangeTaxpayer(t.Context(), w, gstin,
		admin.TaxpayerChange{Address: &admin.Address{Location: new("Pune")}})
	if got != want || err != nil {
		t.Errorf("with another address %+v, %v", got, err)
	}
}

func TestSettings(t *testing.T) {
	_, w := empty(t)
	defaults := w.Settings()
	outage := func(s *settings.Settings) error { s.Outage, s.Rules["hsn-length"] = true, false; return nil }
	got, err := admin.ChangeSettings(t.Context(), w, outage)
	if err != nil || !got.Outage || got.OTPMaxSends != defaults.OTPMaxSends {
		t.Errorf("changed to %+v, %v", got, err)
	}
	if len(defaults.Rules) > 0 {
		t.Errorf("the change wrote into settings that were read before: %v", defaults.Rules)
	}
	_, err = admin.ChangeSettings(t.Context(), w, func(s *settings.Settings) error {
		s.OTPMaxSends, s.Rules["b"], s.Rules["hsn-len"] = 0, true, true
		return nil
	})
	wantRefusal(t, err, admin.Invalid, "otpMaxSends setting-invalid", "rules.b setting-invalid",
		"rules.hsn-len setting-invalid", "rules setting-invalid")
	violations := errorsOf(err)
	if names := violations[3].Message; !strings.Contains(names, "the rules are captcha-mismatch, ") ||
		!strings.Contains(names, ", hsn-length, ") || violations[2].Message != "is not a rule; did you mean hsn-length?" {
		t.Errorf("unknown rules are answered with %+v", violations[1:])
	}
	broken := errors.New("broken")
	if _, err := admin.ChangeSettings(t.Context(), w, func(s *settings.Settings) error {
		s.OTPMaxSends = 99
		return broken
	}); !errors.Is(err, broken) {
		t.Errorf("a change that fails returns %v", err)
	}
	if read, err := admin.ReadSettings(t.Context(), w); !cmp.Equal(read, got) || err != nil {
		t.Errorf("refused changes left %+v, %v", read, err)
	}
	if got, err := admin.SetSettings(t.Context(), w, defaults); !cmp.Equal(got, defaults) || err != nil {
		t.Errorf("set to %+v, %v", got, err)
	}
}

func errorsOf(err error) []admin.Violation {
	r, _ := errors.AsType[*admin.Refusal](err)
	return r.Violations
}

// Changes that are made at once all count.
func TestChangesOfSettingsAreNotLost(t *testing.T) {
	_, w := empty(t)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			_, _ = admin.ChangeSettings(t.Context(), w, func(s *settings.Settings) error { s.OTPMaxSends++; return nil })
		})
	}
	all.Wait()
	if got := w.Settings().OTPMaxSends - w.Defaults().OTPMaxSends; got != 50 {
		t.Errorf("%d of 50 changes count", got)
	}
}

func TestInboxAndCaptchas(t *testing.T) {
	_, w := empty(t)
	w.Inbox.Deliver(inbox.Message{ID: "m-1", GSTIN: gstin, To: "9876500099", SentAt: w.Clock.Now()})
	for _, f := range []inbox.Filter{{}, admin.MessageFilter(" "+strings.ToLower(gstin), " +91 98765-00099", "", "")} {
		if got, err := admin.Messages(t.Context(), w, f); len(got) != 1 || got[0].ID != "m-1" || err != nil {
			t.Errorf("%+v finds %+v, %v", f, got, err)
		}
	}
	if err := admin.ClearInbox(t.Context(), w); err != nil {
		t.Fatal(err)
	}
	if got, err := admin.Messages(t.Context(), w, inbox.Filter{}); got == nil || len(got) != 0 || err != nil {
		t.Errorf("the empty inbox has %#v, %v", got, err)
	}
	err := w.Store.Update(t.Context(), func(tx store.Tx) error {
		return tx.PutCaptcha(store.Captcha{ID: "c-1", Answer: "K7QX2", ExpiresAt: w.Clock.Now().Add(time.Minute)})
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := admin.CaptchaAnswer(t.Context(), w, "c-1"); got != "K7QX2" || err != nil {
		t.Errorf("the captcha reads %q, %v", got, err)
	}
	_, err = admin.CaptchaAnswer(t.Context(), w, "c-2")
	wantRefusal(t, err, admin.NotFound)
}

func TestWorlds(t *testing.T) {
	worlds, w := empty(t)
	all, err := admin.Worlds(t.Context(), worlds)
	if err != nil || len(all) != 1 || all[0].Name != w.Name || all[0].CreatedAt.IsZero() {
		t.Errorf("the worlds are %+v, %v", all, err)
	}
	if err := admin.Reset(t.Context(), worlds, w.Name); err != nil {
		t.Error(err)
	}
	if err := admin.FindWorld(t.Context(), worlds, w.Name); err != nil {
		t.Error(err)
	}
	if err := admin.EndWorld(t.Context(), worlds, w.Name); err != nil {
		t.Error(err)
	}
	wantRefusal(t, admin.EndWorld(t.Context(), worlds, w.Name), admin.NotFound)
	wantRefusal(t, admin.FindWorld(t.Context(), worlds, w.Name), admin.NotFound)
}

func TestEnvironments(t *testing.T) {
	for name, want := range map[string]nic.Environment{"": "", "sandbox": nic.Sandbox, "production": nic.Production} {
		if got, err := admin.EnvironmentOrBoth(name); got != want || err != nil {
			t.Errorf("%q is %q, %v", name, got, err)
		}
	}
	_, err := admin.EnvironmentOrBoth("moon")
	wantRefusal(t, err, admin.Invalid, "environment environment-invalid")
	_, err = admin.Environment("")
	wantRefusal(t, err, admin.Invalid, "environment environment-invalid")
}
