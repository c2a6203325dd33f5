package pages

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// UpdateGSTIN fills in Update from GST Common Portal, which is open.
func (p *portal) UpdateGSTIN(ctx context.Context, u client.GSTINUpdate) (string, error) {
	err := do(ctx, p.fill(fields{{"GSTIN", u.GSTIN}}), p.solve(u.Captcha), p.press("Update"))
	if err != nil {
		return "", err
	}
	return p.screen.Value("gstin"), nil
}
