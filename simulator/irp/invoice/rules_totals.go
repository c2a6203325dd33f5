package invoice

import "github.com/shopspring/decimal"

// totalRules compare the document's totals with the sums over its lines, with NIC's tolerance, see
// near. A total that was not sent is 0.
var totalRules = []Rule{
	{
		Name: "total-taxable-value", Code: "2182", Source: "VC", Says: "AssVal is the sum of the lines' AssAmt.",
		check: refuseTotal("AssVal", func(t *Totals) Number { return t.AssVal },
			func(l *Line) decimal.Decimal { return l.AssAmt.Decimal() }),
	},
	{
		Name: "total-sgst", Code: "2183", Source: "VC", Says: "SgstVal is the sum of the lines' SgstAmt.",
		check: refuseTotal("SgstVal", func(t *Totals) Number { return t.SgstVal },
			func(l *Line) decimal.Decimal { return l.SgstAmt.Decimal() }),
	},
	{
		Name: "total-cgst", Code: "2184", Source: "VC", Says: "CgstVal is the sum of the lines' CgstAmt.",
		check: refuseTotal("CgstVal", func(t *Totals) Number { return t.CgstVal },
			func(l *Line) decimal.Decimal { return l.CgstAmt.Decimal() }),
	},
	{
		Name: "total-igst", Code: "2185", Source: "VC", Says: "IgstVal is the sum of the lines' IgstAmt.",
		check: refuseTotal("IgstVal", func(t *Totals) Number { return t.IgstVal },
			func(l *Line) decimal.Decimal { return l.IgstAmt.Decimal() }),
	},
	{
		Name: "total-cess", Code: "2186", Source: "VC",
		Says: "CesVal is the sum of the lines' CesAmt and CesNonAdvlAmt.",
		check: refuseTotal("CesVal", func(t *Totals) Number { return t.CesVal },
			func(l *Line) decimal.Decimal { return sum(l.CesAmt, l.CesNonAdvlAmt) }),
	},
	{
		Name: "total-state-cess", Code: "2187", Source: "VC",
		Says: "StCesVal is the sum of the lines' StateCesAmt and StateCesNonAdvlAmt.",
		check: refuseTotal("StCesVal", func(t *Totals) Number { return t.StCesVal },
			func(l *Line) decimal.Decimal { return sum(l.StateCesAmt, l.StateCesNonAdvlAmt) }),
	},
	{
		Name: "total-value", Code: "2189", Source: "VC",
		Says: "TotInvVal is the sum of the lines' TotItemVal, less the discount, plus other charges and rounding.",
		check: func(c *Case, no refuse) {
			v := c.ValDtls
			x := c.sumOf(func(l *Line) decimal.Decimal { return l.TotItemVal.Decimal() })
			x = x.Sub(v.Discount.Decimal()).Add(sum(v.OthChrg, v.RndOffAmt))
			if !c.near(v.TotInvVal.Decimal(), x) {
				no("ValDtls.TotInvVal", between(x))
			}
		},
	},
}

func refuseTotal(member string, sent func(*Totals) Number, of func(*Line) decimal.Decimal) func(*Case, refuse) {
	return func(c *Case, no refuse) {
		if x := c.sumOf(of); !c.near(sent(&c.ValDtls).Decimal(), x) {
			no("ValDtls."+member, between(x))
		}
	}
}

func (c *Case) sumOf(of func(*Line) decimal.Decimal) decimal.Decimal {
	var total decimal.Decimal
	for i := range c.ItemList {
		total = plus(total, of(&c.ItemList[i]))
	}
	return total
}
