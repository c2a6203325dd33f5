package face

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// whiteBooks is WhiteBooks, under all its names.
type whiteBooks struct{}

var whiteBooksKinds = map[string]string{
	"generate": "GENERATE", "cancel": "CANCEL", "read-irn": "GETIRN", "read-document": "GETIRNBYDOCDETAILS",
	"gstin": "GSTNDETAILS", "sync-gstin": "SYNC_GSTIN_FROMCP", "rejected-irns": "GETREJECTEDIRNS",
	"ewb-generate": "GENERATE_EWAYBILL", "ewb-read": "GETEWAYBILLIRN",
}

func (whiteBooks) headers(p *plain, u *user) map[string]string {
	return map[string]string{"client_id": p.Secrets["client_id"], "client_secret": p.Secrets["client_secret"],
		"ip_address": "127.0.0.1", "username": u.name, "gstin": u.gstin}
}

func (g whiteBooks) login(p *plain, do sender, u *user) (answer, error) {
	header := g.headers(p, u)
	header["password"] = u.password
	a, err := g.ask(do, http.MethodGet, "/einvoice/authenticate?email="+url.QueryEscape(p.Secrets["email"]), header, nil)
	if err != nil || len(a.errors) > 0 {
		return a, err
	}
	var got struct{ AuthToken string }
	if err := json.Unmarshal(a.data, &got); err != nil || got.AuthToken == "" {
		return answer{}, fmt.Errorf("the login's data has no AuthToken: %w", err)
	}
	u.token = got.AuthToken
	return answer{}, nil
}

func (g whiteBooks) call(p *plain, do sender, u *user, c plainCall) (answer, error) {
	header := g.headers(p, u)
	query := url.Values{"email": {p.Secrets["email"]}}
	if c.name == "ewb-cancel" {
		return g.cancelEWay(p, do, u, c, header)
	}
	header["auth-token"] = u.token
	switch c.name {
	case "read-document":
		query.Set("param1", c.query.Get("doctype"))
		header["docnum"], header["docdate"] = c.query.Get("docnum"), c.query.Get("docdate")
	case "rejected-irns":
		query.Set("param1", c.query.Get("date"))
	default:
		if c.last != "" {
			query.Set("param1", c.last)
		}
	}
	if portal := headerOf(c.header, "irp"); portal != "" {
		query.Set("irp", portal)
	}
	if supplier := headerOf(c.header, "sup-gstin"); supplier != "" {
		query.Set("supplier_gstn", supplier)
	}
	method := http.MethodGet
	if c.document != nil {
		method = http.MethodPost
	}
	path := "/einvoice/type/" + whiteBooksKinds[c.name] + "/version/V1_03?" + query.Encode()
	return g.ask(do, method, path, header, c.document)
}

// cancelEWay logs in at the e-way bill part, which has no token, and cancels.
func (g whiteBooks) cancelEWay(p *plain, do sender, u *user, c plainCall, header map[string]string) (answer, error) {
	query := url.Values{"email": {p.Secrets["email"]}}
	login := maps.Clone(query)
	login.Set("username", u.name)
	login.Set("password", u.password)
	if a, err := g.ask(do, http.MethodGet, "/ewaybillapi/v1.03/authenticate?"+login.Encode(), header,
		nil); err != nil || len(a.errors) > 0 {
		return a, err
	}
	return g.ask(do, http.MethodPost, "/ewaybillapi/v1.03/ewayapi/canewb?"+query.Encode(), header, c.document)
}

func (whiteBooks) ask(do sender, method, path string, header map[string]string, body []byte) (answer, error) {
	status, text, err := do(method, path, header, body)
	if err != nil || status != http.StatusOK {
		return answer{http: status}, err
	}
	var got struct {
		Code  string `json:"status_cd"`
		Words string `json:"status_desc"`
		Data  json.RawMessage
		Info  json.RawMessage
		Error struct{ Message string }
	}
	if err := json.Unmarshal(text, &got); err != nil {
		return answer{}, fmt.Errorf("the gateway's answer: %w", err)
	}
	if got.Code != "0" {
		return answer{data: got.Data, info: got.Info}, nil
	}
	var rows []struct{ ErrorCode, ErrorMessage string }
	var codes struct{ ErrorCodes string }
	if json.Unmarshal([]byte(got.Error.Message), &codes) == nil && codes.ErrorCodes != "" {
		code := strings.TrimSuffix(codes.ErrorCodes, ",")
		return answer{errors: []client.ErrorDetail{{Code: code}}}, nil
	}
	if err := json.Unmarshal([]byte(got.Words), &rows); err != nil {
		return answer{}, fmt.Errorf("the gateway refused: %s", got.Words)
	}
	var a answer
	for _, e := range rows {
		a.errors = append(a.errors, client.ErrorDetail{Code: e.ErrorCode, Message: e.ErrorMessage})
	}
	return a, nil
}
