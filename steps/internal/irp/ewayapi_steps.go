package irp

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/face"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// ewayAPISteps send invalid cancellations of e-way bills. This call has the envelope and the codes of the
// e-way bill system.
type ewayAPISteps struct{ *calls }

func (g ewayAPISteps) Register(r *scene.Registry) {
	r.Act(`{who} cancels its e-way bill with (.+)`, g.wrongly, needs.CancelEwayBill).Needing(
		func(values []string) []needs.Need { return protocol(values[2]) })
	r.Act(`{who} looks for the cancellation of e-way bills in production`, g.inProduction, needs.ProductionAPI, needs.NoGSTIN, needs.Sealed)
	r.Step(`the e-way bill system refuses it with {n}`, g.refuses).NIC(1)
}

const ewayAPIPath = "/ewaybillapi/v1.03/ewayapi"

func (g ewayAPISteps) wrongly(ctx context.Context, u *caller, what string) error {
	h, key, action := u.headers(), u.login.SEK, "CANEWB"
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
	case "an array":
		document = "[]"
	case "a text for its number":
		document = `{"ewbNo":"x","cancelRsnCode":3,"cancelRmrk":"Wrong entry"}`
	case "another action":
		action = "REJEWB"
	case "a blank behind the action":
		action += " "
	case "its remark as CancelRmrk":
		document = strings.Replace(document, "cancelRmrk", "CancelRmrk", 1)
	case "an unknown number":
		document = `{"ewbNo":999999999999,"cancelRsnCode":3,"cancelRmrk":"Wrong entry"}`
	default:
		return fmt.Errorf("there is no cancellation with %q", what)
	}
	data, err := face.Seal(key, base64.StdEncoding.AppendEncode(nil, []byte(document)))
	if err != nil {
		return err
	}
	return g.postEway(ctx, u.portal, h, map[string]string{"action": action, "data": data})
}

// postEway sends the call and returns a refusal as a *client.APIError.
func (g ewayAPISteps) postEway(ctx context.Context, portal string, h headers, members map[string]string) error {
	body, err := json.Marshal(members)
	if err != nil {
		return fmt.Errorf("writing the request: %w", err)
	}
	var envelope ewayEnvelope
	if err := g.exchange(ctx, portal, http.MethodPost, ewayAPIPath, h, body, &envelope); err != nil {
		return err
	}
	return envelope.refusal()
}

// ewayEnvelope is an answer of the e-way bill system, by its members.
type ewayEnvelope map[string]json.RawMessage

// refusal returns a refusal as a *client.APIError. A refusal is written as NIC was recorded: an info that is null, and
// an error in base64 with a comma behind the code.
func (e ewayEnvelope) refusal() error {
	if string(e["status"]) == `"1"` {
		return nil
	}
	var document []byte
	var refusal struct {
		ErrorCodes string `json:"errorCodes"`
	}
	err := json.Unmarshal(e["error"], &document)
	if err == nil {
		err = json.Unmarshal(document, &refusal)
	}
	code, comma := strings.CutSuffix(refusal.ErrorCodes, ",")
	if err != nil || !comma || len(e) != 3 || string(e["status"]) != `"0"` || string(e["info"]) != "null" {
		return fmt.Errorf("the refusal has the members %q and the error %q", slices.Sorted(maps.Keys(e)), document)
	}
	return &client.APIError{Details: []client.ErrorDetail{{Code: code}}}
}

func (g ewayAPISteps) inProduction(ctx context.Context, _ *scene.Person) error {
	return g.postEway(ctx, scene.OnProduction, headers{}, nil)
}

func (g ewayAPISteps) refuses(code string) error {
	return apiRefusalSteps(g).refuses(code, "")
}
