package client

import (
	"context"
	"net/http"
)

// GSTINUpdate asks a portal to update its copy of a taxpayer from the GST common portal.
type GSTINUpdate struct {
	GSTIN   string        `json:"gstin"`
	Captcha CaptchaAnswer `json:"captcha"`
}

// UpdateGSTIN has the portal update its copy of a taxpayer from the GST common portal, which ends a stale record. It
// returns the GSTIN. Refusals: gstin-invalid, gstin-unknown.
func (p portal) UpdateGSTIN(ctx context.Context, u GSTINUpdate) (string, error) {
	return member[string](ctx, p.connection, post("/portal/v1/gstin-updates", u, http.StatusOK, "gstin"))
}
