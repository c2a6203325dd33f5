package main

import (
	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/fixtures"
)

// castReport has the fixtures of every world; its JSON names are a contract.
type castReport struct {
	Taxpayers     []taxpayerReport        `json:"taxpayers,omitempty"`
	Logins        []loginReport           `json:"logins,omitempty"`
	Providers     []fixtures.Provider     `json:"providers,omitempty"`
	Organisations []organisationReport    `json:"organisations,omitempty"`
	Subscriptions []fixtures.Subscription `json:"subscriptions,omitempty"`
}

// The values of --what, in the order in which they are printed.
var castParts = []string{"taxpayers", "logins", "providers", "organisations", "subscriptions"}

func (p program) fixtures() *cobra.Command {
	var what string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "fixtures",
		Short: "List the taxpayers, logins and providers of every world",
		Long: `Lists the taxpayers, logins, providers, organisations and subscriptions at gateways with
which every world of the simulator starts, and the outcome for each in the guide's two sections. All of it is
fictional, passwords and client secrets included.`,
		Example: `  nicsim fixtures
  nicsim fixtures --what logins
  nicsim fixtures --json | jq -r '.taxpayers[] | select(.section1 == "registers") | .gstin'`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return p.runFixtures(what, asJSON) },
	}
	cmd.Flags().StringVar(&what, "what", "", "only `taxpayers`, logins, providers, organisations or subscriptions (default: all)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON document instead of text")
	return cmd
}

func (p program) runFixtures(what string, asJSON bool) error {
	if what != "" {
		if err := oneOf("what", what, castParts...); err != nil {
			return err
		}
	}
	cast, err := fixtures.Load()
	if err != nil {
		return err
	}
	report := castReport{taxpayerReports(cast), loginReports(cast), cast.Providers, organisationReports(cast),
		cast.Subscriptions}
	switch what {
	case "taxpayers":
		report = castReport{Taxpayers: report.Taxpayers}
	case "logins":
		report = castReport{Logins: report.Logins}
	case "providers":
		report = castReport{Providers: report.Providers}
	case "organisations":
		report = castReport{Organisations: report.Organisations}
	case "subscriptions":
		report = castReport{Subscriptions: report.Subscriptions}
	}
	return p.report(asJSON, report)
}

func (r castReport) print(page page) error {
	part := func(title, note string, rows [][]string) {
		if len(rows) == 1 { // only the heading
			return
		}
		if page.started {
			page.line("")
		}
		page.title("%s", title)
		page.entry("", 0, note)
		page.line("")
		page.table(2, rows)
	}
	part("Taxpayers", "Mobile and e-mail for the form of section 1, and its outcome: the taxpayer registers, or is "+
		"refused with that code (NIC's own code in parentheses).", r.taxpayerRows())
	part("Logins of the production portal", "The outcome of section 2 through a GSP (GST Suvidha Provider). DIRECT is "+
		"the state of the taxpayer's application for a client id of its own.", r.loginRows())
	part("Providers", "Company names with their client credentials, the same on both portals.", r.providerRows())
	part("Organisations", "Firms that may register as GSP, ERP or e-commerce operator (ECO) in section 1, by PAN. "+
		"Those with * have client credentials already.", r.organisationRows())
	part("Subscriptions", "What ERPs hold at GSPs to call their gateways: the face, and the secrets that it asks for.",
		r.subscriptionRows())
	return page.err
}
