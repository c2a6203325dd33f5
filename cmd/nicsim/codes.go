package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// codeGroups are NIC's groups of codes, in the order in which they are listed.
var codeGroups = []struct{ name, about string }{
	{"vital", "login, tokens and headers"},
	{"app", "the call itself"},
	{"schema", "the schema of an invoice"},
	{"irn", "invoices"},
	{"gstin", "GSTINs and PIN codes"},
	{"ewb", "e-way bills (EWB) of invoices; the invoice is registered without one"},
	{"ewb-system", "the e-way bill system, under /ewaybillapi"},
	{"portal", "the portals' web pages"},
}

// codeStatuses says in which of NIC's lists a code is.
var codeStatuses = map[string]string{
	"current":     "in NIC's list of 18-09-2026",
	"listed":      "in other copies of NIC's lists",
	"old":         "only in the list of 2020; NIC has dropped it",
	"unpublished": "NIC uses it, but its text is not public",
}

// unpublished is the status of codes without a public text.
const unpublished = "unpublished"

// codes is what one `nicsim codes` was asked to do.
type codes struct {
	group string
	json  bool
}

func (p program) codes() *cobra.Command {
	var c codes
	var groups []string
	for _, g := range codeGroups {
		groups = append(groups, g.name)
	}
	cmd := &cobra.Command{
		Use:   "codes [CODE]",
		Short: "List NIC's error codes, or explain one",
		Long: `Lists the error codes of NIC's API and portals with NIC's texts, spelling mistakes included;
{0} and {1} are placeholders. With a code, it says why the code is answered and what to
do then: the rule behind it, its source, and the scenario that shows it.

Groups: ` + strings.Join(groups, ", ") + `.

Exit codes: 0 known, 2 no such code.`,
		Example: `  nicsim codes
  nicsim codes 2172
  nicsim codes --group vital
  nicsim codes --json | jq -r '.codes[] | select(.status == "old") | .code'`,
		Args: atMostOne("explains one code", "' without a code lists them all"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return p.explainCode(c, args[0])
			}
			return p.listCodes(c, groups)
		},
	}
	cmd.Flags().StringVar(&c.group, "group", "", "only this `group` (default: all)")
	cmd.Flags().BoolVar(&c.json, "json", false, "print one JSON document instead of text")
	return cmd
}

// codeRow is a code in the list; its JSON names are a contract.
type codeRow struct {
	Code    string `json:"code"`
	Message string `json:"message"` // NIC's; empty where none is public
	Group   string `json:"group"`
	Status  string `json:"status"` // current, listed, old or unpublished
}

// allCodes are NIC's codes, followed by codes that occur only in rules.
func allCodes() []codeRow {
	var rows []codeRow
	for _, c := range nic.ErrorCodes() {
		rows = append(rows, codeRow(c))
	}
	for _, r := range invoice.Rules() {
		if _, published := nic.ErrorCodeOf(r.Code); published ||
			slices.ContainsFunc(rows, func(c codeRow) bool { return c.Code == r.Code }) {
			continue
		}
		group := "irn"
		if strings.HasPrefix(r.Code, "4") {
			group = "ewb"
		}
		rows = append(rows, codeRow{Code: r.Code, Group: group, Status: unpublished})
	}
	return rows
}

func (p program) listCodes(c codes, groups []string) error {
	if c.group != "" {
		if err := oneOf("group", c.group, groups...); err != nil {
			return err
		}
	}
	var report codeList
	for _, row := range allCodes() {
		if c.group == "" || c.group == row.Group {
			report.Codes = append(report.Codes, row)
		}
	}
	return p.report(c.json, report)
}

// codeList is the list of codes; its JSON name is a contract.
type codeList struct {
	Codes []codeRow `json:"codes"`
}

func (l codeList) print(page page) error {
	for _, g := range codeGroups {
		var table [][]string
		for _, row := range l.Codes {
			if row.Group == g.name {
				table = append(table, []string{row.Code, row.Status, row.Message})
			}
		}
		if len(table) == 0 {
			continue
		}
		page.heading("%s: %s", g.name, g.about)
		page.table(2, table)
	}
	return page.err
}

// findCode finds a code, in upper or lower case.
func findCode(typed string) (codeRow, error) {
	code := strings.ToUpper(strings.TrimSpace(typed))
	for _, row := range allCodes() {
		if row.Code == code {
			return row, nil
		}
	}
	return codeRow{}, wrongUse{errors.New("there is no code " + typed), "'nicsim codes' lists them"}
}
