package invoice

import "github.com/shopspring/decimal"

// taxRules are about the taxes of each line. Those that compare computed amounts use NIC's tolerance, see near.
var taxRules = []Rule{
	{
		Name: "no-igst-within-state", Code: "2172", Source: "V31", Says: "Within a state there is no IGST.",
		line: refuseLine("IgstAmt", "0", func(c *Case, l *Line) bool { return c.intraState() && positive(l.IgstAmt) }),
	},
	{
		Name: "only-igst-between-states", Code: "2174", Source: "V20, V31, V32",
		Says: "Between states, for exports, to an SEZ and from its developer there is IGST only.",
		line: func(c *Case, l *Line, no refuse) {
			switch {
			case c.intraState():
			case positive(l.CgstAmt):
				no("CgstAmt", "0")
			case positive(l.SgstAmt):
				no("SgstAmt", "0")
			}
		},
	},
	{
		Name: "cgst-is-sgst", Code: "2227", Source: "E",
		Says: "CGST and SGST are equal, to the digit: NIC names no tolerance here.",
		line: refuseLine("SgstAmt", "as much as CgstAmt",
			func(_ *Case, l *Line) bool { return !l.CgstAmt.Decimal().Equal(l.SgstAmt.Decimal()) }, (*Line).serial),
	},
	{
		Name: "cgst-and-sgst", Code: "2234", Source: "VC1",
		Says: "Within a state CGST and SGST are half the rate each. Not compared in credit and debit notes.",
		line: func(c *Case, l *Line, no refuse) {
			if !c.intraState() || c.note() || c.RetailPrice {
				return
			}
			x := tax(l.AssAmt, l.GstRt).Mul(half)
			switch {
			case !c.near(l.CgstAmt.Decimal(), x):
				no("CgstAmt", between(x), l.SlNo)
			case !c.near(l.SgstAmt.Decimal(), x):
				no("SgstAmt", between(x), l.SlNo)
			}
		},
	},
	{
		Name: "igst", Code: "2235", Source: "VC1, VC2",
		Says: "Otherwise IGST is the rate. Not compared in credit and debit notes; without payment of tax it may be 0.",
		line: func(c *Case, l *Line, no refuse) {
			if c.intraState() || c.note() || c.RetailPrice || c.withoutPayment() && l.IgstAmt.Decimal().IsZero() {
				return
			}
			if x := tax(l.AssAmt, l.GstRt); !c.near(l.IgstAmt.Decimal(), x) {
				no("IgstAmt", between(x), l.SlNo)
			}
		},
	},
	{
		Name: "cess", Code: "2266", Source: "VC1",
		Says: "Cess is its rate of the taxable value. Not compared in credit and debit notes.",
		line: func(c *Case, l *Line, no refuse) {
			if x := tax(l.AssAmt, l.CesRt); !c.note() && !c.near(l.CesAmt.Decimal(), x) {
				no("CesAmt", between(x), l.SlNo)
			}
		},
	},
	{
		Name: "state-cess", Code: "2267", Source: "VC1; that notes are left out is inferred from cess",
		Says: "State cess is its rate of the taxable value. Not compared in credit and debit notes.",
		line: func(c *Case, l *Line, no refuse) {
			if x := tax(l.AssAmt, l.StateCesRt); !c.note() && !c.near(l.StateCesAmt.Decimal(), x) {
				no("StateCesAmt", between(x), l.SlNo)
			}
		},
	},
	{
		Name: "line-total", Code: "2194", Source: "VC1, VC2",
		Says: "A line's total is taxable value, taxes, cesses and other charges; under reverse charge, and in exports " +
			"with payment, it may leave the taxes and cesses out.",
		line: func(c *Case, l *Line, no refuse) {
			sent, x := l.TotItemVal.Decimal(), l.total()
			if c.near(sent, x) || c.RetailPrice {
				return
			}
			if untaxed := sum(l.AssAmt, l.OthChrg); (c.reverseCharge() || c.supply() == "EXPWP") && c.near(sent, untaxed) {
				return
			}
			no("TotItemVal", between(x), l.SlNo)
		},
	},
}

// total is the expected TotItemVal, with taxes.
func (l *Line) total() decimal.Decimal {
	return sum(l.AssAmt, l.CgstAmt, l.SgstAmt, l.IgstAmt, l.CesAmt, l.CesNonAdvlAmt, l.StateCesAmt, l.StateCesNonAdvlAmt,
		l.OthChrg)
}
