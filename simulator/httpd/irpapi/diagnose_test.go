package irpapi_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The journal has the headers of a request, and the names of the members of a body without Data.
func TestTheJournalShowsWhatArrived(t *testing.T) {
	s := open(t)
	n := &newcomer{s.world(t).user("sandbox", dakshin, sahyadri, "dakshin_api").login(), s}
	n.raw("POST", generate, renamed(n.headers(), map[string]string{"client_id": "clientid"}),
		encode(t, object{"Irn": "1", "Password": n.password}))
	entry := n.w.requests()[0]
	headers := map[string]any{}
	for _, h := range entry["headers"].([]any) {
		headers[h.(object)["name"].(string)] = h.(object)["value"]
	}
	want := map[string]any{
		"Accept-Encoding": "gzip", "Authtoken": "***", "Client_secret": "***", "Clientid": sahyadri.id,
		"Content-Length": "36", "Content-Type": "application/json", "Gstin": n.gstin, "User-Agent": "Go-http-client/1.1",
		"User_name": n.name,
	}
	if diff := cmp.Diff(want, headers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(any(object{"Irn": "***", "Password": "***"}), entry["request"]); diff != "" {
		t.Error(diff)
	}
}

// Each mistake of a newcomer's client gets an entry that names it in one sentence, and what is right, and that has none
// of the secrets.
func TestTheJournalNamesEachMistake(t *testing.T) {
	s := open(t)
	for _, m := range slices.Concat(headerMistakes, loginMistakes, tokenMistakes, dataMistakes) {
		t.Run(m.name, func(t *testing.T) {
			w := s.world(t)
			n := &newcomer{w.user("sandbox", dakshin, sahyadri, "dakshin_api").login(), s}
			secrets := []string{n.token, n.clientSecret, konkan.secret, n.password, dakshin.password, string(n.appKey),
				base64.StdEncoding.EncodeToString(n.appKey), base64.StdEncoding.EncodeToString(n.sek)}
			m.do(n)
			entry := w.requests()[0]
			reason, _ := entry["reason"].(object)
			if reason == nil || reason["code"] != m.code {
				t.Fatalf("refused with %v; want %s", reason, m.code)
			}
			cause, _ := reason["cause"].(string)
			if !strings.HasPrefix(cause, m.cause) || strings.Count(cause, ". ") != 0 {
				t.Errorf("cause  %q\nwanted %q", cause, m.cause)
			}
			if remedy, _ := reason["remedy"].(string); remedy == "" {
				t.Error("the entry does not say what would have been right")
			}
			document := fmt.Sprint(entry)
			for _, secret := range secrets {
				if strings.Contains(document, secret) {
					t.Errorf("the entry has the secret %s: %s", secret, document)
				}
			}
		})
	}
}
