package face

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"

	"github.com/nicsim/nicsim/client"
)

// adaequare is Adaequare enriched.
type adaequare struct{}

// adaequarePaths are the paths below /enriched/ei/api. Reads have their argument in the query.
var adaequarePaths = map[string]struct{ method, path, argument string }{
	"generate": {http.MethodPost, "/invoice", ""}, "cancel": {http.MethodPost, "/invoice/cancel", ""},
	"read-irn":      {http.MethodGet, "/invoice/irn", "irn"},
	"read-document": {http.MethodGet, "/invoice/irnbydocdetails", ""},
	"gstin":         {http.MethodGet, "/master/gstin", "gstin"},
	"sync-gstin":    {http.MethodGet, "/master/syncgstin", "gstin"},
	"ewb-generate":  {http.MethodPost, "/ewaybill", ""}, "ewb-read": {http.MethodGet, "/ewaybill/irn", "irn"},
	"ewb-cancel": {http.MethodPost, "/ewayapi", ""},
}

// login asks for the details of the user's own GSTIN: the gateway has no login of users.
func (g adaequare) login(p *plain, do sender, u *user) (answer, error) {
	a, err := g.call(p, do, u, plainCall{name: "gstin", last: u.gstin, query: url.Values{}})
	if len(a.errors) == 0 || a.errors[0].Code[0] == '1' && len(a.errors[0].Code) == 4 {
		return a, err
	}
	return answer{}, nil // the user may ask, and the GSTIN is not one of which NIC has details
}

func (adaequare) call(p *plain, do sender, u *user, c plainCall) (answer, error) {
	token, err := p.accessToken(do)
	if err != nil {
		return answer{}, err
	}
	way := adaequarePaths[c.name]
	if way.path == "" {
		return answer{}, fmt.Errorf("adaequare has no %s", c.name)
	}
	if way.argument != "" {
		c.query.Set(way.argument, c.last)
	}
	path := "/enriched/ei/api" + way.path
	if !p.Production {
		path = "/test" + path
	}
	if len(c.query) > 0 {
		path += "?" + c.query.Encode()
	}
	header := map[string]string{"user_name": u.name, "password": u.password, "gstin": u.gstin,
		"requestid": "r1", "Authorization": "bearer " + token}
	for _, name := range []string{"irp", "sup-gstin"} {
		if value := headerOf(c.header, name); value != "" {
			header[name] = value
		}
	}
	status, text, err := do(way.method, path, header, c.document)
	if err != nil {
		return answer{}, err
	}
	if status == http.StatusUnauthorized || status == http.StatusForbidden {
		p.forgetAccess() // a secret that is reset ends the token, whatever its expiry says
	}
	return readEnriched(status, text)
}

// accessToken is the gateway's own token, which all users share.
func (p *plain) accessToken(do sender) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.access != "" {
		return p.access, nil
	}
	status, text, err := do(http.MethodPost, "/gsp/authenticate?grant_type=token", p.Secrets, nil)
	if err != nil {
		return "", err
	}
	var got struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(text, &got); err != nil || status != http.StatusOK || got.AccessToken == "" {
		return "", fmt.Errorf("the login at the gateway was answered %d", status)
	}
	p.access = got.AccessToken
	return p.access, nil
}

func (p *plain) forgetAccess() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.access = ""
}

// A text with several errors is CODE : text, CODE : text.
var codes = regexp.MustCompile(`(?:^|, )(\d{3,4}) : `)

func splitCodes(text string) []client.ErrorDetail {
	var details []client.ErrorDetail
	starts := codes.FindAllStringSubmatchIndex(text, -1)
	for i, at := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		details = append(details, client.ErrorDetail{Code: text[at[2]:at[3]], Message: text[at[1]:end]})
	}
	return details
}

func readEnriched(status int, text []byte) (answer, error) {
	if status != http.StatusOK {
		return answer{http: status}, nil
	}
	var got struct {
		Success bool
		Message string
		Result  json.RawMessage
		Info    json.RawMessage
	}
	if err := json.Unmarshal(text, &got); err != nil {
		return answer{}, fmt.Errorf("the gateway's answer: %w", err)
	}
	if got.Success {
		return answer{data: got.Result, info: got.Info}, nil
	}
	a := answer{errors: splitCodes(got.Message), info: got.Result}
	if len(a.errors) == 0 {
		return answer{}, fmt.Errorf("the gateway refused: %s", got.Message)
	}
	return a, nil
}
