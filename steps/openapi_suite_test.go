package steps_test

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/simtest"
	"github.com/nicsim/nicsim/steps"
)

// What all scenarios ask and are answered fits the OpenAPI descriptions. With the calls of a file, they meet every
// status that is described.
func TestSuiteFitsTheDescription(t *testing.T) {
	sim := simtest.Start(t, simulator.Options{})
	listeners := map[string]string{"sandbox": sim.Sandbox, "production": sim.Production, "gsp": sim.GSP,
		"control": sim.Control}
	r := &recorder{carrier: &http.Transport{MaxIdleConnsPerHost: 16}, by: map[string]*description{},
		wrong: map[string]string{}, seen: map[string]bool{}, failing: map[string]bool{}, seks: map[string][]byte{}}
	for listener, base := range listeners {
		at, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		r.by[at.Port()] = descriptionOf(t, listener, base)
	}
	result, err := steps.Run(t.Context(), steps.Options{Sandbox: sim.Sandbox, Production: sim.Production,
		Control: sim.Control, GSP: sim.GSP, Transport: r})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range result.Of(steps.Fail, steps.Error) {
		t.Errorf("%s: %s\n%s", o.Scenario.Key(), o.Reason, o.Trace)
	}
	moreCalls(t, r, listeners)
	for _, name := range slices.Sorted(maps.Keys(r.wrong)) {
		t.Errorf("%s: %s", name, r.wrong[name])
	}
	if len(r.seks) < 100 || r.opened < 500 {
		t.Errorf("%d session keys were found, and %d documents opened with them", len(r.seks), r.opened)
	}
	used := map[*regexp.Regexp]bool{}
	for _, d := range r.by {
		for _, call := range d.calls {
			responses, _ := d.at(call.at + "/responses")
			for status := range responses.(map[string]any) {
				if status != "default" && !r.seen[met(d.listener, call.name, status)] &&
					!excused(d.listener+" "+call.name+" "+status, used) {
					t.Errorf("%s %s %s is described, and neither a scenario nor a call of the file meets it", d.listener,
						call.name, status)
				}
			}
		}
	}
	for _, e := range excuses {
		if !used[e.statuses] {
			t.Errorf("the excuse %s is not needed", e.statuses)
		}
	}
	t.Log(result)
}

// excuses are statuses that need not be met, since others that are met show the same.
var excuses = []struct {
	statuses *regexp.Regexp
	why      string
}{
	{regexp.MustCompile(`/e(i|wayb).* 429$`), "limits come before the call is looked at; Generate meets them"},
	{regexp.MustCompile(`/v1.03/Master/.* 200$`), "the code of version 1.04, which is met, answers this version"},
	{regexp.MustCompile(`/eicore/v1.03/Cancel 200$`), "the code of Invoice/Cancel, which is met, answers the former path"},
	{regexp.MustCompile(`POST /portal/v1/dummy-gstins 409$`), "it takes a thousand of them; tests of package portal meet it"},
	{regexp.MustCompile(`/logins/\{id\}/otp/verification 40[13]$`), "the check of the login, which is met, is repeated"},
	{regexp.MustCompile(`DELETE /control/v1/invoices/.* 409$`), "it needs an invoice of NIC's; tests of package admin meet it"},
	{regexp.MustCompile(`GET /readyz 503$`), "the listeners are open; tests of package simulator meet it"},
	{regexp.MustCompile(`POST .*/otp.* (409|410|429)$`), "one place judges a flow and its OTPs, which is met in other flows"},
	{regexp.MustCompile(`/portal/v1/.*registrations.* (404|410)$`), "one place finds flows, which is met in other flows"},
}

func excused(name string, used map[*regexp.Regexp]bool) bool {
	for _, e := range excuses {
		if e.statuses.MatchString(name) {
			used[e.statuses] = true
			return true
		}
	}
	return false
}

// moreCalls makes the calls of the file. In a line, {Location} is the newest Location of an answer, and {captcha} the
// answer to a captcha of the listener.
func moreCalls(t *testing.T, r *recorder, listeners map[string]string) {
	t.Helper()
	text, err := os.ReadFile("testdata/described-calls.txt")
	if err != nil {
		t.Fatal(err)
	}
	const world = "/w/described"
	cookies, location := map[string]string{}, ""
	call := func(listener, method, path, body string) (int, []byte) {
		request, err := http.NewRequestWithContext(t.Context(), method, listeners[listener]+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if body != "" {
			request.Header.Set("Content-Type", "application/json")
		}
		request.Header.Set("Cookie", cookies[listener])
		response, err := r.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		location = cmp.Or(response.Header.Get("Location"), location)
		if set := response.Header.Get("Set-Cookie"); set != "" {
			cookies[listener], _, _ = strings.Cut(set, ";")
		}
		answer, _ := io.ReadAll(response.Body) // read before
		return response.StatusCode, answer
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimSpace(line)+" ", " ", 5) // listener, method, path, status, body
		path, found := strings.CutPrefix(parts[2], "{Location}")
		if path = world + path; found {
			path = location + strings.TrimPrefix(path, world)
		}
		body := strings.TrimSpace(parts[4])
		if strings.Contains(body, "{captcha}") {
			var drawn struct{ CaptchaID, Answer string }
			_, answer := call(parts[0], http.MethodPost, world+"/portal/v1/captchas", "")
			_ = json.Unmarshal(answer, &drawn) // both are compared with the descriptions
			_, answer = call("control", http.MethodGet, world+"/control/v1/captchas/"+drawn.CaptchaID, "")
			_ = json.Unmarshal(answer, &drawn)
			body = strings.Replace(body, "{captcha}",
				`{"captchaId":"`+drawn.CaptchaID+`","answer":"`+drawn.Answer+`"}`, 1)
		}
		if status, answer := call(parts[0], parts[1], path, body); strconv.Itoa(status) != parts[3] {
			t.Errorf("%sthe status is %d: %s", line, status, answer)
		}
	}
}
