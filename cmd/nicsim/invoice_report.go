package main

import (
	"cmp"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

// invoiceReport is the answer that the IRP would give. Its JSON names are a contract.
type invoiceReport struct {
	OK         bool              `json:"ok"`         // no violation
	Registered bool              `json:"registered"` // the invoice would get its IRN
	IRN        string            `json:"irn,omitempty"`
	Document   *documentReport   `json:"document,omitempty"` // absent if the schema refuses it
	Violations []violationReport `json:"violations"`
	// EWayBillViolations leave a registered invoice without its e-way bill.
	EWayBillViolations []violationReport `json:"ewayBillViolations"`
}

type documentReport struct {
	Type   string `json:"type"` // INV, CRN or DBN
	Number string `json:"number"`
	Date   string `json:"date"`
	Supply string `json:"supply"`
	Seller string `json:"seller"`
	Buyer  string `json:"buyer"`
	Lines  int    `json:"lines"`
	Total  string `json:"total"` // rupees
}

type violationReport struct {
	Code    string `json:"code"` // NIC's
	Message string `json:"message"`
	Path    string `json:"path"` // in the document, as in ItemList[0].IgstAmt
	Rule    string `json:"rule"`
	Want    string `json:"want"` // the value that would have passed
}

func reportOf(v invoice.Verdict, facts invoice.Facts) invoiceReport {
	report := invoiceReport{
		Registered: v.Registers(), OK: v.Registers() && len(v.EWayBill) == 0,
		Violations: violationReports(v.Violations), EWayBillViolations: violationReports(v.EWayBill),
	}
	d := v.Document
	if d == nil {
		return report
	}
	report.Document = &documentReport{
		Type: d.DocDtls.Typ, Number: d.DocDtls.No, Date: d.DocDtls.Dt, Supply: d.TranDtls.SupTyp,
		Seller: d.SellerDtls.Gstin, Buyer: d.BuyerDtls.Gstin, Lines: len(d.ItemList), Total: d.ValDtls.TotInvVal.String(),
	}
	if report.Registered {
		report.IRN = d.IRN(facts.Book)
	}
	return report
}

func violationReports(violations []invoice.Violation) []violationReport {
	reports := make([]violationReport, 0, len(violations))
	for _, f := range violations {
		reports = append(reports, violationReport(f))
	}
	return reports
}

func (r invoiceReport) print(page page) error {
	if d := r.Document; d != nil {
		page.title("%s %s of %s", d.Type, d.Number, d.Date)
		page.line("%s from %s to %s, %s, %s rupees", d.Supply, d.Seller, d.Buyer,
			count.Of(d.Lines, "line"), d.Total)
		page.line("")
	}
	if r.Registered {
		page.line("The IRP would register it.")
		page.line("  IRN %s", r.IRN)
	} else {
		page.line("The IRP would refuse it: %s.", count.Of(len(r.Violations), "violation"))
	}
	printViolations(&page, r.Violations)
	if n := len(r.EWayBillViolations); n > 0 {
		page.line("")
		page.line("There would be no e-way bill with it: %s.", count.Of(n, "violation"))
		printViolations(&page, r.EWayBillViolations)
	}
	return page.err
}

func printViolations(page *page, violations []violationReport) {
	const column = 8
	for _, f := range violations {
		page.line("")
		page.entry("  "+f.Code, column, f.Message)
		where := "at " + cmp.Or(f.Path, "the whole document")
		if f.Want != "" {
			where += ", wanted " + f.Want
		}
		page.entry("", column, where)
		rule := "rule " + f.Rule
		if says := sayingOf(f.Rule); says != "" {
			rule += ": " + says
		}
		page.entry("", column, rule)
	}
}

// sayingOf returns the text of a rule, or "" for a check that is not a rule.
func sayingOf(name string) string {
	for _, rule := range invoice.Rules() {
		if rule.Name == name {
			return rule.Says
		}
	}
	return ""
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
