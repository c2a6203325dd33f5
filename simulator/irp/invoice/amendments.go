package invoice

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/nicsim/nicsim/simulator/rulebook"
)

// The rules that change, from a day on, what other rules accept. They have no check of their own.
const (
	ruleUpperCased    = "document-number-upper-cased"
	ruleRate40        = "rates-40"
	ruleRateWithdrawn = "rate-0.5-withdrawn"
	rulePlace25       = "place-25-withdrawn"
	ruleRetailPrice   = "rsp-valuation"
)

var amendments = []rulebook.Rule{
	{Name: ruleUpperCased, Source: "GSTN advisory",
		Says: "Document numbers that differ in capital and small letters are the same: the IRN has capital letters."},
	{Name: ruleRate40, Code: "2240", Source: "GST Council", Says: "The rate 40 is notified."},
	{Name: ruleRateWithdrawn, Code: "2240", Source: "V36", Says: "The rate 0.5 is not accepted."},
	{Name: rulePlace25, Code: "2243", Source: "V39", Says: "The place of supply is not 25, Daman and Diu."},
	{Name: ruleRetailPrice, Source: "NIC's notice of 28/01/2026",
		Says: "Tobacco and pan masala are taxed on their retail sale price: 2194, 2234 and 2235 are not raised for a " +
			"document with a line of HSN 21069020, 2401, 2402, 2403, 24041100 or 24041900."},
}

// acceptsRate reports whether a line may have a rate of tax, in percent.
func (c *Case) acceptsRate(rate decimal.Decimal) bool {
	switch text := rate.String(); text {
	case "40":
		return c.Facts.Book.Holds(ruleRate40)
	case "0.5":
		return !c.Facts.Book.Holds(ruleRateWithdrawn)
	default:
		return masters().Rates[text]
	}
}

// acceptsPlaceOfSupply reports whether the place of supply is in the list.
func (c *Case) acceptsPlaceOfSupply() bool {
	code := state(c.BuyerDtls.Pos)
	return masters().States[code].POS || code == "25" && !c.Facts.Book.Holds(rulePlace25)
}

// soldOnRetailPrice reports whether a line has an HSN code of goods that are taxed on their retail sale price, and
// the rules of the document's date know of them.
func (c *Case) soldOnRetailPrice() bool {
	if !c.Facts.Book.Holds(ruleRetailPrice) {
		return false
	}
	for i := range c.ItemList {
		if retailPriced(c.ItemList[i].HsnCd) {
			return true
		}
	}
	return false
}

// retailPriced reports whether a code is in NIC's notice of 28/01/2026.
func retailPriced(hsn string) bool {
	for _, beginning := range [...]string{"2401", "2402", "2403", "21069020"} {
		if strings.HasPrefix(hsn, beginning) {
			return true
		}
	}
	return hsn == "24041100" || hsn == "24041900"
}
