package invoice_test

import (
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

func master(text string) *invoice.HSN {
	h, err := invoice.ReadHSN(strings.NewReader(text))
	if err != nil {
		panic(err)
	}
	return h
}

func TestHSN(t *testing.T) {
	full := master("code,description\n\"0101\",Horses\n9983,Services,more\n 84713010\n")
	for code, want := range map[string]struct{ full, chapters bool }{
		"0101": {true, true}, "9983": {true, true}, "84713010": {true, true}, "847130": {false, true}, "0102": {false, true},
		"7701": {}, "0001": {}, "01": {}, "": {}, "84a1": {}, "010": {}, "code": {},
	} {
		if got := full.Has(code); got != want.full {
			t.Errorf("the master has %q: %v", code, got)
		}
		if got := (*invoice.HSN)(nil).Has(code); got != want.chapters {
			t.Errorf("the chapters have %q: %v", code, got)
		}
	}
	if chapters := master("01\n"); !chapters.Has("01") || chapters.Has("02") {
		t.Error("a master of chapters is not read")
	}
	for _, text := range []string{"", "code\nx\n", strings.Repeat("1", 1<<17)} {
		if _, err := invoice.ReadHSN(strings.NewReader(text)); err == nil {
			t.Errorf("%.20q is a master", text)
		}
	}
}
