package irp_test

import (
	"testing"

	"github.com/nicsim/nicsim/simulator/irp"
)

// The fault garbled-data damages the middle of a Sek, and neither its beginning nor its end.
func TestGarbledSek(t *testing.T) {
	if got, want := (irp.Login{Sek: "aaabbbccc"}).Garbled().Sek, "aaa???ccc"; got != want {
		t.Errorf("the Sek is %q, want %q", got, want)
	}
}
