package scene

import (
	"context"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// GivenTaxpayers are taxpayers of the portal contract, so that they need no control API.
var GivenTaxpayers = map[string]client.Taxpayer{
	"Dakshin": {GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example"},
	"Deccan":  {GSTIN: "29ABCPD1234E2Z9", Mobile: "9876529002", Email: "books@deccan.example"},
}

// Taxpayer returns the taxpayer that a step names: Dakshin, Deccan, a GSTIN in quotes, the one of a certain status,
// the one without mobile, or the dummy GSTIN that the person made last.
func (s *Scene) Taxpayer(ctx context.Context, p *Person, firm string) (client.Taxpayer, error) {
	if given, ok := GivenTaxpayers[firm]; ok {
		return given, nil
	}
	if firm == "the dummy GSTIN" {
		if len(p.Dummies) == 0 {
			return client.Taxpayer{}, fmt.Errorf("%s has no dummy GSTIN", p.Name)
		}
		return client.Taxpayer{
			GSTIN: p.Dummies[len(p.Dummies)-1], Mobile: p.FirmOfPAN.Mobile, Email: p.FirmOfPAN.Email,
		}, nil
	}
	if gstin, quoted := strings.CutPrefix(firm, `"`); quoted {
		return s.Control.Taxpayer(ctx, strings.TrimSuffix(gstin, `"`))
	}
	status, byStatus := strings.CutPrefix(firm, "the taxpayer whose GSTIN is ")
	all, err := s.Control.Taxpayers(ctx)
	if err != nil {
		return client.Taxpayer{}, err
	}
	for _, t := range all {
		if byStatus && strings.EqualFold(t.Status, status) || !byStatus && t.Mobile == "" {
			return t, nil
		}
	}
	return client.Taxpayer{}, fmt.Errorf("there is no such taxpayer: %s", firm)
}
