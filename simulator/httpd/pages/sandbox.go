package pages

import (
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// sandboxPages are the pages of guide section 1, and the others of the trial portal.
func sandboxPages(r *routes) {
	loginPages(r)
	r.form("login", "/login/client", clientLoginForm, clientLogIn)
	registrationPages(r)
	r.page("/companies", companies)
	toolPages(r)
	r.formInSession("dummy-gstin", "/account/dummy-gstins", dummyGSTINs, addDummyGSTIN)
	r.inSession("/account/dummy-gstins/{gstin}", dummyGSTINs)
}

// companiesView is the list of companies that taxpayers register through.
type companiesView struct {
	Through   string
	Choices   []layout.Option
	Companies []store.Provider
}

func companies(v *visit) (layout.Page, error) {
	through := strings.ToUpper(strings.TrimSpace(v.r.URL.Query().Get("through")))
	list, err := v.portal.CompanyNames(v.ctx, through)
	return layout.Page{Title: "Companies", Name: "companies", Data: companiesView{
		Through: through, Companies: list,
		Choices: []layout.Option{{Value: portal.ThroughGSP, Label: "GSP"}, {Value: portal.ThroughERP, Label: "ERP"}},
	}}, err
}

// dummiesView has the dummy GSTINs of a GSP, and the one that was just added.
type dummiesView struct {
	Added string
	All   []store.Taxpayer
}

// dummyGSTINs is Add Accounts, where a GSP creates GSTINs for tests.
func dummyGSTINs(v *visit) (layout.Page, error) {
	all, err := v.portal.DummyGSTINs(v.ctx, v.session)
	added := httpd.Var(v.r, "gstin")
	if err == nil && added != "" && !slices.ContainsFunc(all, func(t store.Taxpayer) bool { return t.GSTIN == added }) {
		err = elsewhere{"/account/dummy-gstins"}
	}
	states := []layout.Option{{Value: "", Label: "Select"}}
	for _, s := range nic.States() {
		if s.Registers {
			states = append(states, layout.Option{Value: s.Code, Label: s.Code + " " + s.Name})
		}
	}
	fields := []layout.Field{{Name: "stateCode", Label: "State", Kind: layout.Select, Options: states,
		Hint: "The GSTIN is made of the state, your PAN and three digits. It is valid in the sandbox only."}}
	form := v.form("/account/dummy-gstins", fields, layout.Button{Text: "Add GSTIN"})
	return layout.Page{Title: "Add Accounts", Name: "dummy-gstins", Data: dummiesView{added, all}, Form: form}, err
}

func addDummyGSTIN(v *visit, typed url.Values) (string, error) {
	t, err := v.portal.CreateDummyGSTIN(v.ctx, v.session, typed.Get("stateCode"))
	return "/account/dummy-gstins/" + t.GSTIN, err
}
