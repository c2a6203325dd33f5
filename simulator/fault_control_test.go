package simulator_test

import (
	"net/url"
	"strings"
	"testing"
)

// The control API of faults.
func TestFaultsControl(t *testing.T) {
	f := openFaulty(t)
	if got := f.control("w", "GET", "/faults", "", 200); got != `{"faults":[]}`+"\n" {
		t.Errorf("at first: %s", got)
	}
	f.control("w", "DELETE", "/faults/none", "", 404)
	f.control("w", "GET", "/faults/none", "", 404)
	f.control("w", "DELETE", "/faults", "", 204)
	resp, body, err := f.send(t.Context(), "POST", f.Control+"/w/w/control/v1/faults", "application/json",
		`{"name":"it","does":{"kind":"html"},"when":{"call":"ping"}}`)
	if err != nil || resp.StatusCode != 201 || resp.Header.Get("Location") != "/w/w/control/v1/faults/it" {
		t.Fatal(resp, body, err)
	}
	want := `{"name":"it","when":{"call":"ping"},"does":{"kind":"html"},"often":{},"matched":0,"fired":0}` + "\n"
	if got := f.control("w", "GET", "/faults/it", "", 200); got != want || body != want {
		t.Errorf("reads %s, was answered %s", got, body)
	}
	if _, _, err := f.get(f.Sandbox + "/w/w" + ping); err != nil {
		t.Error(err)
	}
	if got := f.counts("w")["it"]; got != [2]int{1, 1} {
		t.Errorf("counts %v", got)
	}
	f.set("w", `{"name":"it","does":{"kind":"hang"},"when":{"call":"ping"}}`) // replaces it
	if got := f.counts("w"); len(got) != 1 || got["it"] != [2]int{0, 0} {
		t.Errorf("counts %v", got)
	}
	for n := range 199 {
		f.set("w", `{"name":"more-`+string(rune('a'+n/26))+string(rune('a'+n%26))+`","does":{"kind":"reset"},"when":{"user":"x"}}`)
	}
	if got := f.control("w", "POST", "/faults", `{"name":"last","does":{"kind":"reset"}}`, 422); !strings.Contains(got,
		"at most 200 faults") {
		t.Error(got)
	}
	f.set("w", `{"name":"it","does":{"kind":"html"},"when":{"call":"ping"}}`) // one of them can be replaced
	f.control("w", "POST", "/faults", `[]`, 400)
	f.control("w", "POST", "/faults", `{"name":"x","name":"y"}`, 400)
	f.control("w", "DELETE", "/faults/it", "", 204)
	if r, _, err := f.get(f.Sandbox + "/w/w" + ping); err != nil || r.StatusCode != 200 {
		t.Error(r, err)
	}
	f.control("w", "POST", "/reset", "", 204)
	if got := f.counts("w"); len(got) != 0 {
		t.Errorf("after a reset: %v", got)
	}
	long := url.QueryEscape(strings.Repeat("x", 16000))
	for n := range 40 {
		resp, body, err := f.send(t.Context(), "POST", f.Control+"/w/w/control/v1/faults", "application/json",
			`{"name":"long-`+string(rune('a'+n%26))+string(rune('a'+n/26))+`","does":{"kind":"status","code":500,"body":"`+
				long+`"}}`)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode == 422 {
			if !strings.Contains(body, "524288 bytes together") || n != 32 {
				t.Error(n, body)
			}
			return
		}
	}
	t.Error("40 long bodies were taken")
}
