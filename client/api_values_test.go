package client_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]client.Number{
		`112410188589976`: 112410188589976, `"112410188589976"`: 112410188589976, `" 7 "`: 7, `1.12e14`: 112000000000000,
		`1.0`: 1, `-1`: -1, `null`: 0, `""`: 0, `0`: 0, `9223372036854775807`: 9223372036854775807,
	} {
		n := client.Number(99)
		if err := json.Unmarshal([]byte(text), &n); err != nil || n != want {
			t.Errorf("%s is %d, %v, want %d", text, n, err, want)
		}
	}
	for _, text := range []string{`1.5`, `"x"`, `"-"`, `true`, `{}`, `1e999999999`, `1e17`, `"NaN"`, `"Inf"`,
		`9223372036854775808`, `"\q"`} {
		var n client.Number
		if err := json.Unmarshal([]byte(text), &n); err == nil {
			t.Errorf("%s is %d", text, n)
		}
	}
}

func TestStamp(t *testing.T) {
	t.Parallel()
	midnight := at(0, 0)
	for text, want := range map[string]time.Time{
		`"2026-11-22 10:05:00"`: at(10, 5), `"22/11/2026 10:05:00 PM"`: at(22, 5), `"22/11/2026 12:05:00 AM"`: at(0, 5),
		`"22/11/2026 22:05:00"`: at(22, 5), `"2026-11-22"`: midnight, `"22/11/2026"`: midnight, `" 2026-11-22 "`: midnight,
		`null`: {}, `""`: {}, `"-"`: {},
	} {
		s := client.Stamp{Time: at(1, 1)}
		if err := json.Unmarshal([]byte(text), &s); err != nil || !s.Equal(want) || s.IsZero() != want.IsZero() {
			t.Errorf("%s is %s, %v, want %s", text, s, err, want)
		}
		if _, offset := s.Zone(); !s.IsZero() && offset != 19800 {
			t.Errorf("%s is %s, which is not IST", text, s)
		}
	}
	for _, text := range []string{`"2026-13-22"`, `"soon"`, `7`, `{}`, `"\q"`} {
		var s client.Stamp
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("%s is %s", text, s)
		}
	}
}
