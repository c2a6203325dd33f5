package nic_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "github.com/nicsim/nicsim/internal/seeded"
	"github.com/nicsim/nicsim/simulator/nic"
)

// published are GSTINs from publications, with check characters that are not computed here.
var published = []struct {
	gstin, source string
}{
	{"27AAPFU0939F1ZV", "worked example on gauravj75.blogspot.com, remainder 5"},
	{"05AAACG2115R1ZN", "E-Way Bill sandbox"},
	{"29AAACP7879D1Z0", "remainder 0"},
	{"21ABBCS4607C1Z0", "public advance ruling, remainder 0"},
	{"33GSPTN1882G1Z3", "NIC sandbox"},
	{"27GSPMH1881G1ZH", "NIC sandbox"},
	{"27GSPMH1882G1ZG", "NIC sandbox"},
	{"33GSPTN3381G1Z5", "NIC sandbox"},
	{"33GSPTN3382G1Z4", "NIC sandbox"},
	{"27GSPMH3381G1ZI", "NIC sandbox"},
	{"29ABCCD1234E1Z1", "made up, computed elsewhere"},
	{"27ABCCD1234E1Z5", "made up, computed elsewhere"},
	{"33ABCCD1234E1ZC", "made up, computed elsewhere"},
	{"37ABCCD1234E1Z4", "made up, computed elsewhere"},
	{"97ABCCD1234E1ZY", "made up, computed elsewhere"},
	{"29ABCPD1234E2Z9", "made up, computed elsewhere"},
	{"36ABCCE4321F1Z1", "made up, computed elsewhere"},
	{"07ABCFG5678H1Z4", "made up, computed elsewhere"},
}

func TestParseGSTINAcceptsPublished(t *testing.T) {
	for _, tt := range published {
		t.Run(tt.gstin, func(t *testing.T) {
			g, err := nic.ParseGSTIN(tt.gstin)
			if err != nil || string(g) != tt.gstin {
				t.Errorf("ParseGSTIN(%q) = %q, %v; want it accepted (%s)", tt.gstin, g, err, tt.source)
			}
			if g.StateCode() != tt.gstin[:2] || string(g.PAN()) != tt.gstin[2:12] || g.Kind() != nic.KindNormal {
				t.Errorf("state %q, PAN %q, kind %q", g.StateCode(), g.PAN(), g.Kind())
			}
		})
	}
}

func TestParseGSTINNormalises(t *testing.T) {
	g, err := nic.ParseGSTIN(" \t29abccd1234e1z1\n")
	if err != nil || g != "29ABCCD1234E1Z1" {
		t.Errorf("got %q, %v", g, err)
	}
}

func TestParseGSTINRefuses(t *testing.T) {
	tests := []struct {
		name, gstin string
		rule        nic.Rule
	}{
		{"empty", "", nic.RuleLength},
		{"one short", "29ABCCD1234E1Z", nic.RuleLength},
		{"one long", "29ABCCD1234E1Z11", nic.RuleLength},
		{"blank inside", "29ABCCD 234E1Z1", nic.RuleShape},
		{"long s is not S", "29ABCCD1234E1Zſ", nic.RuleLength},
		{"dotless i is not I", "29ABCCD1234E1ı1", nic.RuleLength},
		{"registration number 0", "29ABCCD1234E0Z1", nic.RuleShape},
		{"fourteenth character 0", "29ABCCD1234E101", nic.RuleShape},
		{"fourteenth character K", "29ABCCD1234E1K1", nic.RuleShape},
		{"digit in the PAN's letters", "29A1CCD1234E1Z1", nic.RuleShape},
		{"no such state", withCheck(t, "39ABCCD1234E1Z"), nic.RuleStateCode},
		{"state 00", withCheck(t, "00ABCCD1234E1Z"), nic.RuleStateCode},
		{"merged state 25", withCheck(t, "25ABCCD1234E1Z"), nic.RuleStateCode},
		{"divided state 28", withCheck(t, "28ABCCD1234E1Z"), nic.RuleStateCode},
		{"other countries", withCheck(t, "96ABCCD1234E1Z"), nic.RuleStateCode},
		{"centre jurisdiction for a normal one", withCheck(t, "99ABCCD1234E1Z"), nic.RuleStateCode},
		{"wrong check character", "29ABCCD1234E1Z2", nic.RuleCheckCharacter},
		{"NIC's own sample buyer", "29AWGPV7107B1Z1", nic.RuleCheckCharacter},
		{"dummy of a GSP", "29AAFCC4321K000", nic.RuleShape},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g, err := nic.ParseGSTIN(tt.gstin)
			wantRule(t, err, tt.rule)
			if g != "" {
				t.Errorf("got %q beside the error", g)
			}
		})
	}
}

// The bodies of each kind match the published expressions. The function checks below computes the check characters.
func TestParseGSTINKinds(t *testing.T) {
	tests := []struct {
		first14 string
		kind    nic.Kind
		pan     nic.PAN
	}{
		{"29ABCCD1234E1Z", nic.KindNormal, "ABCCD1234E"},
		{"29ABCCD1234EZ1", nic.KindNormal, "ABCCD1234E"},
		{"29ABCCD1234E1C", nic.KindTCS, "ABCCD1234E"},
		{"29ABCCD1234E1D", nic.KindTDS, "ABCCD1234E"},
		{"29BLRA01234E1D", nic.KindTDS, ""},
		{"2917USA29001UN", nic.KindUIN, ""},
		{"2917USA29001ON", nic.KindUIN, ""},
		{"2917USA29001NR", nic.KindNRTP, ""},
		{"9917USA29001OS", nic.KindOIDAR, ""},
	}
	for _, tt := range tests {
		t.Run(tt.first14, func(t *testing.T) {
			g, err := nic.ParseGSTIN(withCheck(t, tt.first14))
			if err != nil {
				t.Fatal(err)
			}
			if g.Kind() != tt.kind || g.PAN() != tt.pan {
				t.Errorf("kind %q, PAN %q; want %q, %q", g.Kind(), g.PAN(), tt.kind, tt.pan)
			}
		})
	}
}

// By its expression, the fifteenth character of a department is a digit. So most bodies have no valid check character.
func TestParseGSTINGovernment(t *testing.T) {
	found := 0
	for n := range 200 {
		body := "29BLRA" + strconv.Itoa(10000+n) + "A0Z"
		full := withCheck(t, body)
		g, err := nic.ParseGSTIN(full)
		if digit := full[14] >= '0' && full[14] <= '9'; digit != (err == nil) {
			t.Fatalf("ParseGSTIN(%q): %v", full, err)
		}
		if err == nil {
			found++
			if g.Kind() != nic.KindGovernment || g.PAN() != "" {
				t.Fatalf("%s: kind %q, PAN %q", g, g.Kind(), g.PAN())
			}
		}
	}
	if found == 0 {
		t.Error("no government GSTIN was accepted")
	}
}

func TestCheckCharacterRefuses(t *testing.T) {
	for _, s := range []string{"", "29ABCCD1234E1", "29ABCCD1234E1Z1", "29ABCCD1234E1z", "29ABCCD1234é"} {
		_, err := nic.CheckCharacter(s)
		wantRule(t, err, nic.RuleShape)
	}
}

func TestZeroGSTIN(t *testing.T) {
	var g nic.GSTIN
	if g.StateCode() != "" || g.PAN() != "" || g.Kind() != "" || g.IsDummy() {
		t.Error("the empty GSTIN claims to have parts")
	}
}

// A change of one character is always detected, as the weights 1 and 2 both permute 0-9A-Z.
func TestOneWrongCharacterIsDetected(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`(0[1-9]|1[0-9]|2[0-4]|27|29|3[0-8])[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z`).Draw(t, "body")
		valid := withCheck(t, body)
		if _, err := nic.ParseGSTIN(valid); err != nil {
			t.Fatalf("ParseGSTIN(%q): %v", valid, err)
		}
		i := rapid.IntRange(0, 14).Draw(t, "position")
		c := rapid.SampledFrom([]byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")).Draw(t, "character")
		if c == valid[i] {
			t.Skip("not a change")
		}
		changed := valid[:i] + string(c) + valid[i+1:]
		if _, err := nic.ParseGSTIN(changed); err == nil {
			t.Fatalf("%q passes, and so does %q", valid, changed)
		}
	})
}

// checks sums over all fifteen characters from the right; the check character has the weight 1. The sum of a valid
// GSTIN is a multiple of 36. This form of the rule verifies a check character, while the package computes it. The value
// of a character comes from strconv.
func checks(gstin string) bool {
	sum := 0
	for i, weight := len(gstin)-1, 1; i >= 0; i, weight = i-1, 3-weight {
		value, err := strconv.ParseInt(gstin[i:i+1], 36, 32)
		if err != nil {
			return false
		}
		doubled := strconv.FormatInt(value*int64(weight), 36)
		for _, digit := range doubled {
			d, _ := strconv.ParseInt(string(digit), 36, 32)
			sum += int(d)
		}
	}
	return len(gstin) == 15 && sum%36 == 0
}

// withCheck appends the character for which checks is true.
func withCheck(t interface{ Fatalf(string, ...any) }, first14 string) string {
	for _, c := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		if full := first14 + string(c); checks(full) {
			return full
		}
	}
	t.Fatalf("no check character for %q", first14)
	return ""
}

func wantRule(t *testing.T, err error, rule nic.Rule) {
	t.Helper()
	var syntax *nic.SyntaxError
	if !errors.As(err, &syntax) {
		t.Fatalf("error %v, want a *nic.SyntaxError for rule %q", err, rule)
	}
	if syntax.Rule != rule {
		t.Errorf("rule %q (%v), want %q", syntax.Rule, err, rule)
	}
	if !strings.HasPrefix(err.Error(), syntax.Word+": ") || syntax.Detail == "" {
		t.Errorf("error text %q does not say what was read and what was wrong", err)
	}
}
