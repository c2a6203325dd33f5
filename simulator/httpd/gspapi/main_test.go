package gspapi_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/nicsim/nicsim/internal/browsertest"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(browsertest.Main(m)) }

// The API users of each place, all with one password.
const (
	password  = "Testing@123"
	dakshin   = "29ABCCD1234E1Z1"
	deccan    = "29ABCPD1234E2Z9"
	konkan    = "AABCK27GSP4K7QX" // Konkan Tax Gateway
	usersJSON = `[
		{"environment":"production","gstin":"29ABCCD1234E1Z1","clientId":"AABCK27GSP4K7QX","username":"API_dakshin"},
		{"environment":"sandbox","gstin":"29ABCCD1234E1Z1","clientId":"AABCK27GSP4K7QX","username":"dakshin_trial"},
		{"environment":"production","gstin":"29ABCPD1234E2Z9","clientId":"AAFCC29ERP82ZSO","username":"API_deccan"}]`
)

// place is a simulator with those API users.
type place struct {
	t *testing.T
	*simtest.Server
	log bytes.Buffer
}

func open(t *testing.T) *place {
	t.Helper()
	p := &place{t: t}
	p.Server = simtest.Start(t, simulator.Options{Log: slog.New(slog.NewTextHandler(&p.log, nil))})
	var users []map[string]string
	if err := json.Unmarshal([]byte(usersJSON), &users); err != nil {
		t.Fatal(err)
	}
	for _, u := range users {
		u["password"] = password
		body, _ := json.Marshal(u)
		if status, answer := p.json("POST", p.Control+"/control/v1/api-users", string(body)); status != http.StatusCreated {
			t.Fatalf("the API user %s: %d %v", u["username"], status, answer)
		}
	}
	return p
}

// text sends JSON and returns the answer.
func (p *place) text(method, address, body string) (int, string) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	client := p.Client()
	defer client.CloseIdleConnections()
	w, err := client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return w.StatusCode, string(text)
}

func (p *place) json(method, address, body string) (int, map[string]any) {
	p.t.Helper()
	status, text := p.text(method, address, body)
	var answer map[string]any
	_ = json.Unmarshal([]byte(text), &answer) // 204 has none
	return status, answer
}

// entry is the body of a POST.
func entry(company, environment, gstin, username, password string) string {
	body, _ := json.Marshal(map[string]string{"companyName": company, "environment": environment, "gstin": gstin,
		"username": username, "password": password})
	return string(body)
}

const connections = "/portal/v1/connections"
