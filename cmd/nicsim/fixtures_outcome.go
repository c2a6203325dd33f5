package main

import (
	"strings"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/fixtures"
)

// What a section of the guide comes to, beside the codes of refusals.
const (
	registers = "registers"
	noLogin   = "no-login" // nobody can sign in for the taxpayer at the production portal
)

// sectionOne foretells section 1 for a taxpayer who goes through a GSP.
func sectionOne(t fixtures.Taxpayer) string {
	switch {
	case t.Status != "ACTIVE":
		return "gstin-" + strings.ToLower(t.Status)
	case t.Mobile == "":
		return "mobile-blank"
	}
	return registers
}

// sectionTwo foretells section 2 for a login.
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

// outcomeWords writes an outcome for a table, a refusal with the code that NIC has for it.
func outcomeWords(outcome string) string {
	if r, known := features.FindRefusal(outcome); known && len(r.NIC) > 0 && r.NIC[0] != "" {
		return outcome + " (" + r.NIC[0] + ")"
	}
	return outcome
}
