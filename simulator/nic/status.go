package nic

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
