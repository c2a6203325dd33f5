package nic_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
)

func FuzzParseGSTIN(f *testing.F) {
	f.Add("29ABCCD1234E1Z1")
	f.Add("29AAFCC4321K000")
	f.Add("2917USA29001UN0")
	f.Fuzz(func(t *testing.T, s string) {
		if g, err := nic.ParseGSTIN(s); err == nil {
			if !checks(string(g)) {
				t.Errorf("ParseGSTIN(%q) = %q, which does not check", s, g)
			}
			if again, err := nic.ParseGSTIN(string(g)); err != nil || again != g {
				t.Errorf("ParseGSTIN(%q) = %q, %v the second time", g, again, err)
			}
			if g.Kind() == "" || g.Kind() == nic.KindDummy || g.StateCode() == "" {
				t.Errorf("%s: kind %q, state %q", g, g.Kind(), g.StateCode())
			}
			if pan := g.PAN(); pan != "" {
				if p, err := nic.ParsePAN(string(pan)); err != nil || p != pan {
					t.Errorf("%s: PAN %q: %v", g, pan, err)
				}
			}
			return
		}
		if g, err := nic.ParseDummyGSTIN(s); err == nil && (!g.IsDummy() || g.PAN() == "") {
			t.Errorf("ParseDummyGSTIN(%q) = %q, which denies it", s, g)
		}
	})
}

func FuzzNormaliseMobile(f *testing.F) {
	f.Add("+91 98765-43210")
	f.Add("09876543210")
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := nic.NormaliseMobile(s)
		if !ok {
			if got != "" {
				t.Errorf("NormaliseMobile(%q) = %q beside the refusal", s, got)
			}
			return
		}
		if len(got) != 10 || got[0] < '6' {
			t.Errorf("NormaliseMobile(%q) = %q", s, got)
		}
		if again, ok := nic.NormaliseMobile(got); !ok || again != got {
			t.Errorf("NormaliseMobile(%q) = %q, %v the second time", got, again, ok)
		}
		if masked := nic.MaskMobile(got); masked != "XXXXXX"+got[6:] {
			t.Errorf("MaskMobile(%q) = %q", got, masked)
		}
	})
}

func FuzzNormaliseEmail(f *testing.F) {
	f.Add(" Accounts@Dakshin.Example ")
	f.Add("a@b.c.d-e.example")
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := nic.NormaliseEmail(s)
		if !ok {
			if got != "" {
				t.Errorf("NormaliseEmail(%q) = %q beside the refusal", s, got)
			}
			return
		}
		if again, ok := nic.NormaliseEmail(got); !ok || again != got {
			t.Errorf("NormaliseEmail(%q) = %q, %v the second time", got, again, ok)
		}
		for _, r := range got {
			if r <= ' ' || r > '~' {
				t.Errorf("NormaliseEmail(%q) = %q has %q in it", s, got, r)
			}
		}
	})
}
