package steps

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"time"
)

type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) { return c(r) }

// Calls that come at once are spaced, and a call after a pause begins at once.
func TestPace(t *testing.T) {
	now := time.Date(2026, time.November, 27, 12, 0, 0, 0, time.UTC)
	var waits []time.Duration
	calls := 0
	p := pace(carrier(func(*http.Request) (*http.Response, error) { calls++; return nil, nil }), 60).(*paced)
	p.now = func() time.Time { return now }
	p.wait = func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil }
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://target.example", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		if i == 3 {
			now = now.Add(time.Minute)
		}
		if _, err := p.RoundTrip(request); err != nil { //nolint:bodyclose // there is no answer
			t.Fatal(err)
		}
	}
	if want := []time.Duration{0, time.Second, 2 * time.Second, 0}; calls != 4 || !slices.Equal(waits, want) {
		t.Errorf("%d calls waited for %v, want %v", calls, waits, want)
	}
}

func TestPaceEndsWithItsCall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

func TestNoPace(t *testing.T) {
	if _, limited := pace(carrier(nil), 0).(*paced); limited {
		t.Error("a target without limit is paced")
	}
}
