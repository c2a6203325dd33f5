package invoice

import "strings"

// placeRules are about state codes and the place of supply. 2 and 02 are the same state.
var placeRules = []Rule{
	{
		Name: "supplier-state", Code: "2259", Source: "E", Says: "The supplier's state code is in the list.",
		check: refuseAt("SellerDtls.Stcd", "a state code", func(c *Case) bool { return !isParty(c.SellerDtls.Stcd) }),
	},
	{
		Name: "supplier-state-of-gstin", Code: "2258", Source: "V23",
		Says: "The supplier's state is the one that its GSTIN begins with.",
		check: func(c *Case, no refuse) {
			if s := stateOf(c.SellerDtls.Gstin); state(c.SellerDtls.Stcd) != s {
				no("SellerDtls.Stcd", s)
			}
		},
	},
	{
		Name: "recipient-state", Code: "2260", Source: "E", Says: "The recipient's state code is in the list.",
		check: refuseAt("BuyerDtls.Stcd", "a state code", func(c *Case) bool { return !isParty(c.BuyerDtls.Stcd) }),
	},
	{
		Name: "recipient-state-of-gstin", Code: "2265", Source: "E",
		Says: "The recipient's state is the one that its GSTIN begins with, unless the supply is an export.",
		check: func(c *Case, no refuse) {
			s := stateOf(c.BuyerDtls.Gstin)
			if !c.export() && c.BuyerDtls.Gstin != unregistered && c.BuyerDtls.Stcd != foreign && state(c.BuyerDtls.Stcd) != s {
				no("BuyerDtls.Stcd", s)
			}
		},
	},
	{
		Name: "export-recipient-state", Code: "2261", Source: "E",
		Says: "The recipient of an export is in another country, 96.",
		check: refuseAt("BuyerDtls.Stcd", foreign,
			func(c *Case) bool { return c.export() && c.BuyerDtls.Stcd != foreign }, (*Case).supply),
	},
	{
		Name: "domestic-recipient-state", Code: "2269", Source: "E",
		Says: "The recipient of any other supply is not in another country.",
		check: func(c *Case, no refuse) {
			if !c.export() && c.BuyerDtls.Stcd == foreign {
				no("BuyerDtls.Stcd", stateOf(c.BuyerDtls.Gstin), c.supply())
			}
		},
	},
	{
		Name: "place-of-supply", Code: "2243", Source: "V39",
		Says: "The place of supply is in the list.",
		check: refuseAt("BuyerDtls.Pos", "a state code that may be a place of supply",
			func(c *Case) bool { return !c.acceptsPlaceOfSupply() }),
	},
	{
		Name: "export-place-of-supply", Code: "2232", Source: "V21",
		Says: "The place of supply of an export is another country, 96.",
		check: refuseAt("BuyerDtls.Pos", foreign,
			func(c *Case) bool { return c.export() && c.BuyerDtls.Pos != foreign }, (*Case).supply),
	},
	{
		Name: "domestic-place-of-supply", Code: "2242", Source: "E",
		Says: "The place of supply to an SEZ, or of a deemed export, is not another country.",
		check: refuseAt("BuyerDtls.Pos", "a state in India", func(c *Case) bool {
			return (c.toSEZ() || c.supply() == "DEXP") && c.BuyerDtls.Pos == foreign
		}, (*Case).supply),
	},
	{
		Name: "b2b-place-of-supply", Code: "2303", Source: "E",
		Says: "The place of a B2B supply is another country only if every line is transport of goods, 9965 or 9968.",
		check: refuseAt("BuyerDtls.Pos", "a state in India, or lines of 9965 and 9968 alone", func(c *Case) bool {
			return c.supply() == "B2B" && c.BuyerDtls.Pos == foreign && !c.onlyTransportOfGoods()
		}),
	},
	{
		Name: "ship-or-dispatch-state", Code: "2200", Source: "E",
		Says: "State codes of ship-to and dispatch-from are in the list.",
		check: func(c *Case, no refuse) {
			if s := c.ShipDtls; s != nil && !isParty(s.Stcd) {
				no("ShipDtls.Stcd", "a state code", s.Stcd)
			}
			if d := c.DispDtls; d != nil && !isParty(d.Stcd) {
				no("DispDtls.Stcd", "a state code", d.Stcd)
			}
		},
	},
	{
		Name: "domestic-ship-to-state", Code: "2271", Source: "E",
		Says: "Goods are not shipped to another country, unless the supply is an export.",
		check: refuseAt("ShipDtls.Stcd", "a state in India",
			func(c *Case) bool { return c.ShipDtls != nil && !c.export() && c.ShipDtls.Stcd == foreign }),
	},
	{
		Name: "ship-to-gstin-differs", Code: "2323", Source: "GSTN advisory on ship-to",
		Says: "Bill-to and ship-to GSTIN differ when an e-way bill is asked for.",
		check: refuseAt("ShipDtls.Gstin", "another GSTIN than the recipient's, or URP", func(c *Case) bool {
			return c.EwbDtls != nil && c.shipToGSTIN() != "" && c.shipToGSTIN() == c.buyer()
		}),
	},
	{
		Name: "ship-to-gstin-state", Code: "2325", Source: "GSTN advisory on ship-to",
		Says: "The state of ship-to is the one that its GSTIN begins with when an e-way bill is asked for.",
		check: func(c *Case, no refuse) {
			if g := c.shipToGSTIN(); c.EwbDtls != nil && g != "" && state(c.ShipDtls.Stcd) != stateOf(g) {
				no("ShipDtls.Stcd", stateOf(g))
			}
		},
	},
	{
		Name: "ship-to-gstin-sent", Code: "5002", Source: "GSTN advisory on ship-to",
		Says:  "Ship-to has a GSTIN, or URP, when an e-way bill is asked for.",
		Words: "The Ship To GSTIN field is required.",
		check: refuseAt("ShipDtls.Gstin", "a GSTIN, or URP",
			func(c *Case) bool { return c.EwbDtls != nil && c.ShipDtls != nil && c.ShipDtls.Gstin == "" }),
	},
}

func (c *Case) onlyTransportOfGoods() bool {
	for _, l := range c.ItemList {
		if !strings.HasPrefix(l.HsnCd, "9965") && !strings.HasPrefix(l.HsnCd, "9968") {
			return false
		}
	}
	return true
}
