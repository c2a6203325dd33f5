package simulator_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator"
)

// A fault leaves alone what its rule does not match: other callers, worlds, environments, the control API, and the
// files of pages.
func TestFaultsLeaveOthersAlone(t *testing.T) {
	f := openFaulty(t)
	down := `"does":{"kind":"status","code":503}`
	for _, c := range []struct {
		rule, method, path, kind, body string
		header                         http.Header
		fires                          bool
	}{
		{rule: `"when":{}`, path: "S/w/w/", fires: true},
		{rule: `"when":{}`, path: "S/w/other/"},
		{rule: `"when":{}`, path: "S/w/w/assets/style.css"},
		{rule: `"when":{}`, path: "C/w/w/control/v1/clock"},
		{rule: `"when":{}`, path: "C/w/w/"},
		{rule: `"when":{"environment":"production"}`, path: "S/w/w/"},
		{rule: `"when":{"environment":"production"}`, path: "P/w/w/login", fires: true},
		{rule: `"when":{"call":"page"}`, path: "S/w/w/register", fires: true},
		{rule: `"when":{"call":"captcha"}`, method: "POST", path: "S/w/w/portal/v1/captchas", fires: true},
		{rule: `"when":{"call":"captcha"}`, method: "POST", path: "S/w/w/register", kind: "form", body: "newCaptcha=1",
			fires: true},
		{rule: `"when":{"call":"validate"}`, method: "POST", path: "S/w/w/register", kind: "form", body: "gstin=x",
			fires: true},
		{rule: `"when":{"call":"validate"}`, method: "POST", path: "S/w/w/register", kind: "form", body: "newCaptcha=1"},
		{rule: `"when":{"gstin":"29ABCCD1234E1Z1"}`, method: "POST", path: "S/w/w/register", kind: "form",
			body: "gstin=29abccd1234e1z1", fires: true},
		{rule: `"when":{"gstin":"29ABCCD1234E1Z1"}`, method: "POST", path: "S/w/w/portal/v1/registrations", kind: "json",
			body: `{"gstin":"29ABCCD1234E1Z1"}`, fires: true},
		{rule: `"when":{"gstin":"29ABCCD1234E1Z1"}`, method: "POST", path: "S/w/w/portal/v1/registrations", kind: "json",
			body: `{"gstin":"29ABCPD1234E2Z9"}`},
		{rule: `"when":{"gstin":"29ABCCD1234E1Z1"}`, method: "POST", path: "S/w/w/portal/v1/registrations", kind: "json",
			body: `{"gstin":[`},
		{rule: `"when":{"user":"dakshin29","call":"login"}`, method: "POST", path: "P/w/w/portal/v1/login", kind: "json",
			body: `{"username":"dakshin29"}`, fires: true},
		{rule: `"when":{"user":"a","clientId":"b","gstin":"29ABCCD1234E1Z1"}`, path: "S/w/w" + ping,
			header: http.Header{"User-Name": {"a"}, "Client_id": {"B"}, "Gstin": {"29ABCCD1234E1Z1"}}, fires: true},
		{rule: `"when":{"user":"a"}`, path: "S/w/w" + ping},
		{rule: `"when":{"header":{"x-test":"7"}}`, path: "S/w/w" + ping, header: http.Header{"X-Test": {"7"}}, fires: true},
		{rule: `"when":{"header":{"x-test":"7"}}`, path: "S/w/w" + ping, header: http.Header{"X-Test": {"8"}}},
	} {
		t.Run(c.rule+" "+c.method+c.path+" "+c.body, func(t *testing.T) {
			f.T = t
			f.set("w", `{"name":"it",`+c.rule+`,`+down+`}`)
			base := map[string]string{"S": f.Sandbox, "P": f.Production, "C": f.Control}[c.path[:1]]
			r, err := http.NewRequestWithContext(t.Context(), c.method, base+c.path[1:], strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			for name, values := range c.header {
				r.Header[name] = values
			}
			switch c.kind {
			case "form":
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			case "json":
				r.Header.Set("Content-Type", "application/json")
			}
			resp, err := f.client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if (resp.StatusCode == 503) != c.fires {
				t.Errorf("answers %d", resp.StatusCode)
			}
		})
	}
}

// The gstin of a registration and of a session is known from the store.
func TestFaultsKnowFlows(t *testing.T) {
	f := openFaulty(t)
	var captcha struct{ CaptchaID string }
	_, body, err := f.send(t.Context(), "POST", f.Sandbox+"/w/w/portal/v1/captchas", "application/json", "{}")
	if err != nil || json.Unmarshal([]byte(body), &captcha) != nil {
		t.Fatal(err, body)
	}
	var solved struct{ Answer string }
	if err := json.Unmarshal([]byte(f.control("w", "GET", "/captchas/"+captcha.CaptchaID, "", 200)), &solved); err != nil {
		t.Fatal(err)
	}
	form, _ := json.Marshal(map[string]any{"category": "TAXPAYER", "gstin": "29ABCCD1234E1Z1", "mobile": "9876543210",
		"email": "accounts@dakshin.example", "captcha": map[string]string{"captchaId": captcha.CaptchaID,
			"answer": solved.Answer}})
	r, body, err := f.send(t.Context(), "POST", f.Sandbox+"/w/w/portal/v1/registrations", "application/json", string(form))
	if err != nil || r.StatusCode != 201 {
		t.Fatal(r, body, err)
	}
	f.set("w", `{"name":"it","when":{"gstin":"29ABCCD1234E1Z1"},"does":{"kind":"status","code":503}}`)
	if r, body, err := f.get(f.Sandbox + r.Header.Get("Location")); err != nil || r.StatusCode != 503 {
		t.Error(r, body, err)
	}
	f.set("w", `{"name":"it","when":{"gstin":"29ABCPD1234E2Z9"},"does":{"kind":"status","code":503}}`)
	if r, body, err := f.get(f.Sandbox + r.Header.Get("Location")); err != nil || r.StatusCode != 200 {
		t.Error(r, body, err)
	}
}

// Equal seeds give equal failures, and each world has its own.
func TestProbabilityFollowsTheSeed(t *testing.T) {
	pattern := func(seed, world string) string {
		sim, err := simulator.New(simulator.Options{Seed: seed, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		post := httptest.NewRequest("POST", "/w/"+world+"/control/v1/faults", strings.NewReader(
			`{"name":"it","does":{"kind":"status","code":503},"often":{"probability":0.5}}`))
		post.Header.Set("Content-Type", "application/json")
		sim.Control.ServeHTTP(httptest.NewRecorder(), post)
		var seen strings.Builder
		for range 64 {
			w := httptest.NewRecorder()
			sim.Sandbox.ServeHTTP(w, httptest.NewRequest("GET", "/w/"+world+ping, nil))
			seen.WriteString(strconv.Itoa(w.Code / 100))
		}
		return seen.String()
	}
	first := pattern("monday", "w")
	if again := pattern("monday", "w"); again != first {
		t.Errorf("%s, and then %s", first, again)
	}
	if n := strings.Count(first, "5"); n < 16 || n > 48 {
		t.Errorf("of 64 requests %d fail", n)
	}
	if first == pattern("tuesday", "w") || first == pattern("monday", "other") {
		t.Error("another seed and another world fail alike")
	}
}

// Of requests at the same time, exactly as many fail as the rule says.
func TestFaultsAtOnce(t *testing.T) {
	f := openFaulty(t)
	f.set("w", `{"name":"it","does":{"kind":"status","code":503},"often":{"next":5}}`)
	statuses := make(chan int, 40)
	var sending sync.WaitGroup
	for range cap(statuses) {
		sending.Go(func() {
			r, _, err := f.get(f.Sandbox + "/w/w" + ping)
			if err != nil {
				t.Error(err)
			}
			statuses <- r.StatusCode
		})
	}
	sending.Wait()
	close(statuses)
	failed := 0
	for status := range statuses {
		if status == 503 {
			failed++
		}
	}
	if got := f.counts("w")["it"]; failed != 5 || got != [2]int{40, 5} {
		t.Errorf("%d failed, and the counts are %v", failed, got)
	}
}
