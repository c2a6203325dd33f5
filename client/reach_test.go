package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/client"
)

// secrets must not be in any error.
var secrets = client.Login{
	Username: "dakshin29", Password: "Dakshin@2024", ClientSecret: "SahyadriSecret000001",
	Captcha: client.CaptchaAnswer{CaptchaID: "c-1", Answer: "K7QX2"},
}

func requireNoSecrets(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, text := range []string{e.Error(), fmt.Sprintf("%+v", e)} {
			for _, secret := range []string{secrets.Password, secrets.ClientSecret, secrets.Captcha.Answer} {
				if strings.Contains(text, secret) {
					t.Errorf("%T carries a secret: %s", e, text)
				}
			}
		}
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	cut := func(raw string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = conn.Write([]byte(raw))
			conn.Close()
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	held := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-held }))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(held) })

	tests := []struct {
		name, base string
		timeout    time.Duration
		says       string
	}{
		{name: "no listener", base: closed.URL, says: "connection refused"},
		{name: "hangs up", base: cut(""), says: "EOF"},
		{name: "no HTTP", base: cut("hello\r\n\r\n"), says: "malformed HTTP"},
		{name: "breaks off", base: cut("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"),
			says: "the answer broke off: unexpected EOF"},
		{name: "never answers", base: silent.URL, timeout: 20 * time.Millisecond, says: "Client.Timeout"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, err := client.NewSandbox(test.base+"/w/blue", client.Options{HTTP: &http.Client{Timeout: test.timeout}})
			if err != nil {
				t.Fatal(err)
			}
			_, err = s.Login(t.Context(), secrets)
			got := as[*client.Unreachable](t, err)
			if got.Method != "POST" || got.Path != "/portal/v1/login" || !strings.HasSuffix(test.base, got.Host) {
				t.Errorf("error is about %s %s at %s", got.Method, got.Path, got.Host)
			}
			if !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "http://") {
				t.Errorf("error %q, want %q in it and no URL", err, test.says)
			}
			requireNoSecrets(t, err)
		})
	}
}

func TestEndedContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server notices that the caller has gone only after it has read the body
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	_, err := newSandbox(t, server.URL).Login(ctx, secrets)
	if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "POST /portal/v1/login: ") {
		t.Errorf("error is %v, want the cancelled context and the call", err)
	}
	var unreachable *client.Unreachable
	if errors.As(err, &unreachable) {
		t.Errorf("a cancelled call passes for an unreachable target: %v", err)
	}
	requireNoSecrets(t, err)
}

// A redirect is not followed, to the same host or another, so no body is sent there.
func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := listen(t) // fails the test if it is called
	_, err := newSandbox(t, listen(t, exchange{
		want: "POST /portal/v1/login", status: http.StatusTemporaryRedirect,
		body:   `{"username":"dakshin29","password":"Dakshin@2024","clientSecret":"SahyadriSecret000001","captcha":{"captchaId":"c-1","answer":"K7QX2"}}`,
		header: map[string]string{"Location": elsewhere + "/portal/v1/login"},
	})).Login(t.Context(), secrets)
	got := as[*client.UnexpectedAnswer](t, err)
	if got.Status != 307 || !strings.Contains(got.Reason, strings.TrimPrefix(elsewhere, "http://")) {
		t.Errorf("error is %v, want the redirect and its host", err)
	}
	requireNoSecrets(t, err)
}

func TestOptionsAreUsed(t *testing.T) {
	t.Parallel()
	mine := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		return nil, &net.DNSError{Err: r.Header.Get("User-Agent"), Name: r.URL.Host}
	})}
	for agent, want := range map[string]string{"": "nicsim-client", "walker": "walker"} {
		c, err := client.NewControl("http://portal.invalid", client.Options{HTTP: mine, UserAgent: agent})
		if err != nil {
			t.Fatal(err)
		}
		if got := as[*net.DNSError](t, c.Health(t.Context())); got.Err != want {
			t.Errorf("user agent is %q, want %q", got.Err, want)
		}
	}
	if mine.Jar != nil || mine.CheckRedirect != nil || mine.Timeout != 0 {
		t.Errorf("the caller's HTTP client was changed: %+v", mine)
	}
}

// The control token goes to the control API alone.
func TestControlTokenIsSentToControlAlone(t *testing.T) {
	t.Parallel()
	o := client.Options{
		HTTP: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			return nil, &net.DNSError{Err: "sent " + r.Header.Get("Authorization")}
		})},
		ControlToken: "sesame-sesame-sesame",
	}
	control, err := client.NewControl("http://control.invalid", o)
	if err != nil {
		t.Fatal(err)
	}
	if got := as[*net.DNSError](t, control.Health(t.Context())); got.Err != "sent Bearer sesame-sesame-sesame" {
		t.Errorf("the control API is %s", got.Err)
	}
	portal, err := client.NewSandbox("http://portal.invalid", o)
	if err != nil {
		t.Fatal(err)
	}
	_, err = portal.NewCaptcha(t.Context())
	if got := as[*net.DNSError](t, err); got.Err != "sent " {
		t.Errorf("the portal is %s", got.Err)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestBaseURLs(t *testing.T) {
	t.Parallel()
	tests := []struct{ base, says string }{
		{"http://127.0.0.1:7001", ""},
		{"http://127.0.0.1:7001/", ""},
		{"https://portal.example/w/blue//", ""},
		{"", "must start with http:// or https://"},
		{"127.0.0.1:7001", "first path segment"},
		{"ftp://portal.example", "must start with http:// or https://"},
		{"http://", "names no host"},
		{"http://:7001", "names no host"},
		{"http://portal.example?token=Dakshin@2024", "must end with its path"},
		{"http://portal.example#Dakshin@2024", "must end with its path"},
		{"http://girish:Dakshin%402024@portal.example", "must not carry a username or password"},
		{"http://girish:Dakshin@2024@portal.example:x", "invalid port"},
		{"http://portal.example/\x00Dakshin@2024", "invalid control character"},
	}
	for _, test := range tests {
		t.Run(test.base, func(t *testing.T) {
			t.Parallel()
			_, sandbox := client.NewSandbox(test.base, client.Options{})
			_, production := client.NewProduction(test.base, client.Options{})
			_, control := client.NewControl(test.base, client.Options{})
			for _, err := range []error{sandbox, production, control} {
				if test.says == "" {
					if err != nil {
						t.Errorf("refused: %v", err)
					}
					continue
				}
				if err == nil || !strings.Contains(err.Error(), test.says) {
					t.Errorf("error is %v, want %q in it", err, test.says)
				}
				requireNoSecrets(t, err)
			}
		})
	}
}
