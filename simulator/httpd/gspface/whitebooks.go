package gspface

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/subscription"
)

// whitebooks is one service under three names: WhiteBooks, MasterGST and PeriOne.
func whitebooks() Face {
	const get, post, at = http.MethodGet, http.MethodPost, "/einvoice/type/%/version/V1_03"
	f := Face{Name: "whitebooks", Names: []string{"whitebooks", "mastergst", "perione"}, Plain: true,
		Unknown: []string{"/einvoice/", "/ewaybillapi/"}, Refuse: refuseWhiteBooks,
		When: func(r *http.Request) bool { return paramsOf(r).either("aspid") == "" }}
	f.Calls = []Call{
		{Name: "auth", Method: get, Path: "/einvoice/authenticate", Do: whiteBooksLogin},
		{Name: "auth", Method: get, Path: "/ewaybillapi/v1.03/authenticate", Do: whiteBooksEWayLogin},
		{Name: "ewb-cancel", Method: post, Path: "/ewaybillapi/v1.03/ewayapi/canewb", NIC: nicPaths["ewb-cancel"],
			Do: whiteBooksEWay},
		{Name: "ewb-other", Method: get + "|" + post, Path: "/ewaybillapi/v1.03/ewayapi/{action}",
			Do: unknown},
	}
	for _, c := range []struct{ kind, name, method, argument string }{
		{"GENERATE", "generate", post, ""}, {"CANCEL", "cancel", post, ""}, {"GETIRN", "read-irn", get, "irn"},
		{"GETIRNBYDOCDETAILS", "read-document", get, "doctype"}, {"GSTNDETAILS", "gstin", get, "gstin"},
		{"SYNC_GSTIN_FROMCP", "sync-gstin", get, "gstin"}, {"GETREJECTEDIRNS", "rejected-irns", get, "date"},
		{"GENERATE_EWAYBILL", "ewb-generate", post, ""}, {"GETEWAYBILLIRN", "ewb-read", get, "irn"},
	} {
		f.Calls = append(f.Calls, Call{Name: c.name, Method: c.method, Path: strings.Replace(at, "%", c.kind, 1),
			NIC: nicPaths[c.name], Do: whiteBooksCall(c.argument)})
	}
	return f
}

// refuseWhiteBooks writes a refusal with the service's code where that is known.
func refuseWhiteBooks(a *ask, r *Refusal) httpd.Reply {
	code, message := "WB_ERR_9500", r.Error()
	switch r.Why {
	case Missing:
		code, message = "WB_ERR_9104", "Missing mandatory headers : "+strings.Join(r.Names, ",")
	case PathUnknown, NotSimulated:
		code, message = "WB_ERR_9404", "No API configured for :"+a.in.Asked
	}
	text := code + " : " + message
	if r.Why == BadBody && r.Detail != "" {
		text = message
	}
	return ok(object("status_cd", "0", "status_desc", text, "error", object("error_cd", code, "message", message)))
}

// byClientID identifies a caller. The headers that a call needs are checked together.
func byClientID(a *ask, more ...string) error {
	var missing []string
	for _, name := range append([]string{"ip_address", "client_id", "client_secret", "gstin"}, more...) {
		if a.params.header[normal(name)] == "" {
			missing = append(missing, name)
		}
	}
	email := a.params.query["email"]
	if email == "" {
		missing = append(missing, "email")
	}
	if len(missing) > 0 {
		return &Refusal{Why: Missing, Names: missing}
	}
	return a.subscribed(a.params.header["client-id"], a.params.header["client-secret"], email)
}

// rows writes errors as a text with a list.
func (a *ask) rows(errors []upstream.Error) string {
	if !slices.Contains(a.subscription.Variants, subscription.LowerCamelErrors) {
		return string(plainJSON(errors))
	}
	list := make([]struct {
		Code    string `json:"errorCode"`
		Message string `json:"errorMessage"`
	}, len(errors))
	for i, e := range errors {
		list[i].Code, list[i].Message = e.Code, e.Message
	}
	return string(plainJSON(list))
}

// whiteBooksLogin logs in at NIC, and echoes all headers of the request, as recorded.
func whiteBooksLogin(a *ask) (httpd.Reply, error) {
	if err := byClientID(a, "username", "password"); err != nil {
		return httpd.Reply{}, err
	}
	user := a.params.header["username"]
	s, refused, err := a.logIn(a.gstin(), user, a.params.header["password"])
	switch {
	case err != nil:
		return httpd.Reply{}, err
	case len(refused.errors) > 0:
		return ok(object("status_cd", "0", "status_desc", a.rows(refused.errors))), nil
	}
	a.sessions.put(a.sessionKey("token", s.AuthToken), s)
	a.in.ShowAnswer(object("data", "***"))
	echoed := []any{}
	for _, name := range []string{"ip_address", "client_id", "username", "gstin", "client_secret", "password"} {
		echoed = append(echoed, name, a.params.header[normal(name)])
	}
	echoed = append(echoed, "gst_username", user,
		"txn", strings.ReplaceAll(a.in.World.Dice.Stream("transactions of gateways").UUID(), "-", ""))
	code := "Sucess" //nolint:misspell // as recorded
	if a.subscription.Face == "perione" {
		code = "Success"
	}
	return ok(object("data", object("UserName", s.UserName, "TokenExpiry", a.expiry(s), "Sek", s.Sek,
		"ClientId", s.ClientID, "AuthToken", s.AuthToken), "status_cd", code, "status_desc", "GSTR request succeeds",
		"header", object(echoed...))), nil
}

// irp is the portal that the query names.
func (a *ask) irp() string {
	return cmp.Or(a.params.query["irp"], "NIC1")
}

// whiteBooksCall is a call whose argument, if it has one, is param1.
func whiteBooksCall(argument string) func(*ask) (httpd.Reply, error) {
	return func(a *ask) (httpd.Reply, error) {
		needed := []string{"username"}
		if argument == "doctype" {
			needed = append(needed, "docnum", "docdate")
		}
		token := strings.Join(a.header["Auth-Token"], ",") // auth_token is another header here
		if token == "" && a.header["Auth_token"] == nil {
			needed = append(needed, "auth-token")
		}
		if err := byClientID(a, needed...); err != nil {
			return httpd.Reply{}, err
		}
		query := map[string]string{}
		if argument != "" {
			query[argument] = a.params.query["param1"]
		}
		if argument == "doctype" {
			query["docnum"], query["docdate"] = a.params.header["docnum"], a.params.header["docdate"]
		}
		a.params.header["irp"], a.params.header["sup-gstin"] = a.params.query["irp"], a.params.query["supplier-gstn"]
		portal := a.irp()
		a.params.query = query
		o, err := a.strict(token)
		if err != nil {
			return httpd.Reply{}, err
		}
		if len(o.errors) > 0 {
			return ok(object("irp", portal, "status_cd", "0", "status_desc", a.rows(o.errors))), nil
		}
		members := []any{"irp", portal, "status_cd", "1", "status_desc", "GSTR request succeeds", "data", o.data}
		if o.info != nil { // where the service has NIC's InfoDtls was not seen [SIM]
			members = append(members, "info", o.info)
		}
		return ok(object(members...)), nil
	}
}

// strict is withToken for a service that takes the names of members only as NIC writes them. A token that it does not
// know is NIC's to refuse.
func (a *ask) strict(token string) (outcome, error) {
	var members map[string]json.RawMessage
	if a.call.Name == "generate" && json.Unmarshal(a.body, &members) == nil && members["Version"] == nil &&
		members["version"] != nil {
		return outcome{}, &Refusal{Why: BadBody, Detail: "JSON validation failed due to required key [Version] not found"}
	}
	if _, known := a.sessions.get(a.sessionKey("token", token)); !known {
		return outcome{errors: []upstream.Error{errorOf("1005")}}, nil
	}
	o, err := a.withToken(token, false)
	if refused, is := err.(*Refusal); is && refused.Why == TokenInvalid { //nolint:errorlint // it is not wrapped
		return outcome{errors: []upstream.Error{errorOf("1005")}}, nil
	}
	return o, err
}

// whiteBooksEWayLogin keeps the login for the GSTIN; the answer has no token.
func whiteBooksEWayLogin(a *ask) (httpd.Reply, error) {
	if err := byClientID(a); err != nil {
		return httpd.Reply{}, err
	}
	s, refused, err := a.logIn(a.gstin(), a.params.query["username"], a.params.query["password"])
	switch {
	case err != nil:
		return httpd.Reply{}, err
	case len(refused.errors) > 0:
		return ok(object("status_cd", "0", "status_desc", a.rows(refused.errors))), nil
	}
	a.sessions.put(a.sessionKey("token", "e-way bill "+a.gstin()), s)
	return ok(object("irp", a.irp(), "status_cd", "1", "status_desc", "If authentication succeeds")), nil
}

// whiteBooksEWay cancels an e-way bill. The action is taken in small letters only.
func whiteBooksEWay(a *ask) (httpd.Reply, error) {
	if !strings.HasSuffix(strings.TrimRight(a.in.Asked, "/"), "canewb") {
		return httpd.Reply{}, &Refusal{Why: PathUnknown}
	}
	if err := byClientID(a); err != nil {
		return httpd.Reply{}, err
	}
	portal := a.irp()
	a.params.query = map[string]string{}
	o, err := a.strict("e-way bill " + a.gstin())
	if err != nil {
		return httpd.Reply{}, err
	}
	if len(o.errors) > 0 {
		codes := string(object("errorCodes", o.errors[0].Code+","))
		return ok(object("status_cd", "0", "error", object("message", codes, "info", o.errors[0].Message))), nil
	}
	return ok(object("irp", portal, "status_cd", "1", "status_desc", "EWAYBILL request succeeds", "data", o.data)), nil
}
