package irp

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Taxpayer is the answer to GSTIN details.
type Taxpayer struct {
	Gstin     string  `json:"Gstin"`
	TradeName string  `json:"TradeName"`
	LegalName string  `json:"LegalName"`
	AddrBnm   string  `json:"AddrBnm"`
	AddrBno   string  `json:"AddrBno"`
	AddrFlno  string  `json:"AddrFlno"`
	AddrSt    string  `json:"AddrSt"`
	AddrLoc   string  `json:"AddrLoc"`
	StateCode int     `json:"StateCode"`
	AddrPncd  int     `json:"AddrPncd"`
	TxpType   string  `json:"TxpType"`
	Status    string  `json:"Status"`
	BlkStatus string  `json:"BlkStatus"`
	DtReg     *string `json:"DtReg"`
	DtDReg    *string `json:"DtDReg"`
}

// statusCodes are NIC's three letters for a registration's state.
var statusCodes = map[string]string{
	nic.Active: "ACT", nic.Cancelled: "CNL", nic.Inactive: "INA", nic.Provisional: "PRO", nic.Suspended: "SUS",
}

// Taxpayer reads the details of any GSTIN.
func (i IRP) Taxpayer(ctx context.Context, _ Session, gstin string) (Taxpayer, error) {
	t, ok, err := i.lookup(ctx, gstin)
	switch {
	case err != nil:
		return Taxpayer{}, err
	case !ok && malformed(gstin):
		return Taxpayer{}, refuse(codeBadGSTIN)
	case !ok:
		return Taxpayer{}, refuse(codeUnknownGSTIN)
	}
	state, _ := strconv.Atoi(nic.GSTIN(gstin).StateCode()) // two digits: somebody holds it
	pin, _ := strconv.Atoi(t.Address.Pincode)              // 0 when unknown, as NIC writes it
	return Taxpayer{
		Gstin: t.GSTIN, TradeName: t.TradeName, LegalName: t.LegalName,
		AddrBnm: t.Address.Building, AddrFlno: t.Address.Floor, AddrSt: t.Address.Street, AddrLoc: t.Address.Location,
		StateCode: state, AddrPncd: pin, TxpType: t.Type, Status: statusCodes[t.Status], BlkStatus: blockStatus(t),
		DtReg: text(t.RegisteredOn), DtDReg: text(t.CancelledOn),
	}, nil
}

// malformed tells what has not even the shape of a GSTIN. The check character is not
// judged: NIC's sandbox has dummies that fail it.
func malformed(gstin string) bool {
	_, err := nic.ParseGSTIN(gstin)
	violation, wrong := errors.AsType[*nic.SyntaxError](err)
	_, dummyErr := nic.ParseDummyGSTIN(gstin)
	return wrong && violation.Rule != nic.RuleCheckCharacter && dummyErr != nil
}

// lookup finds a taxpayer of the world, or makes one up where the settings say so;
// dummies are the sandbox's alone.
func (i IRP) lookup(ctx context.Context, gstin string) (store.Taxpayer, bool, error) {
	var t store.Taxpayer
	err := i.view(ctx, func(r store.Reader) error {
		var err error
		t, err = r.Taxpayer(gstin)
		return err
	})
	switch {
	case err == nil && (t.DummyOf == "" || i.env == nic.Sandbox):
		return t, true, nil
	case err != nil && !missing(err):
		return t, false, err
	case i.settings().UnknownGSTIN != settings.SynthesiseUnknown:
		return store.Taxpayer{}, false, nil
	}
	made, ok := MadeUp(gstin)
	return made, ok, nil
}

// MadeUp makes up a taxpayer with a whole address in its state, the same one every time. A taxpayer
// that is added to a world takes from it what it is added without. MadeUp is not ok for a text that
// has no GSTIN's form [SIM].
func MadeUp(gstin string) (store.Taxpayer, bool) {
	made, ok := invoice.Synthetic(gstin)
	if !ok {
		return store.Taxpayer{}, false
	}
	return store.Taxpayer{
		GSTIN: made.GSTIN, LegalName: made.LegalName, TradeName: made.TradeName, Status: made.Status, Type: made.Type,
		EInvoiceEnabled: made.EInvoiceEnabled, AATOCrore: made.AATOCrore,
		RegisteredOn: made.RegisteredOn.Format(time.DateOnly),
		Address: store.Address{Building: "Building 1", Floor: "Ground floor", Street: "Main Road",
			Location: made.Location, Pincode: made.Pincode},
	}, true
}

// blockStatus is B for a taxpayer who may not make e-way bills, U for any other.
func blockStatus(t store.Taxpayer) string {
	if t.EWayBillBlocked {
		return "B"
	}
	return "U"
}
