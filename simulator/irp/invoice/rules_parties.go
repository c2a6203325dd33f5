package invoice

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// partyRules are about the caller and the registrations of the parties.
var partyRules = []Rule{
	{
		Name: "requester", Code: "2169", Source: "V13, V14",
		Says: "Only the supplier or its e-commerce operator asks for the IRN.",
		check: func(c *Case, no refuse) {
			if c.Facts.Requester != c.SellerDtls.Gstin && c.Facts.Requester != c.TranDtls.EcmGstin && !c.operatorUnnamed() {
				no("SellerDtls.Gstin", "the caller's own GSTIN, "+c.Facts.Requester)
			}
		},
	},
	{
		Name: "operator-named", Code: "2301", Source: "VE3",
		Says: "When an e-commerce operator asks, EcmGstin names it.",
		check: func(c *Case, no refuse) {
			if c.operatorUnnamed() {
				no("TranDtls.EcmGstin", c.Facts.Requester)
			}
		},
	},
	{
		Name: "operator-not-named", Code: "2299", Source: "VE4", Says: "When the supplier asks, EcmGstin is left out.",
		check: refuseAt("TranDtls.EcmGstin", "nothing",
			func(c *Case) bool { return c.Facts.Requester == c.SellerDtls.Gstin && c.TranDtls.EcmGstin != "" }),
	},
	{
		Name: "operator-collects-tax", Code: "2195", Source: "E",
		Says: "EcmGstin is registered for the collection of tax (TCS).",
		check: refuseAt("TranDtls.EcmGstin", "a GSTIN of type TCS",
			func(c *Case) bool { return c.TranDtls.EcmGstin != "" && c.Operator.Type != "TCS" }),
	},
	{
		Name: "supplier-enabled", Code: "3026", Source: "E, VE2",
		Says: "A supplier that asks is enabled for e-invoicing; an operator need not be.",
		check: refuseAt("SellerDtls.Gstin", "a GSTIN that is enabled for e-invoicing", func(c *Case) bool {
			return c.Facts.Requester == c.SellerDtls.Gstin && c.Supplier.Known && !c.Supplier.EInvoiceEnabled
		}, (*Case).seller),
	},
	{
		Name: "supplier-registered", Code: "2213", Source: "E", Says: "The supplier has a GSTIN.",
		Hidden: "The schema refuses URP, which is too short, with 5002.",
		check: refuseAt("SellerDtls.Gstin", "a GSTIN",
			func(c *Case) bool { return c.SellerDtls.Gstin == unregistered }),
	},
	{
		Name: "supplier-not-recipient", Code: "2211", Source: "E",
		Says: "Supplier and recipient are two registrations.",
		check: refuseAt("BuyerDtls.Gstin", "another GSTIN than the supplier's",
			func(c *Case) bool { return c.SellerDtls.Gstin == c.BuyerDtls.Gstin }),
	},
	{
		Name: "supplier-known", Code: "3028", Source: "E", Says: "The supplier's GSTIN is registered.",
		check: refuseAt("SellerDtls.Gstin", "a registered GSTIN",
			func(c *Case) bool { return c.SellerDtls.Gstin != unregistered && !c.Supplier.Known }, (*Case).seller),
	},
	{
		Name: "recipient-wellformed", Code: "2288", Source: "E",
		Says: "The recipient's GSTIN has the form of a GSTIN.",
		check: refuseAt("BuyerDtls.Gstin", "state code, PAN, number, letter and check character",
			func(c *Case) bool { return c.recipientUnknown() && Malformed(c.buyer()) }),
	},
	{
		Name: "recipient-known", Code: "3028", Source: "E", Says: "The recipient's GSTIN is registered.",
		check: refuseAt("BuyerDtls.Gstin", "a registered GSTIN",
			func(c *Case) bool { return c.recipientUnknown() && !Malformed(c.buyer()) }, (*Case).buyer),
	},
	{
		Name: "ship-to-known", Code: "3028", Source: "E",
		Says: "The GSTIN of ship-to, if there is one, is registered.",
		check: refuseAt("ShipDtls.Gstin", "a registered GSTIN, or URP",
			func(c *Case) bool { return c.shipToGSTIN() != "" && !c.ShipTo.Known }, (*Case).shipToGSTIN),
	},
	{
		Name: "supplier-active", Code: "3029", Source: "V5", Says: "The supplier's registration is active.",
		check: refuseAt("SellerDtls.Gstin", "an active GSTIN",
			func(c *Case) bool { return c.Supplier.Known && c.Supplier.Status != nic.Active }, (*Case).seller),
	},
	{
		Name: "ship-to-active", Code: "3029", Source: "E, seen in india-compliance issue 3617",
		Says: "The registration of ship-to is active or suspended.",
		check: refuseAt("ShipDtls.Gstin", "an active GSTIN", func(c *Case) bool {
			return c.ShipTo.Known && c.ShipTo.Status != nic.Active && c.ShipTo.Status != nic.Suspended
		}, (*Case).shipToGSTIN),
	},
	{
		Name: "recipient-active", Code: "3076", Source: "V18",
		Says: "The recipient's registration is active, suspended or cancelled.",
		check: func(c *Case, no refuse) {
			if s := c.Recipient.Status; c.Recipient.Known && s != nic.Active && s != nic.Suspended && s != nic.Cancelled {
				no("BuyerDtls.Gstin", "an active GSTIN", c.BuyerDtls.Gstin)
			}
		},
	},
	{
		Name: "recipient-cancelled-after", Code: "3074", Source: "V19",
		Says: "A recipient's registration was not cancelled before the day of the document.",
		check: func(c *Case, no refuse) {
			if at := c.Recipient.Cancelled; c.recipientCancelled() && !at.IsZero() && c.Date.After(at) {
				no("DocDtls.Dt", writeDay(at)+" or before", c.BuyerDtls.Gstin, c.DocDtls.Dt)
			}
		},
	},
	{
		Name: "recipient-cancelled-day", Code: "3075", Source: "V19",
		Says: "The day on which a recipient's registration was cancelled is known.",
		check: refuseAt("BuyerDtls.Gstin", "a GSTIN whose day of cancellation is known",
			func(c *Case) bool { return c.recipientCancelled() && c.Recipient.Cancelled.IsZero() }, (*Case).buyer),
	},
	{
		Name: "recipient-registered-before", Code: "3077", Source: "V19",
		Says: "A recipient whose registration was cancelled later was registered on the day of the document.",
		check: func(c *Case, no refuse) {
			if c.recipientCancelled() && c.before(c.Recipient.Registered) {
				no("DocDtls.Dt", writeDay(c.Recipient.Registered)+" or after", c.BuyerDtls.Gstin, c.DocDtls.Dt)
			}
		},
	},
	{
		Name: "recipient-registered-day", Code: "3078", Source: "V19",
		Says: "The day of registration is known of a recipient whose registration was cancelled.",
		check: refuseAt("BuyerDtls.Gstin", "a GSTIN whose day of registration is known",
			func(c *Case) bool { return c.recipientCancelled() && c.Recipient.Registered.IsZero() }, (*Case).buyer),
	},
	{
		Name: "registered-before-document", Code: "3079", Source: "E",
		Says: "Supplier and recipient were registered on the day of the document.",
		check: func(c *Case, no refuse) {
			if p := c.Supplier; p.Status == nic.Active && c.before(p.Registered) {
				no("DocDtls.Dt", writeDay(p.Registered)+" or after")
			} else if p := c.Recipient; p.Status == nic.Active && c.before(p.Registered) {
				no("DocDtls.Dt", writeDay(p.Registered)+" or after")
			}
		},
	},
	{
		Name: "supplier-not-sez", Code: "2231", Source: "V15", Says: "Units in an SEZ do not issue e-invoices.",
		check: refuseAt("SellerDtls.Gstin", "a supplier that is not an SEZ unit",
			func(c *Case) bool { return c.Supplier.Type == "SEZ" }, (*Case).seller),
	},
	{
		Name: "supplier-type", Code: "2300", Source: "V38",
		Says: "The supplier is a regular or casual taxpayer or develops an SEZ.",
		check: refuseAt("SellerDtls.Gstin", "a GSTIN of type REG, SED or CTP", func(c *Case) bool {
			return c.Supplier.Known && c.Supplier.Type != "SEZ" && !masters().TaxpayerTypes[c.Supplier.Type].Supplier
		}),
	},
}

// operatorUnnamed reports whether an e-commerce operator asks without naming itself in EcmGstin.
func (c *Case) operatorUnnamed() bool {
	return c.Facts.Requester != c.SellerDtls.Gstin && c.TranDtls.EcmGstin == "" && c.Asking.Type == "TCS"
}

// shipToGSTIN is the GSTIN of ship-to; "" if it has none or is URP.
func (c *Case) shipToGSTIN() string {
	if c.ShipDtls == nil || c.ShipDtls.Gstin == unregistered {
		return ""
	}
	return c.ShipDtls.Gstin
}

func (c *Case) recipientUnknown() bool   { return c.buyer() != unregistered && !c.Recipient.Known }
func (c *Case) recipientCancelled() bool { return c.Recipient.Status == nic.Cancelled }

// before reports whether the document is older than a day, if the day is known.
func (c *Case) before(at time.Time) bool {
	return !c.Date.IsZero() && !at.IsZero() && c.Date.Before(at)
}
