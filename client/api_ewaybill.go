package client

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
)

const ewayBillPath = "/eiewb/v1.03/ewaybill"

// EwayBill is an e-way bill (EWB) that the API has made for a registered invoice.
type EwayBill struct {
	Number    Number `json:"EwbNo"` // 12 digits
	Date      Stamp  `json:"EwbDt"`
	ValidTill Stamp  `json:"EwbValidTill"` // zero while it has its Part A alone
	Remarks   string

	Info []Info `json:"-"` // what came beside the document
}

// DistanceKM is the distance that the API calculated, as for [Invoice].
func (e EwayBill) DistanceKM() int { return distanceOf(e.Info) }

// EwayBill makes the e-way bill of a registered invoice. The document has Irn, Distance and what
// there is to say about the transport; it may be any value that encodes to one, and a
// json.RawMessage or []byte is sent as it is. Refusals: 4002 it has one, 2302 it is cancelled, 2148
// unknown.
func (a *API) EwayBill(ctx context.Context, document any) (EwayBill, error) {
	k := a.sealedCall(http.MethodPost, ewayBillPath)
	var e EwayBill
	info, err := a.sealed(ctx, k, sealJSON(document), &e)
	if err != nil {
		return EwayBill{}, err
	}
	if e.Number == 0 {
		return EwayBill{}, k.unexpected(http.StatusOK, "the document in Data has no EwbNo")
	}
	e.Info = info
	return e, nil
}

// EwayBillState is what the API says of an e-way bill later.
type EwayBillState struct {
	Number    Number `json:"EwbNo"`
	Status    string // ACT or CNL
	GenGSTIN  string `json:"GenGstin"` // who made it
	Date      Stamp  `json:"EwbDt"`
	ValidTill Stamp  `json:"EwbValidTill"`
}

// GetEwayBill reads the e-way bill of a registered invoice. Refusal: 4005 it has none.
func (a *API) GetEwayBill(ctx context.Context, irn string) (EwayBillState, error) {
	k := a.sealedCall(http.MethodGet, ewayBillPath+"/irn/"+url.PathEscape(irn))
	good := func(e EwayBillState) bool { return e.Number != 0 }
	return document(ctx, a, k, nil, good, "EwbNo")
}

// Why an e-way bill is cancelled, [EwayBillCancellation].Reason. An invoice has the same reasons
// under other numbers.
const (
	EwayBillDuplicate      = 1
	EwayBillOrderCancelled = 2
	EwayBillDataEntry      = 3
	EwayBillOther          = 4
)

// EwayBillCancellation asks for an e-way bill to be cancelled.
type EwayBillCancellation struct {
	Number int64  `json:"ewbNo"`
	Reason int    `json:"cancelRsnCode"`
	Remark string `json:"cancelRmrk"`
}

// CancelledEwayBill is the receipt of that.
type CancelledEwayBill struct {
	Number     Number `json:"ewayBillNo"`
	CancelDate Stamp  `json:"cancelDate"`
}

// CancelEwayBill cancels an e-way bill. Only the sandbox offers the call; in production the e-way bill system does.
// Refusals have codes without messages: 301 unknown, 312 another's or cancelled already, 315 and 728 too late.
func (a *API) CancelEwayBill(ctx context.Context, c EwayBillCancellation) (CancelledEwayBill, error) {
	k := a.sealedCall(http.MethodPost, "/ewaybillapi/v1.03/ewayapi")
	good := func(receipt CancelledEwayBill) bool { return receipt.Number != 0 }
	return document(ctx, a, k, sealAction("CANEWB", c), good, "ewayBillNo")
}

// sealAction seals a document the e-way bill system's way: put in base64 first, and beside it what
// is to be done.
func sealAction(action string, document any) sealer {
	return func(sek []byte) (any, error) {
		text, err := jsonOf(document)
		if err != nil {
			return nil, err
		}
		data, err := sealData(sek, base64.StdEncoding.AppendEncode(nil, text))
		return map[string]string{"action": action, "data": data}, err
	}
}
