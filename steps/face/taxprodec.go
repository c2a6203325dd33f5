package face

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// taxproDec is TaxPro with dec. All that identifies a call is in its query.
type taxproDec struct{}

var taxproPaths = map[string]string{
	"generate": "/eicore/dec/v1.03/Invoice", "cancel": "/eicore/dec/v1.03/Invoice/Cancel",
	"read-irn": "/eicore/dec/v1.03/Invoice/irn/", "read-document": "/eicore/dec/v1.03/Invoice/irnbydocdetails",
	"gstin": "/eivital/dec/v1.04/Master/gstin/", "ewb-generate": "/eiewb/dec/v1.03/ewaybill",
	"ewb-read": "/eiewb/dec/v1.03/ewaybill/irn/", "ewb-cancel": "/ewaybillapi/dec/v1.03/ewayapi",
}

func (taxproDec) identity(p *plain, u *user) url.Values {
	query := url.Values{"Gstin": {u.gstin}, "user_name": {u.name}}
	for name, value := range p.Secrets {
		query.Set(name, value)
	}
	return query
}

func (g taxproDec) login(p *plain, do sender, u *user) (answer, error) {
	query := g.identity(p, u)
	query.Set("eInvPwd", u.password)
	status, text, err := do(http.MethodGet, "/eivital/dec/v1.04/auth?"+query.Encode(), nil, nil)
	if err != nil {
		return answer{}, err
	}
	a, err := readDec(status, text)
	if err != nil || len(a.errors) > 0 {
		return a, err
	}
	var got struct{ AuthToken, Sek string }
	if err := json.Unmarshal(a.data, &got); err != nil || got.AuthToken == "" || got.Sek != "" {
		return answer{}, fmt.Errorf("the login's Data has no AuthToken, or a Sek: %w", err)
	}
	u.token = got.AuthToken
	return answer{}, nil
}

// errExpired says that the gateway does not know the token any more.
var errExpired = errors.New("the gateway does not know the token any more")

// call makes another login when the gateway's has ended.
func (g taxproDec) call(p *plain, do sender, u *user, c plainCall) (answer, error) {
	a, err := g.once(p, do, u, c)
	if !errors.Is(err, errExpired) {
		return a, err
	}
	if a, err = g.login(p, do, u); err != nil || len(a.errors) > 0 {
		return a, err
	}
	return g.once(p, do, u, c)
}

func (g taxproDec) once(p *plain, do sender, u *user, c plainCall) (answer, error) {
	query := g.identity(p, u)
	query.Set("AuthToken", u.token)
	for name, values := range c.query {
		query[name] = values
	}
	header := map[string]string{}
	for _, name := range []string{"irp", "sup-gstin"} {
		if value := headerOf(c.header, name); value != "" {
			header[name] = value
		}
	}
	path := taxproPaths[c.name]
	method := http.MethodGet
	if c.document != nil {
		method = http.MethodPost
	}
	if strings.HasSuffix(path, "/") {
		path += url.PathEscape(c.last)
	}
	status, text, err := do(method, path+"?"+query.Encode(), header, c.document)
	if err != nil {
		return answer{}, err
	}
	if c.name == "ewb-cancel" {
		return readDecEWay(status, text)
	}
	return readDec(status, text)
}

// readDec reads an answer in NIC's envelope, whose Data is a text with JSON, or of a login an object.
func readDec(status int, text []byte) (answer, error) {
	if status != http.StatusOK {
		return answer{http: status}, nil
	}
	var got struct {
		Status       json.RawMessage
		Data         json.RawMessage
		InfoDtls     json.RawMessage
		ErrorDetails []struct{ ErrorCode, ErrorMessage string }
	}
	if bytes.Contains(text, []byte("GSP752")) {
		return answer{}, errExpired
	}
	if err := json.Unmarshal(text, &got); err != nil || got.Status == nil {
		return answer{}, fmt.Errorf("the gateway refused: %s", text)
	}
	a := answer{data: got.Data, info: got.InfoDtls}
	for _, e := range got.ErrorDetails {
		a.errors = append(a.errors, client.ErrorDetail{Code: e.ErrorCode, Message: e.ErrorMessage})
	}
	var inner string
	if json.Unmarshal(got.Data, &inner) == nil && inner != "" {
		a.data = json.RawMessage(inner)
	}
	return a, nil
}

func readDecEWay(status int, text []byte) (answer, error) {
	var got struct {
		Error struct {
			Code    string `json:"error_cd"`
			Message string
		}
	}
	if err := json.Unmarshal(text, &got); err != nil || status != http.StatusOK {
		return answer{http: status}, err
	}
	if got.Error.Code == "GSP752" || got.Error.Code == "GSP102" {
		return answer{}, errExpired
	}
	if got.Error.Code != "" {
		return answer{errors: []client.ErrorDetail{{Code: got.Error.Code, Message: got.Error.Message}}}, nil
	}
	return answer{data: text}, nil
}
