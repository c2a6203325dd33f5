package nic_test

import (
	"errors"
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
)

func TestParseTRANSIN(t *testing.T) {
	// From frappe/erpnext 22057, where users gave examples.
	for _, s := range []string{"88AAAFS5961L2ZQ", "88AABFG1694H1ZP", "88AACCD7104K1ZZ", " 88aaccg4006f2z1 "} {
		g, err := nic.ParseTRANSIN(s)
		if err != nil || !g.Enrolled() {
			t.Errorf("%q: %q, %v", s, g, err)
		}
		if _, err := nic.ParseGSTIN(s); err == nil {
			t.Errorf("%q is a GSTIN, too", s)
		}
	}
	for s, rule := range map[string]nic.Rule{
		"88AABFG1694H1Z": nic.RuleLength, "21AABFG1694H1ZP": nic.RuleShape, "88AABFG169AH1ZP": nic.RuleShape, "": nic.RuleLength,
	} {
		g, err := nic.ParseTRANSIN(s)
		if syntax, ok := errors.AsType[*nic.SyntaxError](err); !ok || syntax.Rule != rule || g != "" {
			t.Errorf("%q: %q, %v; want %s", s, g, err, rule)
		}
	}
	if nic.GSTIN("29ABCCD1234E1Z1").Enrolled() {
		t.Error("a taxpayer is enrolled")
	}
}
