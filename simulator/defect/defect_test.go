package defect_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/nicsim/nicsim/simulator/defect"
)

// The catalogue has at least the 80 defects that are promised, each with all its members.
func TestCatalogue(t *testing.T) {
	list := defect.Catalogue()
	if len(list) < 80 {
		t.Errorf("%d defects", len(list))
	}
	for _, d := range list {
		if d.Rule == "" || d.Says == "" || d.Source == "" || d.Source == "?" {
			t.Errorf("%s is incomplete: %+v", d.Name, d)
		}
	}
}

func TestSet(t *testing.T) {
	var none *defect.Set
	if none.Has(defect.CaptchaReusable) || none.LeavesOut("otp-expired") || len(none.Names()) != 0 {
		t.Error("a nil set has a defect")
	}
	var reached []string
	s, err := defect.NewSet([]string{"otp-expired-accepted", defect.CaptchaReusable, defect.CaptchaReusable},
		func(name string) { reached = append(reached, name) })
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Names(); !slices.Equal(got, []string{defect.CaptchaReusable, "otp-expired-accepted"}) {
		t.Errorf("the names are %q", got)
	}
	if !s.Has(defect.CaptchaReusable) || s.Has(defect.OTPOldAlive) || s.Has("otp-expired-accepted-not") {
		t.Error("it has other defects than were chosen")
	}
	if !s.LeavesOut("otp-expired") || s.LeavesOut("otp-mismatch") {
		t.Error("it leaves other rules out than were chosen")
	}
	want := []string{defect.CaptchaReusable, defect.OTPOldAlive, "otp-expired-accepted-not", "otp-expired-accepted",
		"otp-any"}
	if !slices.Equal(reached, want) {
		t.Errorf("it noted %q", reached)
	}
	if defect.Pick(s, defect.CaptchaReusable, 1, 2) != 2 || defect.Pick(none, defect.CaptchaReusable, 1, 2) != 1 {
		t.Error("Pick takes the other value")
	}
}

func TestUnknownName(t *testing.T) {
	_, err := defect.NewSet([]string{"no-such"}, nil)
	if unknown, ok := errors.AsType[*defect.UnknownError](err); !ok || unknown.Name != "no-such" {
		t.Errorf("the error is %v", err)
	}
	if s, err := defect.NewSet(nil, nil); s != nil || err != nil {
		t.Errorf("a set without names is %v, %v", s, err)
	}
}
