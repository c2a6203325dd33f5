package pages

import (
	"net/url"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
)

// updatePath is the page Update from GST Common Portal.
const updatePath = "/update-gstin"

func updatePages(r *routes) {
	r.form("update-gstin", updatePath, updateForm, updateGSTIN)
	r.page(updatePath+"/{gstin}", updated)
}

func updateForm(v *visit) (layout.Page, error) {
	fields := []layout.Field{
		{Name: "gstin", Label: "GSTIN", Kind: layout.Text, Code: true, Autocomplete: "off"}, captchaField,
	}
	return v.withCaptcha(layout.Page{
		Title: "Update from GST Common Portal", Name: "gstin-update",
		Form: v.form(updatePath, fields, layout.Button{Text: "Update"}, newCaptchaButton),
	})
}

func updateGSTIN(v *visit, typed url.Values) (string, error) {
	t, err := v.portal.UpdateGSTIN(v.ctx, typed.Get("gstin"), captchaAnswer(typed))
	if err != nil {
		return "", err
	}
	return updatePath + "/" + t.GSTIN, nil
}

func updated(v *visit) (layout.Page, error) {
	gstin, err := nic.ParseAnyGSTIN(httpd.Var(v.r, "gstin"))
	if err != nil {
		return layout.Page{}, elsewhere{updatePath}
	}
	return layout.Page{Title: "Updated from GST Common Portal", Name: "gstin-updated", Data: gstin}, nil
}
