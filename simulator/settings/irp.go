package settings

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// IRP are the figures of the e-Invoice API. Those without SIM are NIC's.
type IRP struct {
	TokenLifetimeSandbox    Duration         `json:"tokenLifetimeSandbox"`
	TokenLifetimeProduction Duration         `json:"tokenLifetimeProduction"`
	CancelWindow            Duration         `json:"cancelWindow"` // from the acknowledgement
	ReadWindow              Duration         `json:"readWindow"`   // likewise; NIC's texts say two days, and three
	IRPErrorDetails         ErrorDetailsForm `json:"irpErrorDetails"`
	IRPv103                 bool             `json:"irpV103"` // answer the retired version of auth

	// What the rules of an invoice turn on, as NIC's sandbox had it in September 2026.
	// turnover from which documents may not be old, crore rupees
	AATOThresholdCrore float64         `json:"aatoThresholdCrore"`
	MaxDocumentAgeDays int             `json:"maxDocumentAgeDays"` // of such a document (2305)
	FloorDate          Date            `json:"floorDate"`          // no document is older (2284)
	HSNSixDigitsCrore  float64         `json:"hsnSixDigitsCrore"`  // turnover from which four digits of HSN are too few
	EWayBillMaxAgeDays int             `json:"ewayBillMaxAgeDays"` // of a document whose goods move (4043)
	Rules              map[string]bool `json:"rules"`              // by name: in force, or not, whatever NIC has
	UnknownGSTIN       UnknownGSTIN    `json:"unknownGstin"`       // what becomes of a GSTIN that nobody holds
}

// UnknownGSTIN is what becomes of a GSTIN in an invoice that no taxpayer holds.
type UnknownGSTIN string

// The ways with unknown GSTINs.
const (
	RefuseUnknown     UnknownGSTIN = "refuse"     // 3028
	SynthesiseUnknown UnknownGSTIN = "synthesise" // an active regular taxpayer is made up, the same every time
)

// Date is a day, written yyyy-MM-dd.
type Date string

// Time is midnight in India at the beginning of the day.
func (d Date) Time() (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, string(d), nic.IST)
}

func defaultIRP() IRP {
	return IRP{
		TokenLifetimeSandbox:    Duration(time.Hour),
		TokenLifetimeProduction: Duration(6 * time.Hour),
		CancelWindow:            Duration(24 * time.Hour),
		ReadWindow:              Duration(48 * time.Hour),
		IRPErrorDetails:         ErrorDetailsArray,

		AATOThresholdCrore: 500,
		MaxDocumentAgeDays: 30,
		FloorDate:          "2025-04-01",
		HSNSixDigitsCrore:  5,
		EWayBillMaxAgeDays: 180,
		Rules:              map[string]bool{},
		UnknownGSTIN:       RefuseUnknown,
	}
}

func (s IRP) checkEach(want func(ok bool, setting, rule string)) {
	const span = "must be longer than nothing"
	want(s.TokenLifetimeSandbox > 0, "tokenLifetimeSandbox", span)
	want(s.TokenLifetimeProduction > 0, "tokenLifetimeProduction", span)
	want(s.CancelWindow > 0, "cancelWindow", span)
	want(s.ReadWindow > 0, "readWindow", span)
	want(s.IRPErrorDetails.known(), "irpErrorDetails", "must be array, base64 or json")
	want(s.AATOThresholdCrore >= 0, "aatoThresholdCrore", "must not be negative")
	want(s.MaxDocumentAgeDays >= 0, "maxDocumentAgeDays", "must not be negative")
	_, err := s.FloorDate.Time()
	want(err == nil, "floorDate", "must be a day such as 2025-04-01")
	want(s.HSNSixDigitsCrore >= 0, "hsnSixDigitsCrore", "must not be negative")
	want(s.EWayBillMaxAgeDays >= 0, "ewayBillMaxAgeDays", "must not be negative")
	want(s.UnknownGSTIN == RefuseUnknown || s.UnknownGSTIN == SynthesiseUnknown, "unknownGstin",
		"must be refuse or synthesise")
}

// ErrorDetailsForm is how the API writes ErrorDetails. NIC's pages say base64,
// captures show an array, and some clients have met JSON in a string.
type ErrorDetailsForm string

// The forms of ErrorDetails.
const (
	ErrorDetailsArray  ErrorDetailsForm = "array"
	ErrorDetailsBase64 ErrorDetailsForm = "base64"
	ErrorDetailsJSON   ErrorDetailsForm = "json"
)

func (f ErrorDetailsForm) known() bool {
	return f == ErrorDetailsArray || f == ErrorDetailsBase64 || f == ErrorDetailsJSON
}
