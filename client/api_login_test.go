package client_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

func TestManyCallersShareOneLogin(t *testing.T) {
	t.Parallel()
	const callers = 32
	for name, refuse := range map[string]string{
		"good": "", "refused": `[{"ErrorCode":"1019","ErrorMessage":"Incorrect Password"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNIC(t)
			n.registered(`["x"]`)
			started := make(chan struct{})
			release := make(chan struct{})
			var once sync.Once
			n.set(func() {
				n.refuse = refuse
				n.hold = func() { once.Do(func() { close(started) }); <-release }
			})
			a := n.api(func() time.Time { return at(10, 0) })
			outcomes := make(chan error, callers)
			call := func() {
				_, err := a.RejectedIRNs(t.Context(), "22/11/2026")
				outcomes <- err
			}
			go call()
			<-started
			// Callers that come during the first login. They call the context's Done only when they begin to wait.
			var waiting sync.WaitGroup
			waiting.Add(callers - 1)
			for range callers - 1 {
				go func() {
					ctx := &announced{Context: t.Context(), waiting: waiting.Done}
					_, err := a.RejectedIRNs(ctx, "22/11/2026")
					outcomes <- err
				}()
			}
			waiting.Wait()
			close(release)
			for range callers {
				if err := <-outcomes; (err == nil) != (refuse == "") {
					t.Errorf("outcome: %v", err)
				}
			}
			if auths, _ := n.seen(); len(auths) != 1 {
				t.Errorf("%d logins", len(auths))
			}
		})
	}
}

// announced is a context that signals the first call of Done.
type announced struct {
	context.Context
	once    sync.Once
	waiting func()
}

func (a *announced) Done() <-chan struct{} {
	a.once.Do(a.waiting)
	return a.Context.Done()
}

// If a caller gives up its login, the next caller that waits logs in.
func TestCallerGivesUpItsLogin(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.registered(`["x"]`)
	started := make(chan struct{})
	release := make(chan struct{})
	var logins atomic.Int32
	n.set(func() {
		n.hold = func() {
			if logins.Add(1) == 1 {
				close(started)
				<-release
			}
		}
	})
	t.Cleanup(func() { close(release) })
	a := n.api(func() time.Time { return at(10, 0) })

	impatient, giveUp := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() { _, err := a.Login(impatient); first <- err }()
	<-started
	waiting := make(chan struct{})
	second := make(chan error, 1)
	go func() {
		_, err := a.Login(&announced{Context: t.Context(), waiting: func() { close(waiting) }})
		second <- err
	}()
	<-waiting
	// A third caller waits and gives up during the login of the first.
	third, alsoGivesUp := context.WithCancel(t.Context())
	alsoGivesUp()
	if _, err := a.Login(third); !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that gave up waiting got %v", err)
	}
	giveUp()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that gave up got %v", err)
	}
	if err := <-second; err != nil {
		t.Errorf("the caller that waited got %v", err)
	}
}

func TestRefusedLoginIsReplacedOnce(t *testing.T) {
	t.Parallel()
	const stale = `[{"ErrorCode":"1005","ErrorMessage":"Invalid Token"}]`
	for name, c := range map[string]struct {
		good   func(token string) bool // reports whether the API accepts a token
		rows   string
		calls  int
		logins int
		err    bool
	}{
		"another one is taken": {func(token string) bool { return token == "second" }, stale, 2, 2, false},
		"none is taken":        {func(string) bool { return false }, stale, 2, 2, true},
		"e-way bill system's 106": {func(token string) bool { return token == "second" },
			`[{"ErrorCode":"106","ErrorMessage":"Token Expired"}]`, 2, 2, false},
		"the SEK is another one": {func(token string) bool { return token == "second" },
			`[{"ErrorCode":"1020","ErrorMessage":"Decryption failed"}]`, 2, 2, false},
		"another refusal": {func(string) bool { return false },
			`[{"ErrorCode":"1015","ErrorMessage":"Invalid GSTIN for this user"}]`, 1, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNIC(t)
			n.set(func() {
				n.answer = func(call nicCall) string {
					n.set(func() { n.token = "second" })
					if c.good(call.request.Header.Get("AuthToken")) {
						return sealedAnswer(t, `["x"]`)
					}
					return refused(c.rows)
				}
			})
			a := n.api(func() time.Time { return at(10, 0) })
			got, err := a.RejectedIRNs(t.Context(), "22/11/2026")
			if (err != nil) != c.err || !c.err && !cmp.Equal(got, []string{"x"}) {
				t.Errorf("got %v, %v", got, err)
			}
			if auths, calls := n.seen(); len(auths) != c.logins || len(calls) != c.calls {
				t.Errorf("%d logins and %d calls, want %d and %d", len(auths), len(calls), c.logins, c.calls)
			} else if len(auths) == 2 && auths[1].ForceRefreshAccessToken {
				t.Error("the login forces a new token, though the old one has ended")
			}
		})
	}
}

// Two calls use one token, which ends. The call that is refused second uses the new login of the first.
func TestRefusedTokenIsReplacedForAll(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	slowIsOut, quickIsBack := make(chan struct{}), make(chan struct{})
	n.set(func() {
		n.answer = func(call nicCall) string {
			slow := strings.Contains(call.request.RequestURI, "/Master/")
			switch {
			case call.request.Header.Get("AuthToken") == "second":
				return sealedAnswer(t, map[bool]string{true: `{"Gstin":"x"}`, false: `["x"]`}[slow])
			case slow:
				close(slowIsOut)
				<-quickIsBack
			}
			return refused(`[{"ErrorCode":"1005","ErrorMessage":"Invalid Token"}]`)
		}
	})
	a := n.api(func() time.Time { return at(10, 0) })
	slow := make(chan error, 1)
	go func() { _, err := a.Taxpayer(t.Context(), "x"); slow <- err }()
	<-slowIsOut
	n.set(func() { n.token = "second" })
	if _, err := a.RejectedIRNs(t.Context(), "22/11/2026"); err != nil {
		t.Error(err)
	}
	close(quickIsBack)
	if err := <-slow; err != nil {
		t.Error(err)
	}
	if auths, calls := n.seen(); len(auths) != 2 || len(calls) != 4 {
		t.Errorf("%d logins and %d calls, want 2 and 4", len(auths), len(calls))
	}
}

func TestLoginAgainAfter1005Fails(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.set(func() {
		n.answer = func(nicCall) string {
			n.set(func() { n.refuse = `[{"ErrorCode":"1019","ErrorMessage":"Incorrect Password"}]` })
			return refused(`[{"ErrorCode":"1005","ErrorMessage":"Invalid Token"}]`)
		}
	})
	_, err := n.api(func() time.Time { return at(10, 0) }).Taxpayer(t.Context(), "29ABCPD1234E2Z9")
	if !as[*client.APIError](t, err).Has("1019") || !strings.Contains(err.Error(), "logging in again") {
		t.Errorf("error is %v", err)
	}
}
