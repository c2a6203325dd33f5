package invoice_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// The distances by road of maps, with a wide tolerance: they only have to be plausible.
func TestDistanceLooksRight(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to int
		roughly  int
	}{
		{"Bengaluru to Chennai", 560001, 600001, 350},
		{"Delhi to Mumbai", 110001, 400001, 1420},
		{"Delhi to Kolkata", 110001, 700001, 1500},
		{"Srinagar to Kanniyakumari", 190001, 629702, 3600},
		{"Hyderabad to Pune", 500001, 411001, 560},
	} {
		km, ok := invoice.Distance(c.from, c.to)
		if !ok || km < c.roughly*2/3 || km > c.roughly*4/3 {
			t.Errorf("%s: %d km, %v; roughly %d", c.name, km, ok, c.roughly)
		}
	}
}

func TestDistanceIsSymmetricBoundedAndAtLeastOne(t *testing.T) {
	pin := rapid.IntRange(100000, 999999)
	rapid.Check(t, func(t *rapid.T) {
		a, b := pin.Draw(t, "a"), pin.Draw(t, "b")
		there, ok := invoice.Distance(a, b)
		back, okBack := invoice.Distance(b, a)
		if there != back || ok != okBack || ok && (there < 1 || there > 4000) || !ok && there != 0 {
			t.Fatalf("%d, %v there and %d, %v back", there, ok, back, okBack)
		}
	})
}

func TestDistanceNeedsARoad(t *testing.T) {
	for _, c := range []struct {
		from, to int
		want     bool
	}{
		{560001, 744101, false}, {744101, 744202, true}, {682555, 560001, false}, {682001, 560001, true},
		{682551, 682559, true}, {682555, 744101, false},
		{560001, 999999, false}, {999999, 999999, false}, {560001, 100001, false}, {0, 560001, false}, {-5, 1 << 40, false},
	} {
		if _, ok := invoice.Distance(c.from, c.to); ok != c.want {
			t.Errorf("%d to %d: %v, want %v", c.from, c.to, ok, c.want)
		}
	}
}
