package nic_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/nic"
)

func TestParsePAN(t *testing.T) {
	if p, err := nic.ParsePAN(" abccd1234e "); err != nil || p != "ABCCD1234E" {
		t.Errorf("got %q, %v", p, err)
	}
	for s, rule := range map[string]nic.Rule{
		"":            nic.RuleLength,
		"ABCCD1234":   nic.RuleLength,
		"ABCCD1234EE": nic.RuleLength,
		"ABCC11234E":  nic.RuleShape,
		"ABCCD12E4E":  nic.RuleShape,
		"ABCCD12345":  nic.RuleShape,
	} {
		_, err := nic.ParsePAN(s)
		wantRule(t, err, rule)
	}
}

func TestParseClientID(t *testing.T) {
	if id, err := nic.ParseClientID(" aafcc29erp82zso "); err != nil || id != "AAFCC29ERP82ZSO" {
		t.Errorf("got %q, %v", id, err)
	}
	for s, rule := range map[string]nic.Rule{
		"":                 nic.RuleLength,
		"AAFCC29ERP82ZS":   nic.RuleLength,
		"AAFCC29ERP82ZSO1": nic.RuleLength,
		"AAFCC29ERP82-SO":  nic.RuleShape,
	} {
		_, err := nic.ParseClientID(s)
		wantRule(t, err, rule)
	}
}

func TestNewClientID(t *testing.T) {
	// The guide's client id, made of its parts.
	if id, err := nic.NewClientID("AAFCC4321K", "29", "ERP", "82ZSO"); err != nil || id != "AAFCC29ERP82ZSO" {
		t.Errorf("got %q, %v", id, err)
	}
	tests := []struct {
		name             string
		pan              nic.PAN
		state, typ, five string
		rule             nic.Rule
	}{
		{"no PAN", "", "29", "ERP", "82ZSO", nic.RuleLength},
		{"lower-case PAN part", "AAFCC43211", "29", "ERP", "82ZSO", nic.RuleShape},
		{"no such state", "AAFCC4321K", "39", "ERP", "82ZSO", nic.RuleStateCode},
		{"state without registrations", "AAFCC4321K", "99", "ERP", "82ZSO", nic.RuleStateCode},
		{"type of two letters", "AAFCC4321K", "29", "ER", "82ZSO", nic.RuleShape},
		{"four random characters", "AAFCC4321K", "29", "ERP", "82ZS", nic.RuleShape},
		{"lower-case random characters", "AAFCC4321K", "29", "ERP", "82zso", nic.RuleShape},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := nic.NewClientID(tt.pan, tt.state, tt.typ, tt.five)
			wantRule(t, err, tt.rule)
		})
	}
}

func TestDummyGSTIN(t *testing.T) {
	for serial, want := range map[int]nic.GSTIN{0: "29AAFCC4321K000", 7: "29AAFCC4321K007", 13: "29AAFCC4321K013"} {
		g, err := nic.NewDummyGSTIN("29", "AAFCC4321K", serial)
		if err != nil || g != want {
			t.Errorf("serial %d: got %q, %v; want %q", serial, g, err, want)
		}
		if !g.IsDummy() || g.Kind() != nic.KindDummy || g.StateCode() != "29" || g.PAN() != "AAFCC4321K" {
			t.Errorf("%s: kind %q, state %q, PAN %q", g, g.Kind(), g.StateCode(), g.PAN())
		}
	}
	if g, err := nic.ParseDummyGSTIN(" 24aafcc4321k005 "); err != nil || g != "24AAFCC4321K005" {
		t.Errorf("got %q, %v", g, err)
	}
	if nic.GSTIN("29ABCCD1234E1Z1").IsDummy() {
		t.Error("a true GSTIN passes for a dummy")
	}
}

func TestDummyGSTINRefuses(t *testing.T) {
	// 29AAFCC4321K11c with a valid check digit c. Serials of this form are GSTINs of taxpayers.
	var truly string
	for pan := 'A'; pan <= 'Z' && truly == ""; pan++ {
		full := withCheck(t, "29AAFCC4321"+string(pan)+"11")
		if full[14] <= '9' {
			truly = full
		}
	}
	for s, rule := range map[string]nic.Rule{
		"29AAFCC4321K00":  nic.RuleLength,
		"29AAFCC4321K00A": nic.RuleShape,
		"29ABCCD1234E1Z1": nic.RuleShape,
		"39AAFCC4321K000": nic.RuleStateCode,
		"99AAFCC4321K000": nic.RuleStateCode,
		truly:             nic.RuleNotDummy,
	} {
		_, err := nic.ParseDummyGSTIN(s)
		wantRule(t, err, rule)
	}
	for _, serial := range []int{-1, 1000} {
		_, err := nic.NewDummyGSTIN("29", "AAFCC4321K", serial)
		wantRule(t, err, nic.RuleShape)
	}
}

func TestStates(t *testing.T) {
	states := nic.States()
	if len(states) != 41 {
		t.Errorf("%d states, the GST list has 41 rows", len(states))
	}
	for i, s := range states {
		if i > 0 && states[i-1].Code >= s.Code {
			t.Errorf("code %s comes after %s", s.Code, states[i-1].Code)
		}
		if got, ok := nic.StateByCode(s.Code); !ok || got != s {
			t.Errorf("StateByCode(%q) = %v, %v", s.Code, got, ok)
		}
	}
	states[0].Name = "changed by a caller"
	if s, _ := nic.StateByCode("01"); s.Name != "Jammu and Kashmir" {
		t.Error("a caller can change the list")
	}
	for _, code := range []string{"", "0", "00", "39", "98", "290"} {
		if _, ok := nic.StateByCode(code); ok {
			t.Errorf("StateByCode(%q) found something", code)
		}
	}
}
