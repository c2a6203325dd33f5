package main

import (
	"slices"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/nic"
)

type taxpayerReport struct {
	GSTIN           string  `json:"gstin"`
	LegalName       string  `json:"legalName"`
	TradeName       string  `json:"tradeName"`
	Status          string  `json:"status"`
	Type            string  `json:"taxpayerType"`
	Mobile          string  `json:"mobile"`
	Email           string  `json:"email"`
	EInvoiceEnabled bool    `json:"eInvoiceEnabled"`
	TransporterOnly bool    `json:"transporterOnly"`
	AATOCrore       float64 `json:"aatoCrore"`
	DirectAccess    string  `json:"directAccess,omitempty"` // APPROVED, AWAITING_IP, AWAITING_OFFICER, REJECTED
	Login           string  `json:"login,omitempty"`        // username at the production portal
	Section1        string  `json:"section1"`               // "registers" or the code of the refusal
	Section2        string  `json:"section2"`               // the same, or "no-login"
}

type loginReport struct {
	Username     string `json:"username"`
	Password     string `json:"password"`
	GSTIN        string `json:"gstin"`
	Source       string `json:"source"` // E_INVOICE or EWAY_BILL
	Frozen       bool   `json:"frozen"`
	DirectAccess string `json:"directAccess,omitempty"` // as of a taxpayer
	Section2     string `json:"section2"`               // through a GSP: "registers" or the code of the refusal
}

func taxpayerReports(f fixtures.Fixtures) []taxpayerReport {
	reports := make([]taxpayerReport, 0, len(f.Taxpayers))
	for _, t := range f.Taxpayers {
		report := taxpayerReport{
			GSTIN: string(t.GSTIN), LegalName: t.LegalName, TradeName: t.TradeName, Status: t.Status, Type: t.Type,
			Mobile: t.Mobile, Email: t.Email, EInvoiceEnabled: t.EInvoiceEnabled, TransporterOnly: t.TransporterOnly,
			AATOCrore: t.AATOCrore, Section1: sectionOne(t), Section2: noLogin,
		}
		report.DirectAccess = directAccess(f, t.GSTIN)
		for _, u := range f.PortalUsers {
			if u.GSTIN == t.GSTIN {
				report.Login, report.Section2 = u.Username, sectionTwo(t, u)
			}
		}
		reports = append(reports, report)
	}
	return reports
}

// directAccess is the state of the application of the GSTIN's PAN; empty if there is none.
func directAccess(f fixtures.Fixtures, gstin nic.GSTIN) string {
	for _, a := range f.DirectAccess {
		if a.PAN == gstin.PAN() {
			return a.Status
		}
	}
	return ""
}

func loginReports(f fixtures.Fixtures) []loginReport {
	reports := make([]loginReport, 0, len(f.PortalUsers))
	for _, u := range f.PortalUsers {
		of := slices.IndexFunc(f.Taxpayers, func(t fixtures.Taxpayer) bool { return t.GSTIN == u.GSTIN })
		reports = append(reports, loginReport{
			Username: u.Username, Password: u.Password, GSTIN: string(u.GSTIN), Source: u.Source,
			// fixtures.Load makes sure that there is one
			Frozen: u.Frozen, DirectAccess: directAccess(f, u.GSTIN), Section2: sectionTwo(f.Taxpayers[of], u),
		})
	}
	return reports
}

func (r castReport) taxpayerRows() [][]string {
	rows := [][]string{{"GSTIN", "Status", "Mobile", "E-mail", "Section 1"}}
	for _, t := range r.Taxpayers {
		rows = append(rows, []string{t.GSTIN, t.Status, t.Mobile, t.Email, outcomeWords(t.Section1)})
	}
	return rows
}

func (r castReport) loginRows() [][]string {
	rows := [][]string{{"Username", "Password", "GSTIN", "Made at", "Section 2"}}
	for _, u := range r.Logins {
		outcome := outcomeWords(u.Section2)
		if u.DirectAccess != "" {
			outcome += ", DIRECT " + strings.ToLower(strings.ReplaceAll(u.DirectAccess, "_", " "))
		}
		rows = append(rows, []string{u.Username, u.Password, u.GSTIN, u.Source, outcome})
	}
	return rows
}
