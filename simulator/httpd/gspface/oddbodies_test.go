package gspface_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd/gspface"
)

// No body that a client can send to a gateway lets it fail, and none brings an envelope of NIC's, or a problem document
// of nicsim's, into the answer of a gateway that has another form.
func TestOddBodies(t *testing.T) {
	e := start(t)
	e.zen("/api/einvoice-login-session/", `{"gstin":"`+dakshin+`","username":"books","password":"Books@2024"}`, nil)
	header := map[string]string{"gstin": dakshin, "user_name": "books", "username": "books", "ip_address": "1",
		"docnum": "A", "docdate": "01/07/2026", "irn": "x", "requestid": "1"}
	secrets := map[string]map[string]string{}
	logins := map[string]string{}
	for _, g := range gateways() {
		secrets[g.face] = with(header, g.secrets)
		if g.login != nil {
			_, logins[g.face] = g.login(e, "", g.secrets)
		}
		for _, name := range []string{"AuthToken", "access_token"} {
			if token := tokenOf(logins[g.face], name); token != "" {
				secrets[g.face] = with(secrets[g.face], map[string]string{"AuthToken": token, "auth-token": token,
					"Authorization": "Bearer " + token})
			}
		}
		if g.face == "adaequare" || g.face == "resilient-enriched" {
			secrets[g.face]["password"] = "Books@2024"
		}
	}
	variable := regexp.MustCompile(`\{(\w+)(:[^}]*\})?[^/]*`)
	of := map[string]string{"irp": "nic1", "ew": "ew1", "action": "genewaybill"}
	for _, f := range gspface.Faces() {
		for _, c := range f.Calls {
			path := variable.ReplaceAllStringFunc(c.Path, func(v string) string {
				if value := of[variable.FindStringSubmatch(v)[1]]; value != "" {
					return value
				}
				return "x"
			})
			if f.Name == "whitebooks" {
				path += "?email=erp%40deodar.example"
			}
			for _, method := range strings.Split(c.Method, "|") {
				for _, body := range []string{"", "null", "[]", "[{}]", `"x"`, "{}", `{"Data":1}`, `{"Data":"AAAA"}`, "{", "\xff",
					`{"gstin":1,"Irn":[],"DocDtls":null,"SellerDtls":"x"}`, `{"ewbNo":"x"}`, strings.Repeat("[", 20000)} {
					status, answer := e.call(method, path, body, secrets[f.Name])
					isNIC := strings.HasPrefix(answer, `{"Status":`) || strings.HasPrefix(answer, `{"status":"0","error"`)
					isProblem := strings.Contains(answer, "urn:nicsim:problem")
					if status >= http.StatusInternalServerError || f.Plain && isProblem ||
						isNIC && f.Plain && f.Name != "taxpro-dec" {
						t.Errorf("%s %s %s with %.30q: HTTP status %d %.200s", f.Name, method, path, body, status, answer)
					}
				}
			}
		}
		if !slices.ContainsFunc(gateways(), func(g gateway) bool { return g.face == f.Name }) {
			t.Errorf("%s is not called", f.Name)
		}
	}
}
