package gspface

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // one of the two digests of Vayana's tokens
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/http"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// cleartax is ClearTax einv-gsp. The words of its refusals were not seen [SIM].
func cleartax() Face {
	f := passThrough("cleartax", byHeaders, neutral, map[string]string{"eivital": "/einv-gsp/vital",
		"eicore": "/einv-gsp/core", "eiewb": "/einv-gsp/eiewb", "ewaybillapi": "/einv-gsp/ewb"})
	f.Unknown = []string{"/einv-gsp/"}
	return f
}

// neutral is a refusal of a gateway whose words are not known [SIM].
func neutral(_ *ask, r *Refusal) httpd.Reply {
	return replied(statusOf[r.Why], object("error", object("code", string(r.Why), "message", r.Error())))
}

// statusOf are the HTTP statuses of refusals where a gateway uses them. A reason that is not in it is 400.
var statusOf = map[Why]int{
	Missing: http.StatusUnauthorized, Unknown: http.StatusUnauthorized, WrongSecret: http.StatusUnauthorized,
	WrongEnv: http.StatusForbidden, TokenMissing: http.StatusUnauthorized, TokenInvalid: http.StatusUnauthorized,
	TokenExpired: http.StatusUnauthorized, SecretReset: http.StatusUnauthorized,
	CreditUsed: http.StatusTooManyRequests, Down: http.StatusBadGateway, TimedOut: http.StatusGatewayTimeout,
	BadBody: http.StatusBadRequest, NotSimulated: http.StatusNotFound, PathUnknown: http.StatusNotFound,
	NotConnected: http.StatusForbidden, ClientIDInvalid: http.StatusForbidden,
}

// alankit is Alankit, behind Azure API Management [the words: ?].
func alankit() Face {
	f := passThrough("alankit", byHeaders, func(a *ask, r *Refusal) httpd.Reply {
		switch r.Why {
		case Missing:
			return replied(http.StatusUnauthorized, object("statusCode", http.StatusUnauthorized, "message",
				"Access denied due to missing subscription key. Make sure to include subscription key when making requests "+
					"to an API."))
		case Unknown, SecretReset:
			return replied(http.StatusUnauthorized, object("statusCode", http.StatusUnauthorized, "message",
				"Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription."))
		}
		return replied(statusOf[r.Why], object("statusCode", statusOf[r.Why], "message", r.Error()))
	}, map[string]string{"eivital": "/eInvoiceGateway/eivital", "eicore": "/eInvoiceGateway/eicore",
		"eiewb": "/eInvoiceGateway/eiewb", "ewaybillapi": "/api/ewaybillapi"})
	f.Unknown = []string{"/eInvoiceGateway/", "/api/ewaybillapi/"}
	return f
}

const taxproName = "taxpro"

// taxpro is TaxPro of Chartered Information Systems without dec: NIC's own paths.
func taxpro() Face {
	f := passThrough(taxproName, byASP, refuseASP, map[string]string{"eivital": "/eivital", "eicore": "/eicore",
		"eiewb": "/eiewb", "ewaybillapi": "/ewaybillapi"})
	f.Unknown = []string{"/eivital/", "/eicore/", "/eiewb/", "/ewaybillapi/"}
	return f
}

// byASP identifies a caller by the id and the password of an application service provider (ASP).
func byASP(a *ask) error {
	id, password := a.params.either("aspid"), a.params.either("password")
	switch {
	case id == "" && password == "":
		return &Refusal{Why: Missing, Names: []string{"aspid", "password"}}
	case id == "":
		return &Refusal{Why: Missing, Names: []string{"aspid"}}
	case len(id) != aspIDLength:
		return &Refusal{Why: BadBody, Names: []string{"aspid"}}
	case password == "":
		return &Refusal{Why: Missing, Names: []string{"password"}}
	}
	switch gstin := a.gstin(); {
	case a.call.Name == "ping":
	case gstin == "":
		return &Refusal{Why: Missing, Names: []string{"gstin"}}
	case len(gstin) != gstinLength:
		return &Refusal{Why: BadBody, Names: []string{"gstin"}}
	}
	return a.subscribed(id, password)
}

// The lengths that TaxPro checks, in bytes.
const aspIDLength, gstinLength = 10, 15

// refuseASP writes a refusal with HTTP status 200.
func refuseASP(_ *ask, r *Refusal) httpd.Reply {
	code, text := aspCode(r)
	return ok(object("status_cd", "0", "error", object("error_cd", code, "message", text)))
}

// aspCodes are the codes and texts of the vendor's list, by the reason of a refusal and its first parameter; texts of
// other parameters are under the reason alone.
var aspCodes = map[string][2]string{
	string(Missing) + " aspid":     {"GSP001", "Missing Parameter 'aspid' in Request Header."},
	string(BadBody) + " aspid":     {"GSP001A", "Invalid Length of 'aspid' in Request Header."},
	string(Missing) + " gstin":     {"GSP001G", "Missing Parameter 'gstin' in Request Header or Query Param."},
	string(BadBody) + " gstin":     {"GSP001GA", "Invalid Length of 'gstin' in Request Header or Query Param."},
	string(Missing) + " password":  {"GSP002", "Missing Parameter 'asp-secret' in Request Header."},
	string(Missing) + " user_name": {"GSP004", "Missing Parameter 'username' in Request Header."},
	string(Missing) + " AuthToken": {"GSP008", "Missing Parameter 'auth-token' in Request Header."},
	string(Missing) + " both":      {"GSP016", "Error: No Value Set for AspID or ASP Password."},
	string(CreditUsed):             {"GSP019", "Insufficient ASP Credit. Please contact GSP."},
	string(Unknown):                {"GSP020", "Invalid AspID no matching ASP found."},
	string(WrongSecret):            {"GSP020A", aspPasswordWrong},
	string(SecretReset):            {"GSP020A", aspPasswordWrong},
	string(TokenInvalid):           {"GSP752", "eInvoice AuthToken not found or expired"},
}

const aspPasswordWrong = "Error: Invalid ASP Password."

// aspCode returns the code and the words of a refusal. GSP500 is ours [SIM].
func aspCode(r *Refusal) (code, text string) {
	first := ""
	if len(r.Names) > 1 {
		first = " both"
	} else if len(r.Names) == 1 && r.Why != WrongSecret {
		first = " " + r.Names[0]
	}
	if known, ok := aspCodes[string(r.Why)+first]; ok {
		return known[0], known[1]
	}
	return "GSP500", "Error: " + r.Error() + "."
}

// vayana is Vayana. Its own status codes are known, the bodies are not [SIM].
func vayana() Face {
	const irp, eway = "/gus/irp/{irp:(?:nic)?[12]}", "/gus/eway/{ew:ew[12]}"
	f := passThrough("vayana", byVayanaToken, neutral, map[string]string{"eivital": irp + "/eivital",
		"eicore": irp + "/eicore", "eiewb": irp + "/eiewb", "ewaybillapi": eway})
	other := passThrough("vayana", byVayanaToken, neutral, map[string]string{"ewaybillapi": eway + "/ewaybillapi"})
	f.Calls = append(f.Calls, other.Calls...)
	f.Unknown = []string{"/gus/"}
	f.Own = []string{"X-Asp-Auth-Token", "X-Asp-Auth-Signature"}
	return f
}

// freshness is how far the time of a token may be from now [SIM].
const freshness = 10 * time.Minute

// byVayanaToken reads a token v2.0:<cust_id>:<client_id>:<txn_id>:<timestamp>:<gstin>:<api_action>, of which one of the
// first two ids is empty, and verifies its signature if the subscription has a key.
func byVayanaToken(a *ask) error {
	token, signature := a.params.header["x-asp-auth-token"], a.params.header["x-asp-auth-signature"]
	var missing []string
	if token == "" {
		missing = append(missing, "X-Asp-Auth-Token")
	}
	if signature == "" {
		missing = append(missing, "X-Asp-Auth-Signature")
	}
	if len(missing) > 0 {
		return &Refusal{Why: Missing, Names: missing}
	}
	parts := strings.Split(token, ":")
	if len(parts) != 7 || parts[0] != "v2.0" || (parts[1] == "") == (parts[2] == "") {
		return &Refusal{Why: TokenInvalid, Detail: "X-Asp-Auth-Token must be " +
			"v2.0:<cust_id>:<client_id>:<txn_id>:<timestamp>:<gstin>:<api_action>, with one of the first two ids"}
	}
	at, err := time.Parse("20060102150405-0700", parts[4])
	if age := a.in.World.Clock.Now().Sub(at); err != nil || age > freshness || age < -freshness {
		return &Refusal{Why: TokenExpired, Detail: "The timestamp of X-Asp-Auth-Token is not within 10 minutes of now"}
	}
	if err := a.subscribed(parts[1] + parts[2]); err != nil {
		return err
	}
	if key := a.subscription.Secrets["public_key"]; key != "" && !signed(key, token, signature) {
		return &Refusal{Why: WrongSecret, Names: []string{"X-Asp-Auth-Signature"}}
	}
	return nil
}

// signed reports whether a text has the signature of a key, with either digest.
func signed(publicPEM, text, signature string) bool {
	block, _ := pem.Decode([]byte(publicPEM))
	if block == nil {
		return false
	}
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	key, isRSA := parsed.(*rsa.PublicKey)
	raw, bad := base64.StdEncoding.DecodeString(signature)
	if err != nil || !isRSA || bad != nil {
		return false
	}
	long, short := sha256.Sum256([]byte(text)), sha1.Sum([]byte(text)) //nolint:gosec // the vendor's
	return rsa.VerifyPKCS1v15(key, crypto.SHA256, long[:], raw) == nil ||
		rsa.VerifyPKCS1v15(key, crypto.SHA1, short[:], raw) == nil
}
