package steps_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/nicsim/nicsim/steps"
)

// An interruption is not a failure of the portals. Scenarios that have begun end; the others are not run.
func TestInterruptedRun(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	o := options(t, "Feature: f\n"+good+outline)
	o.Concurrency, o.Tags = 1, "@must"
	asked := portal()
	interrupting := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/captchas") {
			interrupt()
		}
		asked.ServeHTTP(w, r)
	}))
	o.Sandbox, o.Production = interrupting, interrupting
	cucumber := filepath.Join(t.TempDir(), "r.json")
	var out bytes.Buffer
	o.Out, o.Formats, o.Seed = &out, []string{"progress", "cucumber:" + cucumber}, 42
	result, err := steps.Run(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	if count(result) != [...]int{1, 0, 2, 0, 0, 0} || len(result.NotPerformed(steps.RunEnded)) != 2 || result.OK() {
		t.Errorf("the result is %+v", result)
	}
	if !strings.Contains(result.String(), "3 scenarios: 1 passed, 0 failed, 2 not run (seed 42)") ||
		strings.Contains(out.String(), "cancel") {
		t.Errorf("the output is\n%s", out.String())
	}
	document, err := os.ReadFile(cucumber)
	if err != nil || bytes.Contains(document, []byte(`"failed"`)) || bytes.Count(document, []byte(`"skipped"`)) != 4 {
		t.Errorf("the cucumber report is %s, %v", document, err)
	}
}

// dying answers some calls and then closes its listener, as if the program had crashed.
func dying(t *testing.T, calls int32) string {
	t.Helper()
	answers := portal()
	var server *httptest.Server
	var asked atomic.Int32
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answers.ServeHTTP(w, r)
		if asked.Add(1) == calls {
			_ = server.Listener.Close() // it is closed once
			w.Header().Set("Connection", "close")
		}
	}))
	server.Config.SetKeepAlivesEnabled(false)
	t.Cleanup(server.Close)
	return server.URL
}

// If the target has ended, the run ends at the first call that cannot connect. Scenarios without an answer do not count
// as failed, but as not run.
func TestLostTarget(t *testing.T) {
	o := options(t, "Feature: f\n"+good+outline)
	o.Concurrency, o.Seed = 1, 42
	gone := dying(t, 3) // two calls before the first scenario, and one in it
	o.Sandbox, o.Production = gone, gone
	var out bytes.Buffer
	o.Out = &out
	result, err := steps.Run(t.Context(), o)
	var lost *steps.UnreachableError
	if !errors.As(err, &lost) || lost.BaseURL != gone || !strings.Contains(err.Error(), "refused") {
		t.Errorf("the error is %v", err)
	}
	// One scenario noticed it, and that is the one error.
	if count(result) != [...]int{1, 0, 1, 0, 0, 1} || result.OK() || result.Of(steps.Error)[0].Reason != err.Error() ||
		!strings.Contains(result.Of(steps.Skipped)[0].Reason, "cannot be reached") {
		t.Errorf("the result is %+v", result)
	}
	if !strings.Contains(result.String(), "3 scenarios: 1 passed, 0 failed, 1 with an error, 1 not run (seed 42)") {
		t.Errorf("the output is\n%s", out.String())
	}
}

// If a running target breaks a connection, the scenario fails and the run goes on.
func TestBrokenConnection(t *testing.T) {
	o := options(t, "Feature: f\n"+good+outline)
	o.Concurrency = 1
	var asked atomic.Int32
	answers := portal()
	o.Sandbox = serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 2 { // the first scenario's call
			panic(http.ErrAbortHandler)
		}
		answers.ServeHTTP(w, r)
	}))
	result, err := steps.Run(t.Context(), o)
	if err != nil || count(result) != [...]int{2, 1, 0, 0, 0, 0} {
		t.Errorf("%s, %v", result, err)
	}
}
