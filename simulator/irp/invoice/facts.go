package invoice

import (
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Facts are what a judgement depends on besides the document.
type Facts struct {
	Requester string    // GSTIN in the caller's header
	Now       time.Time // of the world's clock
	// Taxpayer looks a GSTIN up; nil knows nobody. A world that makes unknown taxpayers up does so
	// here, see Synthetic.
	Taxpayer func(gstin string) (Taxpayer, bool)
	HSN      *HSN // nil: chapters and lengths only
	Settings Settings
}

// Taxpayer is what the rules ask of a registration.
type Taxpayer struct {
	GSTIN           string
	LegalName       string
	TradeName       string
	Status          string // ACTIVE, CANCELLED, INACTIVE, PROVISIONAL or SUSPENDED
	Type            string // REG, SED, CTP, SEZ, COM, UIN, ISD, TDS, TCS or NRT
	EInvoiceEnabled bool
	EWayBillBlocked bool      // for not filing returns
	AATOCrore       float64   // aggregate annual turnover, crore rupees: a yardstick, no amount of money
	RegisteredOn    time.Time // a day in India; zero when not known
	CancelledOn     time.Time // likewise
	Location        string
	Pincode         string
}

// Settings are what NIC has changed over the years, or has in one environment and not in the other.
// Start from [DefaultSettings].
type Settings struct {
	AATOThresholdCrore float64   // turnover from which MaxAgeDays binds, crore rupees
	MaxAgeDays         int       // of a document, for suppliers at the threshold or above (2305)
	FloorDate          time.Time // no document is older (2284)
	HSNSixDigitsCrore  float64   // turnover from which four digits of HSN are too few, crore rupees
	EWayBillMaxAgeDays int       // of a document whose goods move (4043)
	// Switched puts rules in force (true) or out of force (false) by their names. Rules that are not
	// named are in force unless their Off says otherwise.
	Switched map[string]bool
}

// DefaultSettings are NIC's sandbox as of 18-09-2026, the newest source: error 2305 speaks of
// 500 crore there, validation 9 of 01/04/2025.
func DefaultSettings() Settings {
	return Settings{
		AATOThresholdCrore: 500,
		MaxAgeDays:         30,
		FloorDate:          time.Date(2025, time.April, 1, 0, 0, 0, 0, nic.IST),
		HSNSixDigitsCrore:  5,
		EWayBillMaxAgeDays: 180,
	}
}

// Synthetic makes up an active, regular, e-invoicing taxpayer for a GSTIN that nobody holds, the
// same one every time; an operator, deductor or UN body where the GSTIN has the shape of one. It is
// not ok for what has no GSTIN's shape. The check character is not judged: NIC's sandbox signs for
// dummies that fail it.
func Synthetic(gstin string) (Taxpayer, bool) {
	if malformed(gstin) {
		return Taxpayer{}, false
	}
	kind := nic.GSTIN(gstin).Kind()
	taxpayerType, special := map[nic.Kind]string{
		nic.KindTCS: "TCS", nic.KindTDS: "TDS", nic.KindUIN: "UIN", nic.KindNRTP: "NRT", nic.KindOIDAR: "NRT",
	}[kind]
	if !special {
		taxpayerType = "REG"
	}
	state := masters().States[gstin[:2]]
	return Taxpayer{
		GSTIN: gstin, LegalName: "Taxpayer " + gstin[2:12] + " (made up)", TradeName: "Trader " + gstin[2:12],
		Status: nic.Active, Type: taxpayerType, EInvoiceEnabled: true,
		RegisteredOn: time.Date(2017, time.July, 1, 0, 0, 0, 0, nic.IST),
		Location:     state.City, Pincode: state.Pincode,
	}, true
}

// malformed tells whether a text can be nobody's GSTIN, not even a dummy's of the sandbox.
func malformed(gstin string) bool {
	if gstin != strings.ToUpper(gstin) {
		return true
	}
	if _, err := nic.ParseDummyGSTIN(gstin); err == nil {
		return false
	}
	_, err := nic.ParseGSTIN(gstin)
	return breaksShape(err)
}
