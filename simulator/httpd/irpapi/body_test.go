package irpapi_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// unread is a body that must not be read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, errors.New("read")
}

// A large body is not read for a caller whose headers are refused: each connection could keep 4 MiB.
func TestLargeBodiesAreReadAfterTheHeaders(t *testing.T) {
	sim, err := simulator.New(simulator.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, path, secret, gstin, code string }{
		{"an unknown client", "/eicore/v1.03/Invoice", "wrong", dakshin.gstin, "1010"},
		{"an unknown client logs in", "/eivital/v1.04/auth", "wrong", dakshin.gstin, "1010"},
		{"an unknown client without a GSTIN logs in", "/eivital/v1.04/auth", "wrong", "", "1004"},
		{"an unknown token", "/eicore/v1.03/Invoice", sahyadri.secret, dakshin.gstin, "1005"},
		{"an unknown token cancels", "/eicore/v1.03/Invoice/Cancel", sahyadri.secret, dakshin.gstin, "1005"},
		{"an unknown token at the e-way bill system", "/ewaybillapi/v1.03/ewayapi", sahyadri.secret, dakshin.gstin,
			base64.StdEncoding.EncodeToString([]byte(`{"errorCodes":"105,"}`))},
	} {
		for _, length := range []int64{-1, 4 << 20} { // -1: sent in chunks
			t.Run(c.name, func(t *testing.T) {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, c.path, unread{t})
				r.ContentLength = length
				for name, value := range map[string]string{"Client_id": sahyadri.id, "Client_secret": c.secret,
					"Gstin": c.gstin, "User_name": "dakshin_api", "Authtoken": strings.Repeat("x", 25)} {
					r.Header.Set(name, value)
				}
				w := httptest.NewRecorder()
				sim.Sandbox.ServeHTTP(w, r)
				if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), c.code) {
					t.Errorf("answered %d %s; want %s", w.Code, w.Body, c.code)
				}
			})
		}
	}
}
