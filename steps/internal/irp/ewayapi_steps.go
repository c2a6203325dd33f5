package irp

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// ewayAPISteps cancel e-way bills by hand and wrongly. This one call is in the manner of the e-way
// bill system, with its envelope and its codes.
type ewayAPISteps struct{ *calls }

func (g ewayAPISteps) Register(r *scene.Registry) {
	r.Act(`{who} cancels its e-way bill with (.+)`, g.wrongly)
	r.Act(`{who} looks for the cancellation of e-way bills in production`, g.inProduction)
	r.Step(`the e-way bill system refuses it with {n}`, g.refuses).NIC(1)
}

const ewayAPIPath = "/ewaybillapi/v1.03/ewayapi"

func (g ewayAPISteps) wrongly(ctx context.Context, u *caller, what string) error {
	h, key := u.headers(), u.login.SEK
	document := fmt.Sprintf(`{"ewbNo":%d,"cancelRsnCode":3,"cancelRmrk":"Wrong entry"}`, g.run.ewayBill.Number)
	switch what {
	case "another client's secret":
		h["client_secret"] = scene.UnknownClientSecret
	case "an unknown token":
		h["AuthToken"] = "NobodyHasThisToken0000000"
	case "its token":
	case "data under another key":
		key = u.appKey(len(key))
	case "data that is not a document":
		document = "no document"
	case "an unknown number":
		document = `{"ewbNo":999999999999,"cancelRsnCode":3,"cancelRmrk":"Wrong entry"}`
	default:
		return fmt.Errorf("there is no cancellation with %q", what)
	}
	data, err := sealedWith(key, base64.StdEncoding.AppendEncode(nil, []byte(document)))
	if err != nil {
		return err
	}
	return g.postEway(ctx, u.portal, h, map[string]string{"action": "CANEWB", "data": data})
}

// postEway sends the call and returns a refusal as a *client.APIError.
func (g ewayAPISteps) postEway(ctx context.Context, portal string, h headers, members map[string]string) error {
	body, err := json.Marshal(members)
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	var envelope struct {
		Status string `json:"status"`
		Error  []byte `json:"error"` // base64
	}
	if err := g.exchange(ctx, portal, http.MethodPost, ewayAPIPath, h, body, &envelope); err != nil {
		return err
	}
	if envelope.Status == "1" {
		return nil
	}
	var refusal struct {
		ErrorCodes string `json:"errorCodes"`
	}
	if err := json.Unmarshal(envelope.Error, &refusal); err != nil {
		return fmt.Errorf("reading the error: %w", err)
	}
	return &client.APIError{Details: []client.ErrorDetail{{Code: refusal.ErrorCodes}}}
}

func (g ewayAPISteps) inProduction(ctx context.Context, _ *scene.Person) error {
	return g.postEway(ctx, scene.OnProduction, headers{}, nil)
}

func (g ewayAPISteps) refuses(code string) error {
	return apiRefusalSteps(g).refuses(code, "")
}
