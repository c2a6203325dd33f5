package simulator

import (
	"net/http"
	"testing"
)

// A web page can make its own name resolve to this machine. Calls under that name are refused.
func TestOtherHostNamesAreRefused(t *testing.T) {
	run, err := quiet(t, "host").Start(t.Context(), Addresses{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close(t.Context()) })
	ask := func(base, host string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		w, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Body.Close()
		return w.StatusCode
	}
	for host, refused := range map[string]bool{
		"localhost": false, "LOCALHOST:7000": false, "nicsim.localhost:7000": false, "127.0.0.1:7000": false,
		"127.8.8.8":  false,
		"[::1]:7000": false, "[::1]": false,
		"evil.example": true, "evil.example:7000": true, "localhost.evil.example": true, "10.0.0.1": true,
		"[2001:db8::1]:7000": true, "127.0.0.1.evil.example": true,
	} {
		for _, base := range []string{run.URLs.Control, run.URLs.Sandbox, run.URLs.Production} {
			if got := ask(base, host); (got == http.StatusMisdirectedRequest) != refused {
				t.Errorf("%s asked as %q answers %d", base, host, got)
			}
		}
	}
}
