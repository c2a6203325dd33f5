package nic_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

func TestNormaliseMobile(t *testing.T) {
	for _, s := range []string{"9876543210", " 98765 43210 ", "98765-43210", "+919876543210",
		"+91 98765 43210", "+91-98765-43210", "09876543210", "0 9876543210", "+91 09876543210", "98765\u00a043210"} {
		if got, ok := nic.NormaliseMobile(s); !ok || got != "9876543210" {
			t.Errorf("NormaliseMobile(%q) = %q, %v", s, got, ok)
		}
	}
	if got, ok := nic.NormaliseMobile("6000000000"); !ok || got != "6000000000" {
		t.Errorf("got %q, %v", got, ok)
	}
	for _, s := range []string{"", "0", "+91", "5876543210", "987654321", "98765432100", "009876543210",
		"919876543210", "+929876543210", "98765432l0", "98765.43210", "९८७६५४३२१०", "9876543210+91"} {
		if got, ok := nic.NormaliseMobile(s); ok || got != "" {
			t.Errorf("NormaliseMobile(%q) = %q, %v; want a refusal", s, got, ok)
		}
	}
}

func TestNormaliseEmail(t *testing.T) {
	for s, want := range map[string]string{
		" Accounts@Dakshin.Example\n":                 "accounts@dakshin.example",
		"a@b.example":                                 "a@b.example",
		"first.last+gst@mail-1.example":               "first.last+gst@mail-1.example",
		strings.Repeat("a", 64) + "@long.example":     strings.Repeat("a", 64) + "@long.example",
		"o'hara_1@" + strings.Repeat("b", 63) + ".in": "o'hara_1@" + strings.Repeat("b", 63) + ".in",
	} {
		if got, ok := nic.NormaliseEmail(s); !ok || got != want {
			t.Errorf("NormaliseEmail(%q) = %q, %v; want %q", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "@", "a", "a@", "@b.example", "a@b", "a@@b.example", "a@b@c.example",
		".a@b.example", "a.@b.example", "a..a@b.example", "a b@c.example", "a@b..example", "a@.example",
		"a@b.example.", "a@-b.example", "a@b-.example", "a@b_c.example", "a@b.e", "a@127.0.0.1",
		"Asha <a@b.example>", `"a"@b.example`, "a@b.example\r\nBcc: c@d.example", "ä@b.example", "a@ſ.example",
		strings.Repeat("a", 65) + "@b.example", "a@" + strings.Repeat("b", 64) + ".example",
		"a@" + strings.Repeat("b.", 126) + "example"} {
		if got, ok := nic.NormaliseEmail(s); ok || got != "" {
			t.Errorf("NormaliseEmail(%q) = %q, %v; want a refusal", s, got, ok)
		}
	}
}

func TestMasks(t *testing.T) {
	for in, want := range map[string]string{
		"9876543210": "XXXXXX3210", "": "", "3210": "XXXXXXXXXX", "98765432100": "XXXXXXXXXX", "secret": "XXXXXXXXXX",
	} {
		if got := nic.MaskMobile(in); got != want {
			t.Errorf("MaskMobile(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"accounts@example.com": "a****@example.com", "a@example.com": "a****@example.com",
		"": "", "accounts": "****", "@example.com": "****",
	} {
		if got := nic.MaskEmail(in); got != want {
			t.Errorf("MaskEmail(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIST(t *testing.T) {
	at := time.Date(2024, 3, 21, 18, 30, 0, 0, time.UTC).In(nic.IST)
	if got := at.Format(time.RFC3339); got != "2024-03-22T00:00:00+05:30" {
		t.Errorf("got %s", got)
	}
}
