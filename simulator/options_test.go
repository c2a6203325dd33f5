package simulator

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/settings"
)

// Each world begins with the settings in the options, and PUT {} restores them.
func TestWorldsBeginWithTheGivenSettings(t *testing.T) {
	figures := settings.Default()
	figures.OTPMaxAttempts, figures.IRPv103 = 7, true
	sim, err := New(Options{Seed: "settings", Settings: &figures})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, body string) string {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		sim.Control.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("%s %s answered %d: %s", method, path, w.Code, w.Body)
		}
		return w.Body.String()
	}
	const path = "/w/mine/control/v1/settings"
	given := func(answer string) bool {
		return strings.Contains(answer, `"otpMaxAttempts":7`) && strings.Contains(answer, `"irpV103":true`) &&
			strings.Contains(answer, `"rules":{}`)
	}
	if answer := ask(http.MethodGet, path, ""); !given(answer) {
		t.Errorf("begins with %s", answer)
	}
	if answer := ask(http.MethodPut, path, `{"otpMaxAttempts":2,"irpV103":false,"rules":{"hsn-length":false}}`); given(answer) {
		t.Errorf("kept %s", answer)
	}
	if answer := ask(http.MethodPut, path, `{}`); !given(answer) {
		t.Errorf("gave back %s", answer)
	}
}

func TestNewRefusesSettings(t *testing.T) {
	figures := settings.Default()
	figures.OTPMaxSends = 0
	if _, err := New(Options{Settings: &figures}); err == nil || !strings.Contains(err.Error(), "otpMaxSends") {
		t.Errorf("the error is %v", err)
	}
}
