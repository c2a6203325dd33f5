package scene

import (
	"fmt"
	"strconv"
	"time"
)

// Tolerance is how far the world's clock may run on between two calls of a scenario.
const Tolerance = 5 * time.Second

// Near compares two times of a world's clock.
func Near(what string, got, want time.Time) error {
	if d := got.Sub(want).Abs(); d > Tolerance {
		return fmt.Errorf("%s is %s, %s away from the expected time", what, got.Format(time.RFC3339), d)
	}
	return nil
}

// OptionalCount reads how many times something is done; empty means once.
func OptionalCount(text string) (int, error) {
	if text == "" {
		return 1, nil
	}
	return strconv.Atoi(text)
}

// InIndia is the zone of every time that the e-Invoice API writes without one.
var InIndia = time.FixedZone("IST", 5*60*60+30*60)
