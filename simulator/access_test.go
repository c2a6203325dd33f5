package simulator

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd"
)

const controlToken = "Sixteen-chars+more"

// logged is a log that is read while it is written.
type logged struct {
	mu   sync.Mutex // guards text
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// tokened starts a simulator with a control token and returns its log.
func tokened(t *testing.T) (*Running, *logged) {
	t.Helper()
	log := &logged{}
	return running(t, Options{ControlToken: controlToken, Log: slog.New(slog.NewTextHandler(log, nil))}), log
}

// reply is an answer that was read.
type reply struct {
	Status     string
	StatusCode int
	Header     http.Header
	At         *url.URL // after redirects
}

// asked sends a request with headers, given as names and values, and returns the answer and its body.
func asked(t *testing.T, client *http.Client, method, address string, form url.Values, headers ...string) (reply,
	string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", httpd.FormType)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{w.Status, w.StatusCode, w.Header, w.Request.URL}, string(body)
}

func TestControlTokenProtectsControlAlone(t *testing.T) {
	run, _ := tokened(t)
	for _, c := range []struct {
		address, authorization string
		status                 int
	}{
		{run.URLs.Control + "/control/v1/inbox", "", 401},
		{run.URLs.Control + "/control/v1/inbox", "Bearer " + controlToken, 200},
		{run.URLs.Control + "/control/v1/inbox", "bearer " + controlToken, 200},
		{run.URLs.Control + "/control/v1/inbox", "Bearer " + controlToken + "x", 401},
		{run.URLs.Control + "/control/v1/inbox", "Bearer " + controlToken[1:], 401},
		{run.URLs.Control + "/control/v1/inbox", "Bearer ", 401},
		{run.URLs.Control + "/control/v1/inbox", "Basic " + controlToken, 401},
		{run.URLs.Control + "/control/v1/inbox?token=" + controlToken, "", 401},
		{run.URLs.Control + "/control/v1/nothing", "", 401}, // which paths there are is not shown either
		{run.URLs.Control + "/w/blue/", "", 401},
		{run.URLs.Control + "/events", "", 401},
		{run.URLs.Control + "/healthz", "", 200},
		{run.URLs.Control + "/readyz", "", 200},
		{run.URLs.Control + "/assets/style.css", "", 200},
		{run.URLs.Sandbox + "/portal/v1/providers", "", 200},
		{run.URLs.Production + "/login", "", 200},
	} {
		w, body := asked(t, http.DefaultClient, http.MethodGet, c.address, nil, "Authorization", c.authorization)
		if w.StatusCode != c.status {
			t.Errorf("%s with %q: %s, want %d", c.address, c.authorization, w.Status, c.status)
		}
		if scheme := w.Header.Get("WWW-Authenticate"); c.status == 401 && (scheme != `Bearer realm="nicsim"` ||
			!strings.Contains(body, `"code":"token-required"`)) {
			t.Errorf("%s: WWW-Authenticate %q, %s", c.address, scheme, body)
		}
	}
	_, worlds := asked(t, http.DefaultClient, http.MethodGet, run.URLs.Control+"/control/v1/worlds", nil, "Authorization",
		"Bearer "+controlToken)
	if strings.Contains(worlds, "blue") {
		t.Errorf("a request without the token made a world: %s", worlds)
	}
}

func TestLoginToTheDashboard(t *testing.T) {
	run, log := tokened(t)
	jar, _ := cookiejar.New(nil) // never fails without options
	browser := &http.Client{Jar: jar}
	page := run.URLs.Control + "/w/blue/journal"
	get := func() (reply, string) {
		t.Helper()
		return asked(t, browser, http.MethodGet, page, nil, "Accept", "text/html")
	}
	w, body := get()
	if w.StatusCode != 401 || !strings.Contains(body, `type="password"`) || !strings.Contains(body, `value="/journal"`) {
		t.Fatalf("without the token: %s %s", w.Status, body)
	}
	login := run.URLs.Control + "/w/blue/login"
	wrong := url.Values{"token": {"wrong-" + controlToken}, "next": {"/journal"}}
	w, body = asked(t, browser, http.MethodPost, login, wrong, "Accept", "text/html")
	if w.StatusCode != 401 || !strings.Contains(body, "Wrong control token") || strings.Contains(body, controlToken) {
		t.Fatalf("a wrong token: %s %s", w.Status, body)
	}
	if w, _ = get(); w.StatusCode != 401 {
		t.Fatalf("after a wrong token: %s", w.Status)
	}
	right := url.Values{"token": {controlToken}, "next": {"/journal"}}
	w, _ = asked(t, browser, http.MethodPost, login, right, "Accept", "text/html")
	if w.StatusCode != 200 || w.At.String() != page {
		t.Fatalf("the right token leads to %s: %s", w.At, w.Status)
	}
	if w, body = get(); w.StatusCode != 200 || !strings.Contains(body, `href="/w/blue/logout"`) {
		t.Fatalf("after the login: %s", w.Status)
	}
	once := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w, _ = asked(t, once, http.MethodPost, login, right)
	cookie := w.Header.Get("Set-Cookie")
	if !strings.Contains(cookie, "; HttpOnly") || !strings.Contains(cookie, "; SameSite=Strict") ||
		strings.Contains(cookie, controlToken) {
		t.Errorf("the cookie is %q", cookie)
	}
	for _, forged := range []string{
		"nicsim_control=x", "nicsim_control=9999999999.", "nicsim_control=9999999999." + strings.Repeat("0", 64),
		"nicsim_control=" + controlToken, strings.Replace(strings.Split(cookie, ";")[0], "=1", "=2", 1),
	} {
		if w, _ := asked(t, once, http.MethodGet, page, nil, "Cookie", forged); w.StatusCode != 401 {
			t.Errorf("the cookie %q: %s", forged, w.Status)
		}
	}
	for next, want := range map[string]string{"//evil.example": "/w/blue/", `/\evil.example`: "/w/blue/",
		"https://evil.example": "/w/blue/", "": "/w/blue/", "/w/red/": "/w/red/", "/inbox": "/w/blue/inbox"} {
		form := url.Values{"token": {controlToken}, "next": {next}}
		if w, _ := asked(t, once, http.MethodPost, login, form); w.Header.Get("Location") != want {
			t.Errorf("next %q leads to %q, want %q", next, w.Header.Get("Location"), want)
		}
	}
	asked(t, browser, http.MethodPost, run.URLs.Control+"/logout", url.Values{"form": {""}})
	if w, _ = get(); w.StatusCode != 401 {
		t.Errorf("after the logout: %s", w.Status)
	}
	said := log.String()
	if strings.Contains(said, controlToken) || !strings.Contains(said, "a control token was refused") {
		t.Errorf("the log says %s", said)
	}
}

func TestControlTokensThatCannotBeUsed(t *testing.T) {
	for _, token := range []string{"short", "with a blank in it, long", "ümlaut-is-not-ascii", strings.Repeat("x", 257)} {
		if _, err := New(Options{ControlToken: token}); !errors.Is(err, httpd.ErrToken) {
			t.Errorf("%q: %v", token, err)
		}
	}
}
