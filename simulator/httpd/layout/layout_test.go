package layout

import (
	"testing"
	"time"
)

func TestLasting(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		30 * time.Second:              "30 seconds",
		time.Second:                   "1 second",
		29*time.Second + 1:            "30 seconds",
		time.Minute:                   "1 minute",
		15 * time.Minute:              "15 minutes",
		870 * time.Second:             "14 minutes 30 seconds",
		49 * time.Hour:                "2 days 1 hour",
		time.Hour + 61*time.Second:    "1 hour 1 minute 1 second",
		2*time.Hour - time.Nanosecond: "2 hours",
	} {
		if got := Lasting(d); got != want {
			t.Errorf("%s lasts %q, want %q", d, got, want)
		}
	}
}
