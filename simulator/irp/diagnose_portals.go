package irp

import (
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// elsewhere diagnoses a call at a portal that does not have an invoice, because another registered it.
func (i IRP) elsewhere(portal string, v store.Invoice) Diagnosis {
	at := registeredAt(v)
	registered := v.AckDt.In(nic.IST).Format(time.DateTime)
	if at != nic.NIC1 && at != nic.NIC2 {
		return found("The document was registered by the IRP %s at %s.", at, registered).
			or("Read and cancel it at that IRP; or use another document number.")
	}
	reaches := v.AckDt.Add(time.Duration(i.world.Settings().IRPSync)).In(nic.IST).Format(time.DateTime)
	return found("The document was registered at %s at %s, and reaches %s at %s.", at, registered, portal, reaches).
		or("Send the header irp: " + at + ", or wait.")
}

// wrongPortal diagnoses a header irp that names no portal.
func (i IRP) wrongPortal(_ store.Reader, e Evidence) Diagnosis {
	if strings.Contains(e.Headers.IRP, ",") {
		return found("The header irp arrived with more than one value.").or("Send NIC1 or NIC2, once.")
	}
	return found("The header irp is %s.", named(e.Headers.IRP)).
		or("Send NIC1 or NIC2, or leave the header out: then the call is made at NIC1.")
}
