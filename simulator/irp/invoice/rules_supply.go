package invoice

import (
	"slices"
	"strconv"
)

// supplyRules are about combinations: type of supply, recipient, reverse charge, IGST within a
// state, export details.
var supplyRules = []Rule{
	{
		Name: "reverse-charge-value", Code: "2159", Source: "E", Says: "RegRev is Y or N.",
		Hidden: "The schema refuses other values with 5002.",
		check: refuseAt("TranDtls.RegRev", oneOf("Y", "N"),
			func(c *Case) bool { return !slices.Contains([]string{"", "Y", "N"}, c.TranDtls.RegRev) }),
	},
	{
		Name: "igst-on-intra-value", Code: "2285", Source: "E", Says: "IgstOnIntra is Y or N.",
		Hidden: "The schema refuses other values with 5002.",
		check: refuseAt("TranDtls.IgstOnIntra", oneOf("Y", "N"),
			func(c *Case) bool { return !slices.Contains([]string{"", "Y", "N"}, c.TranDtls.IgstOnIntra) }),
	},
	{
		Name: "domestic-recipient", Code: "2212", Source: "E",
		Says: "Only the recipient of an export is unregistered.",
		check: refuseAt("BuyerDtls.Gstin", "a GSTIN",
			func(c *Case) bool { return !c.export() && c.BuyerDtls.Gstin == unregistered }, (*Case).supply),
	},
	{
		Name: "export-recipient", Code: "2248", Source: "E", Says: "The recipient of an export is unregistered, URP.",
		check: refuseAt("BuyerDtls.Gstin", unregistered,
			func(c *Case) bool { return c.export() && c.BuyerDtls.Gstin != unregistered }),
	},
	{
		Name: "sez-recipient", Code: "2247", Source: "V17",
		Says: "The recipient of a supply to an SEZ is a unit in one, or develops one.",
		check: refuseAt("BuyerDtls.Gstin", "a GSTIN of type SEZ or SED",
			func(c *Case) bool { return c.toSEZ() && c.Recipient.Known && !c.Recipient.inSEZ() }, (*Case).supply),
	},
	{
		Name: "recipient-not-sez", Code: "2246", Source: "V17",
		Says: "A recipient in an SEZ gets supplies to an SEZ, not B2B or deemed export.",
		check: refuseAt("TranDtls.SupTyp", oneOf("SEZWP", "SEZWOP"), func(c *Case) bool {
			return (c.supply() == "B2B" || c.supply() == "DEXP") && c.Recipient.inSEZ()
		}, (*Case).supply),
	},
	{
		Name: "deemed-export-recipient", Code: "2298", Source: "V35",
		Says: "The recipient of a deemed export is neither a composition taxpayer nor a UN body.",
		check: refuseAt("BuyerDtls.Gstin", "a GSTIN of type REG or CTP", func(c *Case) bool {
			return c.supply() == "DEXP" && slices.Contains([]string{"COM", "UIN"}, c.Recipient.Type)
		}),
	},
	{
		Name: "reverse-charge-supply", Code: "2162", Source: "V16",
		Says: "Reverse charge is for B2B and supplies to an SEZ only.",
		check: refuseAt("TranDtls.RegRev", "N",
			func(c *Case) bool { return c.reverseCharge() && c.supply() != "B2B" && !c.toSEZ() }),
	},
	{
		Name: "reverse-charge-recipient", Code: "2297", Source: "V34",
		Says: "An input service distributor gets no supply under reverse charge.",
		check: refuseAt("TranDtls.RegRev", "N",
			func(c *Case) bool { return c.reverseCharge() && c.Recipient.Type == "ISD" }),
	},
	{
		Name: "igst-on-intra-supply", Code: "2268", Source: "E",
		Says: "IgstOnIntra is not for exports and supplies to an SEZ, which have IGST in any case.",
		check: refuseAt("TranDtls.IgstOnIntra", "N",
			func(c *Case) bool { return c.igstOnIntra() && (c.export() || c.toSEZ()) }),
	},
	{
		Name: "igst-on-intra-state", Code: "2262", Source: "V29",
		Says: "IgstOnIntra is for a supplier in the state of the place of supply.",
		check: refuseAt("TranDtls.IgstOnIntra", "N", func(c *Case) bool {
			return c.igstOnIntra() && !c.export() && !c.toSEZ() && state(c.SellerDtls.Stcd) != state(c.BuyerDtls.Pos)
		}),
	},
	{
		Name: "igst-on-intra-reverse-charge", Code: "2294", Source: "V30",
		Says:  "IgstOnIntra is for reverse charge only.",
		check: refuseAt("TranDtls.RegRev", "Y", func(c *Case) bool { return c.igstOnIntra() && !c.reverseCharge() }),
	},
	{
		Name: "port", Code: "2201", Source: "E; a B2B invoice with port 12 was registered in 2023",
		Says: "The port code of an export, if there is one, is in the list.",
		check: func(c *Case, no refuse) {
			if e := c.exported(); e.Port != "" && !has(masters().Ports, e.Port) {
				no("ExpDtls.Port", "a port code")
			}
		},
	},
	{
		Name: "country", Code: "2202", Source: "E",
		Says: "Country codes, of the export and of a line's origin, are in the list.",
		check: func(c *Case, no refuse) {
			if e := c.exported(); e.CntCode != "" && !has(masters().Countries, e.CntCode) {
				no("ExpDtls.CntCode", "a country code")
			}
			for i, l := range c.ItemList {
				if l.OrgCntry != "" && !has(masters().Countries, l.OrgCntry) {
					no("ItemList["+strconv.Itoa(i)+"].OrgCntry", "a country code")
				}
			}
		},
	},
	{
		Name: "export-country", Code: "2202",
		Source: "india-compliance 732 and PR 758; NIC's code and words are not public (SIM: the code of a wrong country)",
		Says:   "An export names the country that it goes to.",
		Words:  "The country code is mandatory for exports.",
		check: refuseAt("ExpDtls.CntCode", "a country code",
			func(c *Case) bool { return c.export() && c.exported().CntCode == "" }),
	},
	{
		Name: "currency", Code: "2203", Source: "E",
		Says: "The currency of an export, if there is one, is in the list.",
		check: func(c *Case, no refuse) {
			if e := c.exported(); e.ForCur != "" && !has(masters().Currencies, e.ForCur) {
				no("ExpDtls.ForCur", "a currency code")
			}
		},
	},
}

// exported returns the export details that rules bind; none when the supply is not an export. That the lists of
// countries and currencies bind exports only, as that of ports does, is SIM.
func (c *Case) exported() Export {
	if c.ExpDtls == nil || !c.export() {
		return Export{}
	}
	return *c.ExpDtls
}

// inSEZ reports whether a party is a unit in a special economic zone (SEZ) or its developer.
func (p Party) inSEZ() bool { return p.Type == "SEZ" || p.Type == "SED" }
