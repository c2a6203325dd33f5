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
	return passThrough("cleartax", byHeaders, neutral, map[string]string{"eivital": "/einv-gsp/vital",
		"eicore": "/einv-gsp/core", "eiewb": "/einv-gsp/eiewb", "ewaybillapi": "/einv-gsp/ewb"})
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
	return passThrough("alankit", byHeaders, func(a *ask, r *Refusal) httpd.Reply {
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
}

// resilient is the standard API of india-compliance, behind Amazon's API Gateway.
func resilient() Face {
	f := Face{Name: "resilient", Names: []string{"resilient"}, Refuse: func(_ *ask, r *Refusal) httpd.Reply {
		switch r.Why {
		case Missing, Unknown, WrongSecret, WrongEnv, SecretReset:
			return replied(http.StatusForbidden, object("message", "Forbidden"))
		case CreditUsed:
			return replied(http.StatusTooManyRequests, object("message", "Limit Exceeded"))
		case TimedOut:
			return replied(http.StatusGatewayTimeout, object("message", "Endpoint request timed out"))
		}
		return replied(statusOf[r.Why], object("message", r.Error()))
	}}
	const ei = "/standard/ei/api"
	for _, c := range []Call{
		{Name: "auth", Method: http.MethodPost, Path: ei + "/auth", NIC: "/eivital/v1.04/auth"},
		{Name: "generate", Method: http.MethodPost, Path: ei + "/invoice", NIC: "/eicore/v1.03/Invoice"},
		{Name: "cancel", Method: http.MethodPost, Path: ei + "/invoice/cancel", NIC: "/eicore/v1.03/Invoice/Cancel"},
		{Name: "read-irn", Method: http.MethodGet, Path: ei + "/invoice/irn", NIC: "/eicore/v1.03/Invoice/irn/{irn}"},
		{Name: "gstin", Method: http.MethodGet, Path: ei + "/master/gstin", NIC: "/eivital/v1.04/Master/gstin/{gstin}"},
		{Name: "sync-gstin", Method: http.MethodGet, Path: ei + "/master/syncgstin",
			NIC: "/eivital/v1.04/Master/syncgstin/{gstin}"},
		{Name: "ewb-generate", Method: http.MethodPost, Path: ei + "/ewaybill", NIC: "/eiewb/v1.03/ewaybill"},
		{Name: "ewb-read", Method: http.MethodGet, Path: ei + "/ewaybill/irn", NIC: "/eiewb/v1.03/ewaybill/irn/{irn}"},
		{Name: "ewb-cancel", Method: http.MethodPost, Path: "/standard/ewb/ewayapi", NIC: "/ewaybillapi/v1.03/ewayapi"},
	} {
		c.Do = forwards(byHeaders)
		f.Calls = append(f.Calls, c)
	}
	f.Calls = append(f.Calls, Call{Name: "public-key", Method: http.MethodGet, Path: "/static/nic_public_key",
		Do: func(a *ask) (httpd.Reply, error) {
			if err := byHeaders(a); err != nil {
				return httpd.Reply{}, err
			}
			key, err := a.NIC.Keys(a.env)
			if err != nil {
				return httpd.Reply{}, err
			}
			der, err := x509.MarshalPKIXPublicKey(key)
			text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
			return ok(object("message", string(text))), err
		}})
	return f
}

const taxproName = "taxpro"

// taxpro is TaxPro of Chartered Information Systems without dec: NIC's own paths.
func taxpro() Face {
	return passThrough(taxproName, byASP, refuseASP, map[string]string{"eivital": "/eivital", "eicore": "/eicore",
		"eiewb": "/eiewb", "ewaybillapi": "/ewaybillapi"})
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
	if a.params.either("gstin") == "" && a.call.Name != "ping" {
		return &Refusal{Why: Missing, Names: []string{"gstin"}}
	}
	return a.subscribed(id, password)
}

const aspIDLength = 10

// refuseASP writes a refusal with HTTP status 200.
func refuseASP(_ *ask, r *Refusal) httpd.Reply {
	code, text := aspCode(r)
	return ok(object("status_cd", "0", "error", object("error_cd", code, "message", text)))
}

// aspCode returns the code and the words of the vendor's list. GSP500 is ours [SIM].
func aspCode(r *Refusal) (code, text string) {
	code, text = "GSP500", "Error: "+r.Error()+"."
	first := ""
	if len(r.Names) > 0 {
		first = r.Names[0]
	}
	switch {
	case r.Why == Missing && len(r.Names) > 1:
		code, text = "GSP016", "Error: No value for AspID or password."
	case r.Why == Missing && first == "aspid":
		code, text = "GSP001", "Error: AspId is missing."
	case r.Why == BadBody && first == "aspid":
		code, text = "GSP001A", "Error: Invalid AspId length."
	case r.Why == Missing && first == "gstin":
		code, text = "GSP001G", "Error: GSTIN is missing."
	case r.Why == Missing && first == "password":
		code, text = "GSP002", "Error: ASP secret is missing."
	case r.Why == Missing && first == "user_name":
		code, text = "GSP004", "Error: Username is missing."
	case r.Why == Missing && first == "AuthToken":
		code, text = "GSP008", "Error: Auth token is missing."
	case r.Why == Unknown:
		code, text = "GSP020", "Error: Invalid AspId."
	case r.Why == WrongSecret, r.Why == SecretReset:
		code, text = "GSP020A", "Error: Invalid ASP Password."
	case r.Why == CreditUsed:
		code, text = "GSP019", "Error: Insufficient ASP credit."
	case r.Why == TokenInvalid, r.Why == TokenExpired:
		code, text = "GSP752", "eInvoice AuthToken not found or expired"
	}
	return code, text
}

// vayana is Vayana. Its own status codes are known, the bodies are not [SIM].
func vayana() Face {
	const irp, eway = "/gus/irp/{irp:(?:nic)?[12]}", "/gus/eway/{ew:ew[12]}"
	f := passThrough("vayana", byVayanaToken, neutral, map[string]string{"eivital": irp + "/eivital",
		"eicore": irp + "/eicore", "eiewb": irp + "/eiewb", "ewaybillapi": eway})
	other := passThrough("vayana", byVayanaToken, neutral, map[string]string{"ewaybillapi": eway + "/ewaybillapi"})
	f.Calls = append(f.Calls, other.Calls...)
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
