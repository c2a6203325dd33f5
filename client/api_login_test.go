package client_test

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

// What goes over the wire, member by member, and both public answers read back.
func TestAuthenticate(t *testing.T) {
	t.Parallel()
	for _, c := range publicSEKs {
		var sent *http.Request
		var document string
		transport := roundTrip(func(r *http.Request) (*http.Response, error) {
			sent = r
			body := readBody(t, r)
			var data struct{ Data string }
			unmarshal(t, body, &data)
			document = openLogin(t, data.Data)
			if want := `{"Data":"` + data.Data + `"}`; body != want {
				t.Errorf("body is %s", body)
			}
			return answerOf(r, loggedIn(fakeToken, c.sealed, "2026-11-22 11:00:00")), nil
		})
		n := &nic{t: t, base: "http://irp.example/w/blue"}
		a := n.apiOf(apiUser, client.Options{HTTP: &http.Client{Transport: transport}, Random: repeat(c.appKey)})
		login, err := a.Authenticate(t.Context(), true)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(login.SEK); got != c.sek || login.Token != fakeToken || !login.ExpiresAt.Equal(at(11, 0)) {
			t.Errorf("login is %s, SEK %s", login, got)
		}
		if got := sent.Method + " " + sent.URL.String(); got != "POST http://irp.example/w/blue/eivital/v1.04/auth" {
			t.Errorf("call is %s", got)
		}
		want := http.Header{
			"client_id": {"AAFCC29ERP82ZSO"}, "client_secret": {"SahyadriSecret000001"}, "Gstin": {"29ABCCD1234E1Z1"},
			"Content-Type": {"application/json"}, "User-Agent": {"nicsim-client"}, "Accept": sent.Header["Accept"],
		}
		if diff := cmp.Diff(want, sent.Header); diff != "" {
			t.Errorf("headers (-want +got):\n%s", diff)
		}
		wantDocument := `{"UserName":"dakshin_test","Password":"Testing@123","AppKey":"` + b64(c.appKey) + `","ForceRefreshAccessToken":true}`
		if document != wantDocument {
			t.Errorf("document is %s, want %s", document, wantDocument)
		}
	}
}

func TestAppKeysAreNew(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.set(func() { n.refuse = `[{"ErrorCode":"1019","ErrorMessage":"Incorrect Password"}]` })
	a := n.apiOf(apiUser, client.Options{})
	for range 2 {
		if _, err := a.Login(t.Context()); err == nil {
			t.Fatal("logged in")
		}
	}
	auths, _ := n.seen()
	if len(auths) != 2 || auths[0].AppKey == auths[1].AppKey || len(auths[0].AppKey) != 44 {
		t.Errorf("AppKeys: %+v", auths)
	}
}

// Escapes would take the room that NIC's key does not have.
func TestPasswordIsSentAsItIs(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	who := apiUser
	who.Password = strings.Repeat("<&>", 18) // 54 characters, and the username has 12
	if _, err := n.apiOf(who, client.Options{Random: repeat(publicSEKs[0].appKey)}).Login(t.Context()); err != nil {
		t.Fatal(err)
	}
	if auths, _ := n.seen(); auths[0].Password != who.Password {
		t.Errorf("password is %q", auths[0].Password)
	}
}

// NIC's key has room for 183 bytes; what does not fit is said before anything is sent.
func TestLongCredentials(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	for length, fits := range map[int]bool{66 + 1: true, 66 + 2: false} { // false is one longer than true
		who := apiUser
		who.Password = strings.Repeat("x", length-len(who.Username)-1)
		_, err := n.apiOf(who, client.Options{Random: repeat(publicSEKs[0].appKey)}).Login(t.Context())
		if (err == nil) != fits {
			t.Errorf("%d characters: %v", length-1, err)
		}
		if err != nil && (strings.Contains(err.Error(), who.Password) || !strings.Contains(err.Error(), "takes 183")) {
			t.Errorf("error is %v", err)
		}
	}
}

// A step of TestRenewal: the clock shows a time, one call is made, and these are all the logins so
// far, R for one that forces a new token.
type renewal struct {
	name    string
	hour    int
	minute  int
	prepare func(*nic)
	logins  string
}

func TestRenewal(t *testing.T) {
	t.Parallel()
	next := func(token, expires string) func(*nic) {
		return func(n *nic) { n.token, n.expires = token, expires }
	}
	fail := func(n *nic) { n.refuse = `[{"ErrorCode":"5001","ErrorMessage":"Application Error"}]` }
	heal := func(n *nic) { n.refuse = "" }
	for name, steps := range map[string][]renewal{
		"a token is used while it lasts": {
			{"first", 10, 0, nil, "L"}, {"second", 10, 1, nil, "L"}, {"late", 10, 54, nil, "L"},
		},
		"another is asked for before it ends": {
			{"first", 10, 0, nil, "L"},
			{"five minutes before", 10, 55, next("new", "2026-11-22 11:55:00"), "LR"},
			{"later", 11, 40, nil, "LR"},
			{"five minutes before", 11, 50, nil, "LRR"},
		},
		"the API gives no other": {
			{"first", 10, 0, nil, "L"}, {"five minutes before", 10, 55, nil, "LR"}, {"then", 10, 58, nil, "LR"},
			{"it has ended", 11, 0, next("new", "2026-11-22 12:00:00"), "LRL"}, {"then", 11, 1, nil, "LRL"},
		},
		"renewal fails": {
			{"first", 10, 0, nil, "L"}, {"five minutes before", 10, 55, fail, "LR"}, {"at once", 10, 55, nil, "LR"},
			{"a minute later", 10, 56, func(n *nic) { heal(n); next("new", "2026-11-22 11:56:00")(n) }, "LRR"},
			{"then", 10, 58, nil, "LRR"},
		},
		"not used for long": {
			{"first", 10, 0, nil, "L"}, {"it has ended", 14, 0, next("new", "2026-11-22 15:00:00"), "LL"},
		},
		"given a token that ends soon": {
			{"first", 10, 57, nil, "L"}, {"second", 10, 57, next("new", "2026-11-22 11:57:00"), "LR"},
			{"third", 10, 58, nil, "LR"},
		},
		"the API's clock is long past": {
			{"first", 23, 0, nil, "L"}, {"then", 23, 1, nil, "L"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNIC(t)
			n.registered(`["x"]`)
			var now time.Time
			a := n.api(func() time.Time { return now })
			for _, step := range steps {
				now = at(step.hour, step.minute)
				if step.prepare != nil {
					n.set(func() { step.prepare(n) })
				}
				if _, err := a.RejectedIRNs(t.Context(), "22/11/2026"); err != nil {
					t.Errorf("%s: %v", step.name, err)
				}
				auths, _ := n.seen()
				var logins strings.Builder
				for _, l := range auths {
					logins.WriteString(map[bool]string{false: "L", true: "R"}[l.ForceRefreshAccessToken])
				}
				if logins.String() != step.logins {
					t.Errorf("%s: logins are %s, want %s", step.name, &logins, step.logins)
				}
			}
		})
	}
}

func TestAnEndedTokenThatCannotBeRenewed(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.registered(`["x"]`)
	now := at(10, 0)
	a := n.api(func() time.Time { return now })
	if _, err := a.Login(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = at(11, 0)
	n.set(func() { n.refuse = `[{"ErrorCode":"1019","ErrorMessage":"Incorrect Password"}]` })
	_, err := a.RejectedIRNs(t.Context(), "22/11/2026")
	if !as[*client.APIError](t, err).Has("1019") {
		t.Errorf("error is %v", err)
	}
}

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
			// Those who come while the first logs in: they ask the context whether to give up only
			// once they wait.
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

// announced tells when it is first waited on.
type announced struct {
	context.Context
	once    sync.Once
	waiting func()
}

func (a *announced) Done() <-chan struct{} {
	a.once.Do(a.waiting)
	return a.Context.Done()
}

// One who gives up takes nobody with him: the next in line logs in.
func TestACallerGivesUpHisLogin(t *testing.T) {
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
	// A third waits and gives up, while the first is still at it.
	third, alsoGivesUp := context.WithCancel(t.Context())
	alsoGivesUp()
	if _, err := a.Login(third); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up waiting got %v", err)
	}
	giveUp()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up got %v", err)
	}
	if err := <-second; err != nil {
		t.Errorf("who waited got %v", err)
	}
}

func TestRefusedTokenIsReplacedOnce(t *testing.T) {
	t.Parallel()
	const stale = `[{"ErrorCode":"1005","ErrorMessage":"Invalid Token"}]`
	for name, c := range map[string]struct {
		good   func(token string) bool // the tokens that the API takes
		rows   string
		calls  int
		logins int
		err    bool
	}{
		"another one is taken":    {func(token string) bool { return token == "second" }, stale, 2, 2, false},
		"none is taken":           {func(string) bool { return false }, stale, 2, 2, true},
		"e-way bill system's 106": {func(token string) bool { return token == "second" }, `[{"ErrorCode":"106","ErrorMessage":"Token Expired"}]`, 2, 2, false},
		"another refusal":         {func(string) bool { return false }, `[{"ErrorCode":"1015","ErrorMessage":"Invalid GSTIN for this user"}]`, 1, 1, true},
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
				t.Error("forces a new token, though the old one has ended")
			}
		})
	}
}

// Two calls go out under one token, which ends. Whoever hears of it second uses the first one's new
// login.
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

// A token that could not be renewed is not used beyond its end, though the next try is due later.
func TestPostponedRenewalEndsWithTheToken(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	n.registered(`["x"]`)
	now := at(10, 0)
	a := n.api(func() time.Time { return now })
	for i, step := range []struct {
		at     time.Time
		refuse string
	}{
		{now, ""},
		{at(10, 59).Add(50 * time.Second), `[{"ErrorCode":"5001","ErrorMessage":"Application Error"}]`},
		{at(11, 0).Add(10 * time.Second), ""},
	} {
		now = step.at
		n.set(func() { n.refuse = step.refuse })
		if _, err := a.Login(t.Context()); err != nil {
			t.Error(err)
		}
		if auths, _ := n.seen(); len(auths) != i+1 {
			t.Errorf("%s: %d logins, want %d", now, len(auths), i+1)
		}
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
