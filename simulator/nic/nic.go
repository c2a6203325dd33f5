// Package nic reads and writes the words that NIC's portals and API put on the wire.
//
// Each GSTIN, PAN, client id, mobile number and e-mail address of a request goes through this package first: every
// Parse function trims and upper-cases, then checks, so that two spellings of a value compare equal. [Message] has
// NIC's own text for each code.
//
// Nothing here knows a world, a clock or a store. A value is judged by its characters alone, not by who holds it.
package nic

import "time"

// Environment is one of NIC's two e-Invoice systems.
type Environment string

// The environments.
const (
	Sandbox    Environment = "sandbox"    // the trial portal, section 1 of the guide, and its API
	Production Environment = "production" // the production portal, section 2 of the guide, and its API
)

// GSP is where a world has the requests to a GSP (GST Suvidha Provider), in its journal and its faults. It is not an
// environment of NIC.
const GSP Environment = "gsp"

// Environments are both environments, in the order in which lists have them.
var Environments = [...]Environment{Sandbox, Production}

// The statuses of a taxpayer's registration, as the portals show them.
const (
	Active      = "ACTIVE"
	Cancelled   = "CANCELLED"
	Inactive    = "INACTIVE"
	Provisional = "PROVISIONAL"
	Suspended   = "SUSPENDED"
)

// The statuses of an invoice or an e-way bill, as the API writes them.
const (
	InvoiceActive    = "ACT"
	InvoiceCancelled = "CNL"
)

// The portals of NIC's IRP, as the header irp names them.
const (
	NIC1 = "NIC1"
	NIC2 = "NIC2"
)

// IST is Indian Standard Time, +05:30, in which the portals write every time. It is a fixed zone,
// which needs no zone database; India has no summer time.
var IST = time.FixedZone("IST", 5*60*60+30*60)

// Other returns the other environment.
func (e Environment) Other() Environment {
	if e == Sandbox {
		return Production
	}
	return Sandbox
}
