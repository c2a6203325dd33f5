package invoice

import (
	"regexp"
	"slices"
	"strconv"
)

// documentRules are about the document itself: version, type, number, dates.
var documentRules = []Rule{
	{
		Name: "version", Code: "2279", Source: "V2", Says: "Version is 1.1.",
		check: refuseAt("Version", "1.1", func(c *Case) bool { return c.Version != "1.1" }),
	},
	{
		Name: "document-type", Code: "2280", Source: "E",
		Says:   "The document is an invoice, a credit note or a debit note.",
		Hidden: "The schema refuses other values with 5002.",
		check: refuseAt("DocDtls.Typ", oneOf("INV", "CRN", "DBN"),
			func(c *Case) bool { return !has(masters().DocumentTypes, c.DocDtls.Typ) }),
	},
	{
		Name: "document-number", Code: "2281", Source: "V8",
		Says:   "The document number has 1 to 16 letters, digits, / and -, and does not start with 0, / or -.",
		Hidden: "The schema refuses other values with 5002.",
		check: refuseAt("DocDtls.No", documentNumber.String(),
			func(c *Case) bool { return !documentNumber.MatchString(c.DocDtls.No) }),
	},
	{
		Name: "document-date-format", Code: "2282", Source: "E", Says: "The document date is written dd/MM/yyyy.",
		Hidden: "The schema refuses other values with 5002.",
		check: refuseAt("DocDtls.Dt", "dd/MM/yyyy",
			func(c *Case) bool { return !dateShape.MatchString(c.DocDtls.Dt) }),
	},
	{
		Name: "document-date", Code: "2292", Source: "E", Says: "The document date is a day that exists.",
		check: refuseAt("DocDtls.Dt", "a day of the calendar",
			func(c *Case) bool { return dateShape.MatchString(c.DocDtls.Dt) && c.Date.IsZero() }),
	},
	{
		Name: "other-date", Code: "2293", Source: "E", Says: "Every other date is a day that exists.",
		check: func(c *Case, no refuse) {
			for _, d := range c.otherDates() {
				if _, exists := day(d.value); !exists {
					no(d.path, "a day of the calendar")
				}
			}
		},
	},
	{
		Name: "document-date-future", Code: "2163", Source: "E", Says: "The document date is not in the future.",
		check: func(c *Case, no refuse) {
			if c.Date.After(c.Today) {
				no("DocDtls.Dt", writeDay(c.Today)+" or before")
			}
		},
	},
	{
		Name: "other-date-future", Code: "2307", Source: "E (inferred)",
		Says: "Dates of preceding documents, contracts and shipping bills are not in the future.",
		check: func(c *Case, no refuse) {
			for _, d := range c.otherDates() {
				if at, _ := day(d.value); d.past && at.After(c.Today) {
					no(d.path, writeDay(c.Today)+" or before")
				}
			}
		},
	},
	{
		Name: "document-date-floor", Code: "2284", Source: "V9",
		Says: "The document date is not before the first day for which NIC registers documents.",
		check: func(c *Case, no refuse) {
			floor := c.Figures.FloorDate
			if !c.Date.IsZero() && c.Date.Before(floor) {
				no("DocDtls.Dt", writeDay(floor)+" or after", writeDay(floor))
			}
		},
	},
	{
		Name: "document-age", Code: "2305", Source: "GSTN advisories",
		Says: "Suppliers above a turnover register invoices and notes within 30 days.",
		check: func(c *Case, no refuse) {
			days, threshold := c.Figures.MaxDocumentAgeDays, c.Figures.AATOThresholdCrore
			oldest := c.Today.AddDate(0, 0, -days)
			if c.Supplier.Known && c.Supplier.AATOCrore >= threshold && !c.Date.IsZero() && c.Date.Before(oldest) {
				no("DocDtls.Dt", writeDay(oldest)+" or after",
					strconv.Itoa(days), strconv.FormatFloat(threshold, 'f', -1, 64)+" Cr")
			}
		},
	},
}

var (
	documentNumber = regexp.MustCompile(`^[a-zA-Z1-9][a-zA-Z0-9/-]{0,15}$`)
	dateShape      = regexp.MustCompile(`^\d\d/\d\d/\d{4}$`)
)

// dated is a date in a document, and whether it must not be in the future.
type dated struct {
	path, value string
	past        bool
}

// otherDates are the dates other than the document's and the transport's, which have codes of their own.
func (c *Case) otherDates() []dated {
	var all []dated
	add := func(path, value string, past bool) {
		if value != "" {
			all = append(all, dated{path, value, past})
		}
	}
	for i, l := range c.ItemList {
		if b := l.BchDtls; b != nil {
			at := "ItemList[" + strconv.Itoa(i) + "].BchDtls."
			add(at+"ExpDt", b.ExpDt, false)
			add(at+"WrDt", b.WrDt, false)
		}
	}
	if r := c.RefDtls; r != nil {
		if p := r.DocPerdDtls; p != nil {
			add("RefDtls.DocPerdDtls.InvStDt", p.InvStDt, false)
			add("RefDtls.DocPerdDtls.InvEndDt", p.InvEndDt, false)
		}
		for i, p := range r.PrecDocDtls {
			add("RefDtls.PrecDocDtls["+strconv.Itoa(i)+"].InvDt", p.InvDt, true)
		}
		for i, k := range r.ContrDtls {
			at := "RefDtls.ContrDtls[" + strconv.Itoa(i) + "]."
			add(at+"RecAdvDt", k.RecAdvDt, true)
			add(at+"PORefDt", k.PORefDt, true)
		}
	}
	if c.ExpDtls != nil {
		add("ExpDtls.ShipBDt", c.ExpDtls.ShipBDt, true)
	}
	return slices.Clip(all)
}
