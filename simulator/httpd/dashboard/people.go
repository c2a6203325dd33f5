package dashboard

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/control"
	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/store"
)

// taxpayersView are the taxpayers that a text was found in.
type taxpayersView struct {
	Text  string
	Rows  []taxpayerRow
	Total int
}

type taxpayerRow struct {
	store.Taxpayer
	Login string
}

func taxpayers(v *visit) (look.Page, error) {
	shown := taxpayersView{Text: strings.TrimSpace(v.r.URL.Query().Get("q"))}
	text := strings.ToLower(shown.Text)
	err := v.view(func(r store.Reader) error {
		all, err := r.Taxpayers()
		if err != nil {
			return err
		}
		shown.Total = len(all)
		for _, t := range all {
			row := taxpayerRow{Taxpayer: t}
			login, err := r.PortalUserOf(t.GSTIN)
			if err != nil && !store.IsMissing(err) {
				return err
			}
			row.Login = login.Username
			in := strings.ToLower(strings.Join([]string{t.GSTIN, t.LegalName, t.TradeName, t.Status, t.Type, t.Mobile, t.Email, row.Login}, " "))
			if strings.Contains(in, text) {
				shown.Rows = append(shown.Rows, row)
			}
		}
		return nil
	})
	return look.Page{Title: "Taxpayers", Name: "taxpayers", Data: shown}, err
}

// taxpayerView is one taxpayer and what belongs to it.
type taxpayerView struct {
	store.Taxpayer
	Login      store.PortalUser
	FirstLogin fixtures.PortalUser // as the fixtures have it; its password may have been changed since
	Users      []store.APIUser
	Done       string
}

func taxpayer(v *visit) (look.Page, error) {
	gstin := strings.ToUpper(httpd.Var(v.r, "gstin"))
	shown := taxpayerView{Done: v.done()}
	err := v.view(func(r store.Reader) error {
		var err error
		if shown.Taxpayer, err = r.Taxpayer(gstin); err != nil {
			return known(err)
		}
		if shown.Login, err = r.PortalUserOf(gstin); err != nil && !store.IsMissing(err) {
			return err
		}
		for _, env := range environments {
			users, err := r.APIUsersOf(env, gstin)
			if err != nil {
				return err
			}
			shown.Users = append(shown.Users, users...)
		}
		return nil
	})
	if err != nil {
		return look.Page{}, err
	}
	for _, u := range v.Cast.PortalUsers {
		if u.Username == shown.Login.Username {
			shown.FirstLogin = u
		}
	}
	return look.Page{
		Title: shown.LegalName, Name: "taxpayer", Data: shown,
		Form: v.form("/taxpayers/"+gstin, "change", []look.Button{{Text: "Save"}},
			look.Field{Name: "status", Label: "Status of the GSTIN", Kind: look.Select, Options: options(control.TaxpayerStatuses...), Value: shown.Status},
			look.Field{Name: "mobile", Label: "Mobile", Kind: look.Tel, InputMode: "tel", Autocomplete: "off", Value: shown.Mobile, Hint: "Empty: the record has none (3012)"},
			look.Field{Name: "email", Label: "E-mail", Kind: look.Email, Autocomplete: "off", Value: shown.Email},
			yesOrNo("eInvoiceEnabled", "Enabled for e-invoicing", shown.EInvoiceEnabled),
			yesOrNo("transporterOnly", "Transporter only", shown.TransporterOnly),
			yesOrNo("ewayBillBlocked", "Blocked from e-way bills", shown.EWayBillBlocked),
		),
	}, nil
}

func options(values ...string) []look.Option {
	list := make([]look.Option, len(values))
	for i, value := range values {
		list[i] = look.Option{Value: value, Label: value}
	}
	return list
}

func yesOrNo(name, label string, value bool) look.Field {
	return look.Field{
		Name: name, Label: label, Kind: look.Select, Value: strconv.FormatBool(value),
		Options: []look.Option{{Value: "true", Label: "Yes"}, {Value: "false", Label: "No"}},
	}
}

func changeTaxpayer(v *visit, typed url.Values) (string, error) {
	gstin := strings.ToUpper(httpd.Var(v.r, "gstin"))
	text := func(name string) *string {
		if !typed.Has(name) {
			return nil
		}
		value := typed.Get(name)
		return &value
	}
	var wrong error
	truth := func(name string) *bool {
		if !typed.Has(name) {
			return nil
		}
		value := typed.Get(name) == "true"
		if !value && typed.Get(name) != "false" {
			wrong = fieldFail(name, "must be true or false")
		}
		return &value
	}
	change := control.TaxpayerChange{
		Status: text("status"), Mobile: text("mobile"), Email: text("email"),
		EInvoiceEnabled: truth("eInvoiceEnabled"), TransporterOnly: truth("transporterOnly"), EWayBillBlocked: truth("ewayBillBlocked"),
	}
	if wrong != nil {
		return "", wrong
	}
	_, err := control.ChangeTaxpayer(v.ctx, v.world, gstin, change)
	return did("/taxpayers/"+gstin, "taxpayer"), err
}

func providers(v *visit) (look.Page, error) {
	var all []store.Provider
	err := v.view(func(r store.Reader) error {
		var err error
		all, err = r.Providers()
		return err
	})
	return look.Page{Title: "Providers", Name: "providers", Data: all}, err
}

func apiUsers(v *visit) (look.Page, error) {
	var all []store.APIUser
	err := v.view(func(r store.Reader) error {
		for _, env := range environments {
			users, err := r.APIUsers(env)
			if err != nil {
				return err
			}
			all = append(all, users...)
		}
		return nil
	})
	return look.Page{Title: "API users", Name: "api-users", Data: all}, err
}

// crore writes a turnover.
func crore(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) + " crore" }
