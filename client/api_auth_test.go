package client_test

import (
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

// The members of a login request, and the two public answers of NIC.
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
		if got := hex.EncodeToString(login.SEK); got != c.sek || login.Token != fakeToken ||
			!login.ExpiresAt.Equal(at(11, 0)) {
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
		wantDocument := `{"UserName":"dakshin_test","Password":"Testing@123","AppKey":"` + b64(c.appKey) +
			`","ForceRefreshAccessToken":true}`
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

// NIC's key has no space for escapes.
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

// NIC's key has space for 183 bytes. Longer credentials are an error before a call is made.
func TestLongCredentials(t *testing.T) {
	t.Parallel()
	n := newNIC(t)
	for length, fits := range map[int]bool{66 + 1: true, 66 + 2: false} { // the last length that fits, and the next one
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
