package gspface

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/limit"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/subscription"
)

// adaequare is Adaequare enriched: an access token of the gateway, plain JSON, and the API user in each call.
func adaequare() Face {
	f := enriched("adaequare", "/enriched", func(a *ask) error { return a.byAccessToken("gspappsecret") }, refuseAdaequare)
	for _, path := range []string{"/gsp/authenticate", "/test/gsp/authenticate"} {
		f.Calls = append(f.Calls, Call{Name: "gateway-login", Method: http.MethodPost, Path: path, Do: adaequareLogin})
	}
	return f
}

// enriched makes a face of Adaequare's calls, in both environments. identify finds the subscription.
func enriched(name, root string, identify func(*ask) error, refuse func(*ask, *Refusal) httpd.Reply) Face {
	enter := func(a *ask) error {
		if err := identify(a); err != nil {
			return err
		}
		return a.once()
	}
	const get, post = http.MethodGet, http.MethodPost
	f := Face{Name: name, Names: []string{name}, Plain: true, Refuse: refuse}
	for _, env := range nic.Environments {
		begin := root
		if env == nic.Sandbox {
			begin = "/test" + root
		}
		for _, c := range []Call{
			{Name: "generate", Method: post, Path: "/ei/api/invoice"},
			{Name: "cancel", Method: post, Path: "/ei/api/invoice/cancel"},
			// Clients in C# send reads as a POST with an empty body.
			{Name: "read-irn", Method: get + "|" + post, Path: "/ei/api/invoice/irn"},
			{Name: "read-document", Method: get + "|" + post, Path: "/ei/api/invoice/irnbydocdetails"},
			{Name: "gstin", Method: get + "|" + post, Path: "/ei/api/master/gstin"},
			{Name: "sync-gstin", Method: get + "|" + post, Path: "/ei/api/master/syncgstin"},
			{Name: "ewb-generate", Method: post, Path: "/ei/api/ewaybill"},
			{Name: "ewb-read", Method: get + "|" + post, Path: "/ei/api/ewaybill/irn"},
			{Name: "ewb-cancel", Method: post, Path: "/ei/api/ewayapi"},
			{Name: "ewb-cancel", Method: post, Path: "/ewb/ewayapi"},
			{Name: "qr-picture", Method: get + "|" + post, Path: "/ei/others/qr/image", Do: adaequareQR(enter)},
		} {
			if c.Path, c.Env, c.NIC = begin+c.Path, env, nicPaths[c.Name]; c.Do == nil {
				c.Do = adaequareCall(enter)
			}
			f.Calls = append(f.Calls, c)
		}
		f.Unknown = append(f.Unknown, begin+"/ei/", begin+"/ewb/")
	}
	return f
}

// accessLife is how long an access token lasts: 30 days less a second, as recorded.
const accessLife = 2591999 * time.Second

func adaequareLogin(a *ask) (httpd.Reply, error) {
	if err := byHeaders(a); err != nil {
		return httpd.Reply{}, err
	}
	authority := "ROLE_SB_E_API_EI"
	if a.subscription.Environment == nic.Production {
		authority = "ROLE_E_API_EI"
	}
	id := a.in.World.Dice.Stream("access tokens").UUID()
	token, err := issue(a.in.World, accessClaims{
		Scope: []string{"gsp"}, Exp: a.in.World.Clock.Now().Add(accessLife).Unix(), Authorities: []string{authority},
		ID: id, ClientID: a.subscription.Caller,
	}, a.subscription.Secrets["gspappsecret"])
	if err != nil {
		return httpd.Reply{}, err
	}
	members := []any{"access_token", token, "token_type", "bearer", "expires_in", int(accessLife.Seconds()),
		"scope", "gsp", "jti", id}
	shown := append([]any{}, members...)
	shown[1] = "***"
	a.in.ShowAnswer(object(shown...))
	return ok(object(members...)), nil
}

// refuseAdaequare writes refusals of the login and of tokens as Spring does, and others in the gateway's envelope.
func refuseAdaequare(a *ask, r *Refusal) httpd.Reply {
	spring := func(status int, code string) httpd.Reply {
		return replied(status, object("error", code, "error_description", r.Error()))
	}
	switch r.Why {
	case Missing, Unknown, WrongSecret:
		if a.call.Name != "gateway-login" {
			return ok(object("success", false, "message", r.Error()))
		}
		return spring(http.StatusUnauthorized, "invalid_client")
	case TokenMissing, TokenInvalid, TokenExpired:
		return spring(http.StatusUnauthorized, "invalid_token")
	case WrongEnv, SecretReset:
		return spring(http.StatusForbidden, "access_denied")
	}
	message := r.Error()
	switch {
	case r.Why == Down && a.call.Name == "ewb-cancel":
		message = "EWB : GSPGSTDOWN"
	case r.Why == Down:
		message = "GSPERR300 : Ei : GSPGSTDOWN"
	case r.Why == TimedOut:
		return replied(http.StatusGatewayTimeout, object("message", "Endpoint request timed out"))
	case r.Why == CreditUsed:
		return ok(object("success", false, "message", "GEN5005 : Account plan limit exceeded"))
	}
	return ok(object("message", message, "success", false))
}

// adaequareMessages are the texts of successes. Those of reads by document, of GSTINs and of e-way bills that are read
// were not seen [SIM].
var adaequareMessages = map[string]string{
	"generate": "IRN generated successfully", "cancel": "E-Invoice is cancelled successfully",
	"read-irn": "E-Invoice fetched successfully", "read-document": "E-Invoice fetched successfully",
	"gstin": "GSTIN details are fetched successfully", "sync-gstin": "GSTIN details are fetched successfully",
	"ewb-generate": "E-Way Bill generated successfully", "ewb-read": "E-Way Bill fetched successfully",
	"ewb-cancel": "E-Way bill cancelled successfully",
}

// adaequareUser is the API user of a call. The e-way bill calls have the header username.
func (a *ask) adaequareUser() string {
	return cmp.Or(a.params.header["user-name"], a.params.header["username"])
}

// once refuses a requestid that was sent before, if the subscription has the variant for it. A note says that the
// gateway remembers them for about a day.
func (a *ask) once() error {
	if !slices.Contains(a.subscription.Variants, subscription.UniqueRequestID) {
		return nil
	}
	id := a.params.header["requestid"]
	if id == "" {
		return &Refusal{Why: Missing, Names: []string{"requestid"}}
	}
	const day = 24 * time.Hour
	sum := sha256.Sum256([]byte(a.subscription.ID + " " + id))
	return a.in.World.Store.Update(a.ctx, func(tx store.Tx) error {
		_, first, err := limit.Limit{Most: 1, Window: day}.Take(tx, a.env, "requestid "+hex.EncodeToString(sum[:]),
			a.in.World.Clock.Now())
		if err == nil && !first {
			return &Refusal{Why: Repeated}
		}
		return err
	})
}

// adaequareCall is a call of NIC's.
func adaequareCall(enter func(*ask) error) func(*ask) (httpd.Reply, error) {
	return func(a *ask) (httpd.Reply, error) {
		if err := enter(a); err != nil {
			return httpd.Reply{}, err
		}
		return a.adaequareCall()
	}
}

func (a *ask) adaequareCall() (httpd.Reply, error) {
	enrichedEWB := strings.Contains(a.call.Path, "/ewb/")
	if action := a.params.query["action"]; enrichedEWB && !strings.EqualFold(action, "CANEWB") && action != "" {
		return httpd.Reply{}, &Refusal{Why: NotSimulated}
	}
	delete(a.params.query, "action")
	o, err := a.withPassword(a.adaequareUser(), a.params.header["password"], true)
	if err != nil {
		return httpd.Reply{}, err
	}
	switch {
	case len(o.errors) > 0 && o.info != nil: // recorded for 2150; others with an InfoDtls alike [SIM]
		return ok(object("message", joined(o.errors), "result", o.info, "success", false)), nil
	case len(o.errors) > 0 && enrichedEWB: // the e-way bill calls have NIC's text alone
		return ok(object("success", false, "message", o.errors[0].Message)), nil
	case len(o.errors) > 0:
		return ok(object("success", false, "message", joined(o.errors))), nil
	}
	message := adaequareMessages[a.call.Name]
	if enrichedEWB {
		message = "E-Way Bill is cancelled successfully"
	}
	members := []any{"success", true, "message", message, "result", a.result(o)}
	if o.info != nil {
		members = append(members, "info", o.info)
	}
	return ok(object(members...)), nil
}

// result is the document of NIC. Of an e-way bill that is cancelled, the number is a text.
func (a *ask) result(o outcome) json.RawMessage {
	var cancelled struct {
		EwayBillNo json.Number `json:"ewayBillNo"`
		CancelDate string      `json:"cancelDate"`
	}
	if a.call.Name != "ewb-cancel" || json.Unmarshal(o.data, &cancelled) != nil {
		return o.data
	}
	return object("cancelDate", cancelled.CancelDate, "ewayBillNo", strings.Trim(cancelled.EwayBillNo.String(), `"`))
}

// adaequareQR answers with the picture of a signed QR code: that of the body, or that of the invoice with an IRN.
func adaequareQR(enter func(*ask) error) func(*ask) (httpd.Reply, error) {
	return func(a *ask) (httpd.Reply, error) {
		if err := enter(a); err != nil {
			return httpd.Reply{}, err
		}
		text := strings.Trim(strings.TrimSpace(string(a.body)), `"`) // some clients send it as JSON
		if a.method != http.MethodPost {
			irn := a.params.header["irn"]
			if irn == "" {
				return httpd.Reply{}, &Refusal{Why: Missing, Names: []string{"irn"}}
			}
			a.call.Name, a.call.NIC, a.params.query = "read-irn", nicPaths["read-irn"], map[string]string{"irn": irn}
			found, refused, err := a.invoice(a.adaequareUser(), a.params.header["password"])
			if err != nil {
				return httpd.Reply{}, err
			}
			if len(refused) > 0 {
				return ok(object("success", false, "message", joined(refused))), nil
			}
			text = found.SignedQRCode
		}
		return picture(text, a.params.header)
	}
}
