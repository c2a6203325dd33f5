package httpd

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/simulator/portal"
)

// The statuses of docs/portal-contract.md that are not 422, repeated here.
var contractStatuses = map[portal.Code]int{
	"otp-too-soon": 429, "otp-limit": 429, "otp-send-limit": 429,
	"username-taken": 409, "already-registered": 409, "already-frozen": 409, "wrong-state": 409, "dummy-gstin-limit": 409,
	"login-failed": 401, "session-required": 401, "session-expired": 401,
	"account-locked": 423,
	"not-enabled":    403, "account-frozen": 403, "account-cancelled": 403, "account-suspended": 403,
	"account-inactive": 403, "transporter-only": 403,
	"direct-awaiting-ip": 403, "direct-awaiting-officer": 403, "direct-rejected": 403, "direct-below-threshold": 403,
	"gsp-only":  403,
	"not-found": 404, "expired": 410, "outage": 503,
}

func TestEveryRefusalHasItsStatus(t *testing.T) {
	got, want := map[portal.Code]int{}, map[portal.Code]int{}
	for _, code := range portal.Codes() {
		line := statusOf(code)
		if got[code], want[code] = line.status, 422; contractStatuses[code] != 0 {
			want[code] = contractStatuses[code]
		}
		if line.title == "" {
			t.Errorf("%s has no title", code)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for code := range statuses {
		if _, known := got[code]; !known {
			t.Errorf("%s has a status, and no words", code)
		}
	}
	for code := range contractStatuses {
		if _, known := got[code]; !known {
			t.Errorf("%s of the contract is unknown", code)
		}
	}
	if got := statusOf("no-such-code").status; got != 500 {
		t.Errorf("an unknown code is answered with %d", got)
	}
}
