package face

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/nicsim/nicsim/client"
)

// gstzen is GSTZen, which keeps the API users of taxpayers.
type gstzen struct{}

func (gstzen) login(p *plain, do sender, u *user) (answer, error) {
	body, err := json.Marshal(map[string]string{"gstin": u.gstin, "username": u.name, "password": u.password})
	if err != nil {
		return answer{}, fmt.Errorf("writing the request: %w", err)
	}
	status, text, err := do(http.MethodPost, "/api/einvoice-login-session/",
		map[string]string{"Authorization": "Bearer " + p.Secrets["Token"]}, body)
	if err != nil {
		return answer{}, err
	}
	return readFlat(status, text)
}

var gstzenFolders = map[string]string{"generate": "", "cancel": "cancel/", "read-irn": "geteinv/",
	"ewb-generate": "genewb/", "ewb-cancel": "cancelewb/"}

func (gstzen) call(p *plain, do sender, u *user, c plainCall) (answer, error) {
	folder, has := gstzenFolders[c.name]
	if !has {
		return answer{}, fmt.Errorf("gstzen has no %s", c.name)
	}
	body := c.document
	if c.name == "read-irn" {
		var err error
		body, err = json.Marshal(map[string]any{"SellerDtls": map[string]string{"Gstin": u.gstin}, "Irn": c.last,
			"irp": headerOf(c.header, "irp")})
		if err != nil {
			return answer{}, fmt.Errorf("writing the request: %w", err)
		}
	}
	header := map[string]string{"Token": p.Secrets["Token"], "gstin": u.gstin}
	if portal := headerOf(c.header, "irp"); portal != "" {
		header["irp"] = portal
	}
	status, text, err := do(http.MethodPost, "/~gstzen/a/post-einvoice-data/einvoice-json/"+folder, header, body)
	if err != nil {
		return answer{}, err
	}
	return readFlat(status, text)
}

// readFlat reads an answer with NIC's members at its root. The gateway's status differs from NIC's Status by its case
// alone, so the members are read by their exact names.
func readFlat(status int, text []byte) (answer, error) {
	var members map[string]json.RawMessage
	if status != http.StatusOK {
		return answer{http: status}, nil
	}
	if err := json.Unmarshal(text, &members); err != nil {
		return answer{}, fmt.Errorf("the gateway's answer: %w", err)
	}
	if string(members["status"]) == "1" {
		info := members["InfoDtls"]
		for _, own := range []string{"status", "message", "uuid", "InfoDtls", "IrnStatus", "Irp"} {
			delete(members, own)
		}
		data, err := json.Marshal(members)
		return answer{data: data, info: info}, err
	}
	var rows []struct{ ErrorCode, ErrorMessage string }
	if err := json.Unmarshal(members["ErrorDetails"], &rows); err != nil || len(rows) == 0 {
		return answer{}, fmt.Errorf("the gateway refused: %s", members["message"])
	}
	a := answer{info: members["InfoDtls"]}
	for _, e := range rows {
		a.errors = append(a.errors, client.ErrorDetail{Code: e.ErrorCode, Message: e.ErrorMessage})
	}
	return a, nil
}
