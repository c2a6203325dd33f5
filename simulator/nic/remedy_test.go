package nic

import (
	"strings"
	"testing"
)

func TestRemediesAreForCodesOfNIC(t *testing.T) {
	byCode, err := readRemedies(remediesCSV)
	if err != nil || len(byCode) < 60 {
		t.Fatalf("%d remedies, %v", len(byCode), err)
	}
	for code, r := range byCode {
		// Codes in lower case are those of the portal, which its own test compares.
		if _, known := ErrorCodeOf(code); !known && code == strings.ToUpper(code) {
			t.Errorf("code %s is unknown to NIC", code)
		}
		for _, text := range []string{r.Cause, r.Remedy} {
			if text != strings.TrimSpace(text) || text == "" {
				t.Errorf("code %s: text %q", code, text)
			}
		}
	}
	if _, err := readRemedies([]byte("code,cause,remedy\n1,a,b\n1,c,d\n")); err == nil {
		t.Error("two rows of one code were read")
	}
}
