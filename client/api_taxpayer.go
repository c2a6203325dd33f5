package client

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

// GSTINDetails is what the API tells of a GSTIN's holder. Texts that are not known are empty.
type GSTINDetails struct {
	GSTIN        string `json:"Gstin"`
	TradeName    string
	LegalName    string
	BuildingName string `json:"AddrBnm"`
	BuildingNo   string `json:"AddrBno"`
	Floor        string `json:"AddrFlno"`
	Street       string `json:"AddrSt"`
	Location     string `json:"AddrLoc"`
	StateCode    Number
	Pincode      Number `json:"AddrPncd"`  // 0 when unknown
	TaxpayerType string `json:"TxpType"`   // REG, SED, TCS, …
	Status       string `json:"Status"`    // ACT, CNL, INA, PRO or SUS
	BlockStatus  string `json:"BlkStatus"` // B: no e-way bills, for returns that were not filed
	Registered   Stamp  `json:"DtReg"`
	Deregistered Stamp  `json:"DtDReg"`
}

// Taxpayer reads the details of any GSTIN. Refusal: 3001 no such GSTIN.
func (a *API) Taxpayer(ctx context.Context, gstin string) (GSTINDetails, error) {
	return a.details(ctx, "/eivital/v1.04/Master/gstin/"+url.PathEscape(gstin))
}

// SyncTaxpayer makes the API fetch the details again from the GST common portal; it is worth a try
// after 3028 or 3029.
func (a *API) SyncTaxpayer(ctx context.Context, gstin string) (GSTINDetails, error) {
	return a.details(ctx, "/eivital/v1.04/Master/syncgstin/"+url.PathEscape(gstin))
}

func (a *API) details(ctx context.Context, path string) (GSTINDetails, error) {
	k := a.sealedCall(http.MethodGet, path)
	good := func(d GSTINDetails) bool { return d.GSTIN != "" }
	return document(ctx, a, k, nil, good, "Gstin")
}

// "e-Invoice Vital:-22-08-2026 14:58:30"; other IRPs write a blank for the first hyphen.
var healthText = regexp.MustCompile(`Vital:[- ]\s*(\d\d-\d\d-\d{4} \d\d:\d\d:\d\d)\s*$`)

// Health asks whether the API is alive and returns what its clock shows. It needs no credentials
// and sends none.
func (a *API) Health(ctx context.Context) (time.Time, error) {
	k := call{method: http.MethodGet, path: "/eivital/v1.04/heartbeat/ping", status: http.StatusOK}
	status, body, err := a.exchange(ctx, k)
	if err != nil {
		return time.Time{}, err
	}
	if found := healthText.FindSubmatch(body); found != nil {
		if at, err := time.ParseInLocation("02-01-2006 15:04:05", string(found[1]), ist); err == nil {
			return at, nil
		}
	}
	return time.Time{}, k.unexpected(status, "no e-Invoice Vital with a time")
}
