package settings

import "time"

// IRP are the figures of the e-Invoice API. Those without SIM are NIC's.
type IRP struct {
	TokenLifetimeSandbox    Duration         `json:"tokenLifetimeSandbox"`
	TokenLifetimeProduction Duration         `json:"tokenLifetimeProduction"`
	CancelWindow            Duration         `json:"cancelWindow"` // from the acknowledgement
	ReadWindow              Duration         `json:"readWindow"`   // likewise; NIC's texts say two days, and three
	IRPErrorDetails         ErrorDetailsForm `json:"irpErrorDetails"`
	IRPv103                 bool             `json:"irpV103"` // answer the retired version of auth
}

func defaultIRP() IRP {
	return IRP{
		TokenLifetimeSandbox:    Duration(time.Hour),
		TokenLifetimeProduction: Duration(6 * time.Hour),
		CancelWindow:            Duration(24 * time.Hour),
		ReadWindow:              Duration(48 * time.Hour),
		IRPErrorDetails:         ErrorDetailsArray,
	}
}

func (s IRP) checkEach(want func(ok bool, setting, rule string)) {
	const span = "must be longer than nothing"
	want(s.TokenLifetimeSandbox > 0, "tokenLifetimeSandbox", span)
	want(s.TokenLifetimeProduction > 0, "tokenLifetimeProduction", span)
	want(s.CancelWindow > 0, "cancelWindow", span)
	want(s.ReadWindow > 0, "readWindow", span)
	want(s.IRPErrorDetails.known(), "irpErrorDetails", "must be array, base64 or json")
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
