package admin_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// A rule that a defect leaves out is a rule or a code of the portals. Each rule that a client can meet has a defect
// that leaves it out.
func TestDefectsBreakRules(t *testing.T) {
	rules, leftOut := admin.Rules(), map[string]bool{}
	for _, d := range defect.Catalogue() {
		if !d.LeftOut {
			continue
		}
		leftOut[d.Rule] = true
		isRule := slices.ContainsFunc(rules, func(r rulebook.Rule) bool { return r.Name == d.Rule && r.Hidden == "" })
		if !isRule && !slices.Contains(portal.Codes(), portal.Code(d.Rule)) {
			t.Errorf("%s leaves out %q, which no client can meet", d.Name, d.Rule)
		}
	}
	for _, r := range rules {
		if r.Hidden == "" && !leftOut[r.Name] && r.Name != "gross-amount" {
			t.Errorf("no defect leaves out %s", r.Name)
		}
	}
}

func TestDefectsLike(t *testing.T) {
	for name, want := range map[string]string{
		"otp-anyy":  "did you mean otp-any? ",
		"Reusable":  "did you mean captcha-reusable? ",
		"otp-lives": "did you mean otp-lives-twice or otp-lives-half? ",
		"no-such":   "", "": "", "o": "",
	} {
		if got := admin.DefectsLike(name); got != want {
			t.Errorf("like %q: %q, want %q", name, got, want)
		}
	}
	_, w := empty(t)
	_, err := admin.SetDefects(t.Context(), w, admin.DefectNames{Names: []string{"otp-anyy"}})
	wantRefusal(t, err, admin.Invalid, "names value-invalid")
	if !strings.Contains(err.Error(), "did you mean otp-any?") {
		t.Errorf("the refusal is %v", err)
	}
}
