package pages_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/gorilla/mux"

	"github.com/nicsim/nicsim/simulator/httpd/irpapi"
	"github.com/nicsim/nicsim/simulator/nic"
)

// Made by OpenSSL. For the key: openssl pkey -pubout -outform DER | openssl dgst -sha256 -c. For the
// certificate: openssl x509 -fingerprint -sha256, and -sha1 for the kid.
const (
	keyFingerprint = "EC:35:5C:D5:3E:D7:92:83:A6:2C:EF:77:86:FB:2D:74:" +
		"71:CB:54:CA:3B:B3:C1:A3:66:5C:07:A2:DF:91:B3:17"
	certificateFingerprint = "A5:AD:78:D4:88:4A:53:4C:21:D5:70:14:CF:31:72:C8:" +
		"C7:A6:DC:FD:89:60:9A:D6:EA:48:D3:17:FE:49:D5:BF"
	sandboxKid    = "8FC141C101263AC4C3E98E3418F6E087DA532181"
	productionKid = "4081B43702306F8E8DF27FBED98594BA47CBFE83"
)

func TestPublicKey(t *testing.T) {
	p := newPlace(t, "/w/keys")
	b := p.browser().open(p.sandbox + "/").click("Tools").on("tools").click("Public Key").on("tool-public-key")
	if got := b.marked("data-value", "fingerprint"); !slices.Equal(got, []string{keyFingerprint, certificateFingerprint}) {
		t.Errorf("the fingerprints are %q", got)
	}
	if got := b.value("kid"); got != sandboxKid {
		t.Errorf("the kid is %s", got)
	}
	shown := b.marked("data-value", "pem")
	for i, c := range []struct{ link, file, begins string }{
		{"/tools/public-key.pem", "sandbox-public-key.pem", "-----BEGIN PUBLIC KEY-----\n"},
		{"/tools/signing-certificate.pem", "sandbox-signing-certificate.pem", "-----BEGIN CERTIFICATE-----\n"},
	} {
		if !strings.Contains(b.text, `href="/w/keys`+c.link+`"`) {
			t.Errorf("no link leads to %s", c.link)
		}
		w, err := p.transport.RoundTrip(mustRequest(t, p.sandbox+c.link))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(w.Body)
		w.Body.Close()
		if err != nil || !strings.HasPrefix(string(content), c.begins) ||
			strings.Join(strings.Fields(string(content)), " ") != shown[i] {
			t.Errorf("%s is %q, %v", c.link, content, err)
		}
		if got := w.Header.Get("Content-Disposition"); got != `attachment; filename="`+c.file+`"` {
			t.Errorf("%s is %s", c.link, got)
		}
		if got := w.Header.Get("Content-Type"); got != "application/x-pem-file" {
			t.Errorf("%s is %s", c.link, got)
		}
	}
}

// The page lists exactly the routes that the API registers, and each address answers.
func TestEndpoints(t *testing.T) {
	p := newPlace(t, "/w/calls")
	p.tell("PUT", "settings", `{"irpV103":true}`)
	b := p.browser().open(p.sandbox + "/tools").click("Endpoints").on("tool-endpoints")
	methods, urls := b.marked("data-value", "method"), b.marked("data-value", "url")
	var listed, registered []string
	for i, url := range urls {
		path, ok := strings.CutPrefix(url, p.sandbox)
		if !ok {
			t.Fatalf("%s is not below %s", url, p.sandbox)
		}
		listed = append(listed, methods[i]+" "+strings.ToLower(path))
		r := mustRequest(t, strings.NewReplacer("{gstin}", "x", "{irn}", "x").Replace(url))
		r.Method = methods[i]
		w, err := p.transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		w.Body.Close()
		if w.StatusCode != http.StatusOK {
			t.Errorf("%s %s answers %d", methods[i], url, w.StatusCode)
		}
	}
	router := mux.NewRouter()
	irpapi.API{Environment: nic.Sandbox}.Routes(router)
	err := router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		path, err := route.GetPathTemplate()
		if err != nil {
			return err
		}
		if methods, err := route.GetMethods(); err == nil { // not the answer that the withdrawn login is off
			registered = append(registered, methods[0]+" "+path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(listed)
	slices.Sort(registered)
	if !slices.Equal(listed, registered) {
		t.Errorf("listed is\n%s\nand registered\n%s", strings.Join(listed, "\n"), strings.Join(registered, "\n"))
	}
	needs := b.marked("data-value", "token")
	for i, url := range urls {
		open := strings.HasSuffix(url, "/auth") || strings.HasSuffix(url, "/ping")
		if (needs[i] == "no") != open {
			t.Errorf("%s needs a token: %s", url, needs[i])
		}
	}
}

// The tools need no login. With one, their pages have the menu.
func TestToolsInASession(t *testing.T) {
	p := newPlace(t, "/w/menu")
	b := p.browser().open(p.sandbox + "/tools").on("tools")
	if len(b.marked("data-value", "menu")) != 0 {
		t.Error("the menu is shown without a login")
	}
	b.open(p.sandbox+"/login").click("Login with Client ID").press("Login", "Client ID", "AABCK27GSP4K7QX",
		"Client Secret", "KonkanSecret00000002").on("session")
	for _, page := range []string{"Test APIs", "Endpoints", "Public Key", "Encrypt and Decrypt"} {
		b.click(page)
		if menu := b.marked("data-value", "menu"); len(menu) == 0 || b.marked("aria-current", "page")[0] != page {
			t.Errorf("on %s the menu is %q, here %q", page, menu, b.marked("aria-current", "page"))
		}
	}
	if b.press("Make an AppKey").on("tool-encrypt"); len(b.marked("data-value", "menu")) == 0 {
		t.Error("the result is shown without the menu")
	}
	b.press("Logout").open(p.sandbox + "/tools/verify").on("tool-verify")
}
