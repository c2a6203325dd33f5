package irp

import (
	"cmp"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// portal returns the portal that the header irp names. A call without it is made at NIC1.
func (i IRP) portal(header string) (string, error) {
	switch {
	case header == "", !i.holds(ruleTwoPortals):
		return nic.NIC1, nil
	case header == nic.NIC1, header == nic.NIC2:
		return header, nil
	}
	return "", refuse(codeBadPortal)
}

// registeredAt returns the IRP that registered an invoice.
func registeredAt(v store.Invoice) string { return cmp.Or(v.IRP, nic.NIC1) }

// knows reports whether a portal has an invoice: it registered the invoice itself, or its copy of the other portal's
// data has it by now. What another IRP registered reaches neither.
func (i IRP) knows(portal string, v store.Invoice) bool {
	switch at := registeredAt(v); at {
	case portal:
		return true
	case nic.NIC1, nic.NIC2:
		wait := time.Duration(i.world.Settings().IRPSync)
		return wait == 0 || i.since(v.AckDt) >= wait
	}
	return false
}

// registeredElsewhere refuses a document that another portal or IRP has registered.
func (i IRP) registeredElsewhere(portal string, before store.Invoice) *Refusal {
	refusal := refuse(codeOtherIRP)
	refusal.Why = i.elsewhere(portal, before)
	type details struct {
		RegIrp string `json:"RegIrp"`
	}
	refusal.Info = []Info{{InfCd: "DUPIRNGLP", Desc: struct {
		AckNo  string  `json:"AckNo"` // the registry of all IRPs does not keep it
		AckDt  string  `json:"AckDt"`
		Irn    string  `json:"Irn"`
		IrnDtl details `json:"IrnDtl"`
	}{"-", kept(before.AckDt).Format(time.DateTime), before.IRN, details{registeredAt(before)}}}}
	return refusal
}
