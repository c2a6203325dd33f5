package irp

import (
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
	"github.com/nicsim/nicsim/simulator/store"
)

// Taxpayer is the answer to GSTIN details. Names are NIC's, and so is the order.
type Taxpayer struct {
	Gstin, TradeName, LegalName                 string
	AddrBnm, AddrBno, AddrFlno, AddrSt, AddrLoc string
	StateCode, AddrPncd                         int
	TxpType, Status, BlkStatus                  string
	DtReg, DtDReg                               *string
}

// statusCodes are NIC's three letters for a registration's state.
var statusCodes = map[string]string{
	nic.Active: "ACT", nic.Cancelled: "CNL", nic.Inactive: "INA", nic.Provisional: "PRO", nic.Suspended: "SUS",
}

// Taxpayer reads the details of any GSTIN.
func (i IRP) Taxpayer(v View, gstin string) (Taxpayer, error) {
	t, known, err := i.finder(v.Store)(gstin)
	switch {
	case err != nil:
		return Taxpayer{}, err
	case !known && invoice.Malformed(gstin):
		return Taxpayer{}, refuse(codeBadGSTIN)
	case !known:
		return Taxpayer{}, refuse(codeUnknownGSTIN)
	}
	state, _ := strconv.Atoi(nic.GSTIN(gstin).StateCode()) // two digits: the GSTIN has the form of one
	pin, _ := strconv.Atoi(t.Address.Pincode)              // 0 when unknown, as NIC writes it
	return Taxpayer{
		Gstin: t.GSTIN, TradeName: t.TradeName, LegalName: t.LegalName,
		AddrBnm: t.Address.Building, AddrBno: doorNumber(t.Address.Building), AddrFlno: t.Address.Floor,
		AddrSt: t.Address.Street, AddrLoc: t.Address.Location,
		StateCode: state, AddrPncd: pin, TxpType: t.Type, Status: statusCodes[i.statusOf(t)], BlkStatus: i.blockStatus(t),
		DtReg: text(t.RegisteredOn), DtDReg: text(t.CancelledOn),
	}, nil
}

func (i IRP) statusOf(t store.Taxpayer) string {
	return defect.Pick(i.world.Defects(), defect.TaxpayerStatusActive, t.Status, nic.Active)
}

// doorNumber is the first word of a building's name that has a digit, since records have no number of their own for
// AddrBno. SIM.
func doorNumber(building string) string {
	for word := range strings.FieldsSeq(building) {
		if strings.ContainsAny(word, "0123456789") {
			return word
		}
	}
	return ""
}

// finder looks taxpayers up in the world. It makes unknown ones up if the settings ask for it. Only the sandbox
// knows dummies.
func (i IRP) finder(r store.Reader) invoice.Find {
	synthesise := i.book().UnknownGSTIN == settings.SynthesiseUnknown
	return func(gstin string) (store.Taxpayer, bool, error) {
		t, err := r.Taxpayer(gstin)
		switch {
		case err == nil && (t.DummyOf == "" || i.env == nic.Sandbox):
			return t, true, nil
		case err != nil && !missing(err):
			return t, false, err
		case !synthesise && !i.wrong(defect.UnknownMadeUp):
			return store.Taxpayer{}, false, nil
		}
		made, ok := invoice.Synthetic(gstin)
		return made, ok, nil
	}
}

// blockStatus is B for a taxpayer that may not make e-way bills, U for any other.
func (i IRP) blockStatus(t store.Taxpayer) string {
	if t.EWayBillBlocked && !i.wrong(defect.BlockUnshown) {
		return "B"
	}
	return "U"
}
