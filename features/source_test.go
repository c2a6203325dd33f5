package features_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/features"
)

func TestSourceText(t *testing.T) {
	words := func(code string) string { return map[string]string{"2150": "Duplicate IRN"}[code] }
	for source, want := range map[string]string{
		"@guide-1.4":        "the guide, step 1.4: Send OTP",
		"behaviour-02":      "behaviour 02: A taxpayer creates an API user at the production portal",
		"nic-2150":          "NIC's error code 2150: Duplicate IRN",
		"@nic-9999":         "NIC's error code 9999",
		"@contract-tokens":  "docs/irp-contract.md, tokens",
		"@contract-captcha": "docs/portal-contract.md, captcha",
	} {
		if got := features.SourceText(source, words); got != want {
			t.Errorf("%s is %q, want %q", source, got, want)
		}
	}
	for _, s := range read(t).Scenarios {
		for _, source := range s.Sources() {
			if text := features.SourceText(source, nil); text == strings.TrimPrefix(source, "@") {
				t.Errorf("%s: the source %s has no words", s.Key(), source)
			}
		}
	}
}
