package main

import (
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/fixtures"
)

// The outcomes of a section of the guide that are not codes of refusals.
const (
	registers = "registers"
	noLogin   = "no-login" // the taxpayer has no login at the production portal
)

// sectionOne is the outcome of section 1 for a taxpayer that registers through a GSP, a GST Suvidha Provider.
func sectionOne(t fixtures.Taxpayer) string {
	switch {
	case t.GSTIN.Enrolled():
		return "gstin-invalid"
	case t.Status != "ACTIVE":
		return "gstin-" + strings.ToLower(t.Status)
	case t.Mobile == "":
		return "mobile-blank"
	}
	return registers
}

// sectionTwo is the outcome of section 2 for a login.
func sectionTwo(t fixtures.Taxpayer, u fixtures.PortalUser) string {
	switch {
	case t.TransporterOnly:
		return "transporter-only"
	case u.Frozen, t.Status == "INACTIVE":
		return "account-frozen"
	case t.Status == "PROVISIONAL":
		return "account-inactive"
	case t.Status != "ACTIVE":
		return "account-" + strings.ToLower(t.Status)
	case !t.EInvoiceEnabled:
		return "not-enabled"
	case t.Mobile == "":
		return "mobile-blank"
	}
	return registers
}

// outcomeWords is an outcome for a table, with NIC's code for a refusal.
func outcomeWords(outcome string) string {
	if r, known := features.FindRefusal(outcome); known && len(r.NIC) > 0 && r.NIC[0] != "" {
		return outcome + " (" + r.NIC[0] + ")"
	}
	return outcome
}
