package gspface_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/seal"
)

// sealedLogin is the body of a login at NIC.
func (e erp) sealedLogin() string {
	e.Helper()
	_, text := e.send(e.Control, "GET", "/control/v1/public-keys/sandbox.pem", "", nil)
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		e.Fatal("the key is not PEM: " + text)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		e.Fatal(err)
	}
	document := `{"UserName":"books","Password":"Books@2024","AppKey":"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",` +
		`"ForceRefreshAccessToken":false}`
	data, err := seal.CloseAuth(key.(*rsa.PublicKey), []byte(document), dice.New("erp").Stream("padding"))
	if err != nil {
		e.Fatal(err)
	}
	return `{"Data":"` + data + `"}`
}

// gateway is how one face is called in the tests of bad input.
type gateway struct {
	face    string
	first   string            // the header or parameter by which the subscription is found
	secrets map[string]string // in headers
	login   func(e erp, world string, secrets map[string]string) (status int, answer string)
	// generate sends a body under a login's answer.
	generate func(e erp, login, body string, secrets map[string]string) (status int, answer string)
}

func with(headers ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, h := range headers {
		maps.Copy(all, h)
	}
	return all
}

// tokenOf returns the first text of a name in an answer.
func tokenOf(answer, name string) string {
	_, rest, _ := strings.Cut(answer, `"`+name+`":"`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

func gateways() []gateway {
	user := map[string]string{"gstin": dakshin, "user_name": "books", "Password": "Books@2024"}
	var all []gateway
	paths := map[string]string{"cleartax": "/einv-gsp/vital/v1.04/auth", "vayana": "/gus/irp/nic1/eivital/v1.04/auth",
		"alankit": "/eInvoiceGateway/eivital/v1.04/auth", "resilient": "/standard/ei/api/auth",
		"taxpro": "/eivital/v1.04/auth"}
	for _, f := range passThroughs {
		first := map[string]string{"cleartax": "X-CT-Auth-Token", "vayana": "X-Asp-Auth-Token",
			"alankit": "Ocp-Apim-Subscription-Key", "resilient": "x-api-key", "taxpro": "aspid"}[f.face]
		secrets := maps.Clone(f.secrets)
		if f.face == "vayana" {
			secrets[first] = vayanaToken()
		}
		all = append(all, gateway{f.face, first, secrets,
			func(e erp, world string, secrets map[string]string) (int, string) {
				return e.call("POST", world+paths[f.face], e.sealedLogin(), with(secrets, map[string]string{"gstin": dakshin}))
			},
			func(e erp, login, body string, secrets map[string]string) (int, string) {
				return e.call("POST", f.path, body, with(secrets, map[string]string{"gstin": dakshin, "user_name": "books",
					"AuthToken": tokenOf(login, "AuthToken")}))
			}})
	}
	enriched := func(path string) func(e erp, login, body string, secrets map[string]string) (int, string) {
		return func(e erp, login, body string, secrets map[string]string) (int, string) {
			header := with(secrets, user)
			if token := tokenOf(login, "access_token"); token != "" {
				header["Authorization"] = "Bearer " + token
			}
			return e.call("POST", path, body, header)
		}
	}
	whiteBooks := map[string]string{"client_id": "EINS3c81f0a9-77d2-4b1e", "client_secret": "EINS9b04e6c2-15af-4d8c",
		"ip_address": "10.0.0.1"}
	return append(all,
		gateway{"adaequare", "gspappid", map[string]string{"gspappid": gspAppID, "gspappsecret": gspAppSecret},
			func(e erp, world string, secrets map[string]string) (int, string) {
				return e.call("POST", world+"/gsp/authenticate", "", secrets)
			}, enriched("/test/enriched/ei/api/invoice")},
		gateway{"resilient-enriched", "x-api-key", map[string]string{"x-api-key": "rs1a7c93e05d4b2f86"}, nil,
			enriched("/test/ei/api/invoice")},
		gateway{"taxpro-dec", "aspid", map[string]string{"aspid": "1600000003", "password": "Sal-Asp-3"},
			func(e erp, world string, secrets map[string]string) (int, string) {
				return e.call("GET", world+"/eivital/dec/v1.04/auth", "", with(secrets, map[string]string{"gstin": dakshin,
					"user_name": "books", "eInvPwd": "Books@2024"}))
			},
			func(e erp, login, body string, secrets map[string]string) (int, string) {
				return e.call("POST", "/eicore/dec/v1.03/Invoice", body, with(secrets, map[string]string{"gstin": dakshin,
					"user_name": "books", "AuthToken": tokenOf(login, "AuthToken")}))
			}},
		gateway{"whitebooks", "client_id", whiteBooks,
			func(e erp, world string, secrets map[string]string) (int, string) {
				return e.call("GET", world+"/einvoice/authenticate?email=erp%40deodar.example", "", with(secrets,
					map[string]string{"username": "books", "password": "Books@2024", "gstin": dakshin}))
			},
			func(e erp, login, body string, secrets map[string]string) (int, string) {
				return e.call("POST", "/einvoice/type/GENERATE/version/V1_03?email=erp%40deodar.example", body, with(secrets,
					map[string]string{"username": "books", "auth-token": tokenOf(login, "AuthToken"), "gstin": dakshin}))
			}},
		gateway{"gstzen", "Token", map[string]string{"Token": "3f6a1b9c-0d2e-4f5a-8b7c-9d0e1f2a3b4c"},
			func(e erp, world string, secrets map[string]string) (int, string) {
				return e.call("POST", world+"/api/einvoice-login-session/", `{"gstin":"`+dakshin+
					`","username":"books","password":"Books@2024"}`, secrets)
			},
			func(e erp, _, body string, secrets map[string]string) (int, string) {
				return e.call("POST", "/~gstzen/a/post-einvoice-data/einvoice-json/", body, secrets)
			}})
}

// answerTo is an HTTP status and an answer.
type answerTo struct {
	status int
	want   string
}

const (
	notNIC  = `{"error":{"code":"` // of a face whose words are not known
	nicSays = `{"Status":0,…"ErrorCode":"`
	asp     = `{"status_cd":"0","error":{"error_cd":"`
	azure   = `{"statusCode":401,"message":"Access denied due to `
	wb      = `{"status_cd":"0","status_desc":"`
	wbSays  = `{"irp":"NIC1","status_cd":"0","status_desc":"[{\"ErrorCode\":\"`
)

// Every face refuses what is wrong in its own words, and never with NIC's envelope by mistake.
func TestBadInput(t *testing.T) {
	for _, c := range []struct {
		face                                                              string
		unknown, missing, wrongBody, otherCompany, otherWorld, noSuchCall answerTo
		path                                                              string // which the face does not have
	}{
		{"cleartax", answerTo{401, notNIC + `subscription-unknown",…`}, answerTo{401, notNIC + `parameter-missing",…`},
			answerTo{200, nicSays + `…`}, answerTo{200, nicSays + `1018",…`}, answerTo{200, nicSays + `1005",…`},
			answerTo{404, notNIC + `path-unknown",…`}, "/einv-gsp/core/v1.03/Other"},
		{"vayana", answerTo{401, notNIC + `subscription-unknown",…`}, answerTo{401, notNIC + `parameter-missing",…`},
			answerTo{200, nicSays + `…`}, answerTo{200, nicSays + `1018",…`}, answerTo{200, nicSays + `1005",…`},
			answerTo{404, notNIC + `path-unknown",…`}, "/gus/irp/nic3/eicore/v1.03/Invoice"},
		{"alankit", answerTo{401, azure + `invalid…`}, answerTo{401, azure + `missing…`},
			answerTo{200, nicSays + `…`}, answerTo{200, nicSays + `1018",…`}, answerTo{200, nicSays + `1005",…`},
			answerTo{404, `{"statusCode":404,"message":"The gateway has no such call"}`}, "/eInvoiceGateway/eicore/v1.03/Other"},
		{"resilient", answerTo{403, `{"message":"Forbidden"}`}, answerTo{403, `{"message":"Forbidden"}`},
			answerTo{200, nicSays + `…`}, answerTo{200, nicSays + `1018",…`}, answerTo{200, nicSays + `1005",…`},
			answerTo{404, `{"message":"The gateway has no such call"}`}, "/standard/ei/api/other"},
		{"taxpro", answerTo{200, asp + `GSP020",…`}, answerTo{200, asp + `GSP001",…`},
			answerTo{200, nicSays + `…`}, answerTo{200, nicSays + `1018",…`}, answerTo{200, nicSays + `1005",…`},
			answerTo{200, asp + `GSP500","message":"Error: The gateway has no such call."}}`}, "/eicore/v1.03/Other"},
		{"adaequare", answerTo{401, `{"error":"invalid_client",…`}, answerTo{401, `{"error":"invalid_client",…`},
			answerTo{200, `{"message":"The body is encrypted…","success":false}`},
			answerTo{200, `{"success":false,"message":"1018 : …"}`}, answerTo{403, `{"error":"access_denied",…`},
			answerTo{200, `{"message":"The gateway has no such call","success":false}`}, "/test/enriched/ei/others/extract/qr"},
		{"resilient-enriched", answerTo{403, `{"message":"Forbidden"}`}, answerTo{403, `{"message":"Forbidden"}`},
			answerTo{200, `{"message":"The body is encrypted…","success":false}`},
			answerTo{200, `{"success":false,"message":"1018 : …"}`}, answerTo{},
			answerTo{404, `{"message":"The gateway has no such call"}`}, "/test/ei/api/other"},
		{"taxpro-dec", answerTo{200, asp + `GSP020",…`}, answerTo{200, asp + `GSP001",…`},
			answerTo{200, asp + `GSP500","message":"Error: The body is encrypted…`},
			answerTo{200, nicSays + `1018",…`}, answerTo{200, asp + `GSP752",…`},
			answerTo{200, asp + `GSP500","message":"Error: The gateway has no such call."}}`}, "/v1.03/dec/Master"},
		{"whitebooks", answerTo{200, wb + `WB_ERR_9500 : The subscription is unknown",…`},
			answerTo{200, wb + `WB_ERR_9104 : Missing mandatory headers : client_id",…`},
			answerTo{200, wb + `The body is encrypted…`},
			answerTo{200, wb + `[{\"ErrorCode\":\"1018\",…`}, answerTo{200, wbSays + `1005\",…`},
			answerTo{200, wb + `WB_ERR_9404 : No API configured for :/einvoice/other","error":{"error_cd":"WB_ERR_9404",` +
				`"message":"No API configured for :/einvoice/other"}}`}, "/einvoice/other"},
		{"gstzen", answerTo{401, `{"detail":"Invalid token."}`}, answerTo{401, `{"detail":"Invalid token."}`},
			answerTo{200, `{"status":0,"message":"The body is encrypted…`},
			answerTo{200, `{"status":0,"message":"No credentials are stored for the GSTIN"}`}, answerTo{},
			answerTo{404, `{"detail":"Not found."}`}, "/~gstzen/a/ewbapi/generate/"},
	} {
		t.Run(c.face, func(t *testing.T) {
			e := start(t)
			if status, answer := e.send(e.Control, "POST", "/w/other/control/v1/api-users", `{"environment":"sandbox",
				"username":"books","password":"Books@2024","gstin":"`+dakshin+`","clientId":"AAFCC29ERP82ZSO"}`, nil); status !=
				http.StatusCreated {
				t.Fatal(answer)
			}
			for _, g := range gateways() {
				if g.face == c.face {
					badInput(e, g, c.path, map[string]answerTo{"unknown": c.unknown, "missing": c.missing,
						"wrong body": c.wrongBody, "another company": c.otherCompany, "another world": c.otherWorld,
						"no such call": c.noSuchCall})
				}
			}
		})
	}
}

func badInput(e erp, g gateway, unknownPath string, want map[string]answerTo) {
	e.Helper()
	check := func(name string, status int, answer string) {
		e.Helper()
		if status != want[name].status {
			e.Errorf("%s: HTTP status %d; want %d", name, status, want[name].status)
		}
		is(e.T, answer, want[name].want)
	}
	login := func(world string, secrets map[string]string) (int, string) {
		if g.login == nil { // calls have the key
			return g.generate(e, "", sample(e.T, "B/0"), secrets)
		}
		return g.login(e, world, secrets)
	}
	changed := func(value string) map[string]string { return with(g.secrets, map[string]string{g.first: value}) }
	other := strings.Replace(g.secrets[g.first], g.secrets[g.first][len(g.secrets[g.first])-2:], "zz", 1)
	if g.face == "vayana" {
		other = strings.Replace(vayanaToken(), "91f3b0a7c2", "other", 1)
	}
	status, answer := login("", changed(other))
	check("unknown", status, answer)
	without := with(g.secrets)
	delete(without, g.first)
	status, answer = login("", without)
	check("missing", status, answer)

	status, good := login("", with(g.secrets, map[string]string{"X-Surplus": "1", "Accept-Language": "hi"}))
	if status != http.StatusOK {
		e.Errorf("with surplus headers: HTTP status %d %s", status, good)
	}
	plain, sealed := sample(e.T, "B/1"), `{"Data":"AAAA"}`
	right, wrong := plain, sealed
	if strings.HasPrefix(want["wrong body"].want, nicSays) {
		right, wrong = "", plain
	}
	status, answer = g.generate(e, good, wrong, g.secrets)
	check("wrong body", status, answer)
	if right != "" {
		_, answer = g.generate(e, good, right, g.secrets)
		if !strings.Contains(answer, "SignedQRCode") {
			e.Errorf("the right body: %.300s", answer)
		}
	}
	status, answer = e.call("GET", unknownPath, "", g.secrets)
	check("no such call", status, answer)
	if want["another world"].status != 0 {
		status, elsewhere := login("/w/other", g.secrets)
		if status != http.StatusOK {
			e.Errorf("the login in another world: HTTP status %d %s", status, elsewhere)
		}
		status, answer = g.generate(e, elsewhere, right, g.secrets)
		check("another world", status, answer)
	}
	mine := subscribedAt(e, g)
	status, answer = login("", mine)
	if g.face == "adaequare" || g.face == "gstzen" { // the gateway's login does not ask NIC for the user
		status, answer = g.generate(e, answer, plain, mine)
	}
	check("another company", status, answer)
}

// subscribedAt adds a subscription at a company through which the API user was not created, and returns its secrets.
// That of GSTZen has no connection: the one of the first company does not count.
func subscribedAt(e erp, g gateway) map[string]string {
	e.Helper()
	secrets, headers := map[string]string{}, with(g.secrets)
	for name, value := range g.secrets {
		if name == "ip_address" || name == "X-Asp-Auth-Signature" {
			continue
		}
		mine := strings.ToUpper(value[:len(value)-2]) + "99"
		secrets[name], headers[name] = mine, mine
	}
	face := strings.TrimSuffix(g.face, "-enriched")
	switch face {
	case "vayana":
		secrets = map[string]string{"cust_id": "malwa1"}
		headers["X-Asp-Auth-Token"] = strings.Replace(vayanaToken(), "91f3b0a7c2", "malwa1", 1)
	case "whitebooks":
		secrets["email"] = "erp@deodar.example"
	}
	body, err := json.Marshal(map[string]any{"companyName": "Malwa Suvidha Services", "face": face,
		"environment": "sandbox", "secrets": secrets})
	if err != nil {
		e.Fatal(err)
	}
	e.control("POST", "/subscriptions", string(body), http.StatusCreated)
	return headers
}
