package invoice

import (
	"slices"
	"strconv"
	"strings"
)

// lineRules are about the lines: number, HSN codes, units and amounts.
var lineRules = []Rule{
	{
		Name: "some-line", Code: "2228", Source: "E", Says: "There is at least one line.",
		check: refuseAt("ItemList", "1 to 1000 lines", func(c *Case) bool { return len(c.ItemList) == 0 }),
	},
	{
		Name: "not-too-many-lines", Code: "2173", Source: "VI10", Says: "There are at most 1000 lines.",
		check: refuseAt("ItemList", "1 to 1000 lines", func(c *Case) bool { return len(c.ItemList) > maxLines }),
	},
	{
		Name: "line-numbers-differ", Code: "2233", Source: "E",
		Says: "No serial number occurs twice; 1 and 01 are the same.",
		check: func(c *Case, no refuse) {
			seen := make(map[string]bool, len(c.ItemList))
			for i := range c.ItemList {
				n := strings.TrimLeft(c.ItemList[i].SlNo, "0")
				if seen[n] {
					no(lineAt(i, "SlNo"), "a number that no line above has")
				}
				seen[n] = true
			}
		},
	},
	{
		Name: "hsn", Code: "2176", Source: "E",
		Says: "Every HSN code is in the master. Without a full master, its chapter is looked up.",
		check: func(c *Case, no refuse) {
			wrong(c.ItemList, "HsnCd", "an HSN or SAC code of the master", no, func(l *Line) string {
				if c.Facts.HSN.Has(l.HsnCd) {
					return ""
				}
				return l.HsnCd
			})
		},
	},
	{
		Name: "hsn-length", Code: "2176", Source: "Notification for six digits; NIC's code for it is not public (inferred)",
		Says: "Suppliers above a turnover give six digits of HSN or more.",
		check: func(c *Case, no refuse) {
			if !c.Supplier.Known || c.Supplier.AATOCrore < c.Figures.HSNSixDigitsCrore {
				return
			}
			wrong(c.ItemList, "HsnCd", "6 or 8 digits", no, func(l *Line) string {
				if len(l.HsnCd) < 6 {
					return l.HsnCd
				}
				return ""
			})
		},
	},
	{
		Name: "goods-are-goods", Code: "3047", Source: "E",
		Says: "A line of goods does not have the HSN code of a service.",
		line: refuseLine("HsnCd", "a code that does not begin with 99",
			func(_ *Case, l *Line) bool { return l.IsServc == "N" && !l.goods() }, (*Line).hsn),
	},
	{
		Name: "services-are-services", Code: "3048", Source: "E",
		Says: "A line that is a service has the HSN code of a service.",
		line: refuseLine("HsnCd", "a code that begins with 99",
			func(_ *Case, l *Line) bool { return l.IsServc == "Y" && l.goods() }, (*Line).hsn),
	},
	{
		Name: "quantity", Code: "2238", Source: "VI5",
		Says: "Goods have a quantity. 0 is accepted; NIC does not document it.",
		line: refuseLine("Qty", "a quantity",
			func(_ *Case, l *Line) bool { return l.IsServc == "N" && !l.Qty.Sent() }, (*Line).serial),
	},
	{
		Name: "unit", Code: "2239", Source: "VI5", Says: "Goods have a unit.",
		line: refuseLine("Unit", "a unit quantity code",
			func(_ *Case, l *Line) bool { return l.IsServc == "N" && l.Unit == "" }, (*Line).serial),
	},
	{
		Name: "unit-code", Code: "2177", Source: "E", Says: "Every unit is in the list.",
		check: func(c *Case, no refuse) {
			wrong(c.ItemList, "Unit", "a unit quantity code", no, func(l *Line) string {
				if l.Unit == "" || has(masters().Units, l.Unit) {
					return ""
				}
				return l.Unit
			})
		},
	},
	{
		Name: "rate", Code: "2240", Source: "VI6, V36", Says: "The rate is one that was notified.",
		line: refuseLine("GstRt", "a notified rate",
			func(c *Case, l *Line) bool { return !c.acceptsRate(l.GstRt.Decimal()) }, (*Line).serial),
	},
	{
		Name: "gross-amount", Code: "2192", Source: "VC1", Says: "The gross amount is quantity times price.",
		line: func(c *Case, l *Line, no refuse) {
			if x := l.Qty.Decimal().Mul(l.UnitPrice.Decimal()); !c.near(l.TotAmt.Decimal(), x) {
				no("TotAmt", between(x), l.HsnCd)
			}
		},
	},
	{
		Name: "taxable-value", Code: "2193", Source: "VC1",
		Says: "The taxable value is the gross amount less the discount.",
		line: func(c *Case, l *Line, no refuse) {
			if x := l.TotAmt.Decimal().Sub(l.Discount.Decimal()); !c.near(l.AssAmt.Decimal(), x) {
				no("AssAmt", between(x), l.SlNo)
			}
		},
	},
}

const maxLines = 1000

func lineAt(index int, member string) string {
	return "ItemList[" + strconv.Itoa(index) + "]." + member
}

// wrong refuses once for all lines with a wrong code, at the first of them, with all wrong codes in {0}. is
// returns a line's wrong code, or "".
func wrong(lines []Line, member, want string, no refuse, is func(*Line) string) {
	var codes []string
	first := -1
	for i := range lines {
		if code := is(&lines[i]); code != "" {
			if first < 0 {
				first = i
			}
			codes = append(codes, code)
		}
	}
	if first >= 0 {
		no(lineAt(first, member), want, listed(codes))
	}
}

// listed writes codes as NIC does in {0}, each once.
func listed(codes []string) string {
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), ",")
}
