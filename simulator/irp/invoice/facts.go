package invoice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/store"
)

// Facts are what a judgement depends on besides the document.
type Facts struct {
	Requester string    // GSTIN in the caller's header
	Now       time.Time // of the world's clock
	// Taxpayers are those of the document, by GSTIN; a GSTIN without one is unknown. [Judge] fills them in.
	Taxpayers map[string]Taxpayer
	HSN       *HSN // nil: chapters and lengths only
	Book      rulebook.Book
}

// Taxpayer is the record of a registration.
type Taxpayer = store.Taxpayer

// FixtureTaxpayer returns the record of a taxpayer of the fixtures.
func FixtureTaxpayer(t fixtures.Taxpayer) Taxpayer {
	record := Taxpayer{
		GSTIN: string(t.GSTIN), LegalName: t.LegalName, TradeName: t.TradeName, Status: t.Status, Type: t.Type,
		Mobile: t.Mobile, Email: t.Email, EInvoiceEnabled: t.EInvoiceEnabled, TransporterOnly: t.TransporterOnly,
		AATOCrore: t.AATOCrore, RegisteredOn: t.RegisteredOn.Format(time.DateOnly),
		Address: store.Address{
			Building: t.Address.Building, Floor: t.Address.Floor, Street: t.Address.Street,
			Location: t.Address.Location, Pincode: strconv.Itoa(t.Address.Pincode),
		},
	}
	if !t.CancelledOn.IsZero() {
		record.CancelledOn = t.CancelledOn.Format(time.DateOnly)
	}
	return record
}

// FindFixture looks a GSTIN up among the taxpayers of the built-in fixtures. It is a [Find].
func FindFixture(gstin string) (Taxpayer, bool, error) {
	cast, err := fixtures.Load()
	if err != nil {
		return Taxpayer{}, false, err
	}
	i := slices.IndexFunc(cast.Taxpayers, func(t fixtures.Taxpayer) bool { return string(t.GSTIN) == gstin })
	if i < 0 {
		return Taxpayer{}, false, nil
	}
	return FixtureTaxpayer(cast.Taxpayers[i]), true, nil
}

// Synthetic is [Unseen] for a text that has the form of a GSTIN or of an enrolled transporter's number; it is not ok
// for another. It does not check the check character: NIC's sandbox signs for dummies that fail it. SIM.
func Synthetic(gstin string) (Taxpayer, bool) {
	if transin, err := nic.ParseTRANSIN(gstin); Malformed(gstin) && (err != nil || string(transin) != gstin) {
		return Taxpayer{}, false
	}
	return Unseen(gstin), true
}

// strayState is the state of the address that Unseen makes up for a GSTIN that begins with no code of a state, such as
// that of a transporter enrolled under 88. SIM.
const strayState = "07"

// Unseen makes up an active, regular taxpayer that is enabled for e-invoicing, the same for a GSTIN every time. It is
// an operator, deductor or UN body if the GSTIN has the form of one, and a transporter only if it begins with 88. The
// GSTIN must have 15 characters. SIM.
func Unseen(gstin string) Taxpayer {
	kind := nic.GSTIN(gstin).Kind()
	taxpayerType, special := map[nic.Kind]string{
		nic.KindTCS: "TCS", nic.KindTDS: "TDS", nic.KindUIN: "UIN", nic.KindNRTP: "NRT", nic.KindOIDAR: "NRT",
	}[kind]
	if !special {
		taxpayerType = "REG"
	}
	state, known := masters().States[gstin[:2]]
	if !known {
		state = masters().States[strayState]
	}
	enrolled := nic.GSTIN(gstin).Enrolled()
	return Taxpayer{
		GSTIN: gstin, LegalName: "Taxpayer " + gstin[2:12] + " (made up)", TradeName: "Trader " + gstin[2:12],
		Status: nic.Active, Type: taxpayerType, EInvoiceEnabled: !enrolled, TransporterOnly: enrolled,
		RegisteredOn: "2017-07-01", // the day on which GST began
		Address: store.Address{
			Building: "Building 1", Floor: "Ground floor", Street: "Main Road", Location: state.City, Pincode: state.Pincode,
		},
	}
}

// Malformed reports whether a text has neither the form of a GSTIN nor that of a dummy of the sandbox. It does not
// check the check character.
func Malformed(gstin string) bool {
	if gstin != strings.ToUpper(gstin) {
		return true
	}
	if _, err := nic.ParseDummyGSTIN(gstin); err == nil {
		return false
	}
	_, err := nic.ParseGSTIN(gstin)
	return breaksShape(err)
}
