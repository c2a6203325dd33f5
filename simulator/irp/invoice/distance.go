package invoice

import "strconv"

// Distance is the distance by road between two PIN codes in kilometres, at least 1, and the same in both
// directions. It is not ok if one of them does not exist, or if there is no road: to and from the Andaman and
// Nicobar Islands and Lakshadweep.
//
// NIC's table of distances is not public. This is a rough one (SIM): the distance as the crow flies
// between the places of the first two digits, moved a little by the other four, and a third more for
// the road.
func Distance(from, to int) (km int, ok bool) {
	a, okA := locate(from)
	b, okB := locate(to)
	if !okA || !okB || a.sea != b.sea {
		return 0, false
	}
	// At 22 degrees north a hundredth of a degree is 1.11 km long and 1.03 km wide.
	north, east := (a.north-b.north)*111, (a.east-b.east)*103
	return max(1, squareRoot(north*north+east*east)*4/3/100), true
}

// spot is a place in hundredths of a degree, and the islands it is on, 0 for the mainland.
type spot struct{ north, east, sea int }

func locate(pin int) (spot, bool) {
	if len(pinStates(pin)) == 0 || pin == 999999 {
		return spot{}, false
	}
	place, ok := masters().PINPlaces[strconv.Itoa(pin/10000)]
	s := spot{north: place.North, east: place.East}
	if pin/1000 == andaman || pin/10 == lakshadweep {
		s.sea = pin / 1000
	}
	// Third to sixth digit: up to 0.45 degrees either way for the sorting district, less for the post
	// office.
	district, office := pin/1000%10, pin%1000
	s.north += 10*district - 45 + office%32
	s.east += (district*district%10)*10 - 45 + office/32
	return s, ok
}

// The first digits of PIN codes on islands; those of Lakshadweep are among Kochi's.
const (
	andaman     = 744
	lakshadweep = 68255
)

// squareRoot of a number that is not negative, rounded down. Floating point would differ between
// processors.
func squareRoot(n int) int {
	x := n
	for next := (x + 1) / 2; next < x; next = (x + n/x) / 2 {
		x = next
	}
	return x
}
