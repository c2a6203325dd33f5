package portalapi

import (
	"github.com/nicsim/nicsim/simulator/httpd"
)

type gstinUpdateBody struct {
	GSTIN   string        `json:"gstin"`
	Captcha captchaAnswer `json:"captcha"`
}

// updatedDoc is a taxpayer as NIC has copied it from the GST common portal. It has no contact, which is not public.
type updatedDoc struct {
	GSTIN     string `json:"gstin"`
	LegalName string `json:"legalName"`
	TradeName string `json:"tradeName"`
}

func updateGSTIN(c *call, in gstinUpdateBody) (httpd.Reply, error) {
	t, err := c.UpdateGSTIN(c.ctx, in.GSTIN, in.Captcha.read())
	return httpd.Reply{Body: updatedDoc{t.GSTIN, t.LegalName, t.TradeName}}, err
}
