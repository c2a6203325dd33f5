package steps

import (
	"fmt"
	"strconv"
	"time"
)

// tolerance is how far the world's clock may run on between two calls of a scenario.
const tolerance = 5 * time.Second

// near compares two times of a world's clock.
func near(what string, got, want time.Time) error {
	if d := got.Sub(want).Abs(); d > tolerance {
		return fmt.Errorf("%s is %s, which is %s off", what, got.Format(time.RFC3339), d)
	}
	return nil
}

// optionalCount reads how many times something is done; empty means once.
func optionalCount(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	return strconv.Atoi(text)
}

// inIndia is the zone of every time that the e-Invoice API writes without one.
var inIndia = time.FixedZone("IST", 5*60*60+30*60)
