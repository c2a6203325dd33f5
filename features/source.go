package features

import (
	"slices"
	"strings"
)

// SourceText says in words what a source is, as Scenario.Sources returns it, with or without the @. Words gives the
// text of one of NIC's error codes, "" if it has none; nil stands for no texts.
func SourceText(source string, words func(code string) string) string {
	source = strings.TrimPrefix(source, "@")
	kind, rest, _ := strings.Cut(source, "-")
	switch kind {
	case "guide":
		for _, g := range GuideSteps {
			if g.Number == rest {
				return "the guide, step " + rest + ": " + g.Label
			}
		}
	case "behaviour":
		for _, b := range Behaviours {
			if b.Tag() == "@"+source {
				return "behaviour " + rest + ": " + b.Name
			}
		}
	case "nic":
		text := "NIC's error code " + rest
		if words != nil && words(rest) != "" {
			text += ": " + words(rest)
		}
		return text
	case "contract":
		document := "docs/portal-contract.md"
		if slices.Contains(apiParts, rest) {
			document = "docs/irp-contract.md"
		}
		return document + ", " + rest
	case "sim":
		return "an assumption of nicsim, since NIC documents nothing (docs/differences-from-nic.md)"
	}
	return source
}

// apiParts are the parts of the contract of the e-Invoice API.
var apiParts = []string{"api", "auth", "ewaybills", "invoices", "tokens"}
