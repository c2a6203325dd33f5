package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/steps"
)

// The taxpayer and the provider of a walk, if no flag names another.
const (
	defaultGSTIN    = "29ABCCD1234E1Z1"
	defaultClientID = "AAFCC29ERP82ZSO" // the guide's own
)

// person has the identity and the credentials that a walk uses. Empty fields are filled in from the
// fixtures.
type person struct {
	GSTIN, Mobile, Email         string
	LoginUsername, LoginPassword string // of the production portal's web pages
	Through                      string // GSP, ERP or DIRECT
	Company                      string
	ClientID, ClientSecret       string
	Username, Password           string // of the API user that the walk creates

	passwordMade bool // Password was not given
	secretGiven  bool // ClientSecret was given
	driver       steps.Driver
}

func (w *person) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&w.GSTIN, "gstin", "", "`GSTIN` that registers (default "+defaultGSTIN+", or the login's)")
	flags.StringVar(&w.Mobile, "mobile", "", "mobile `number` registered with the GSTIN")
	flags.StringVar(&w.Email, "email", "", "e-mail `address` registered with the GSTIN")
	flags.StringVar(&w.LoginUsername, "login-username", "", "`username` for the production portal")
	flags.StringVar(&w.LoginPassword, "login-password", "", "its `password`; better given as NICSIM_LOGIN_PASSWORD")
	flags.StringVar(&w.Through, "through", client.ThroughGSP, "`way` of registration: GSP, ERP or DIRECT")
	flags.StringVar(&w.Company, "company", "", "Company `Name` as the portals list it (default: the client id's)")
	flags.StringVar(&w.ClientID, "client-id", "",
		"client `id` of the company (default "+defaultClientID+", or the company's)")
	flags.StringVar(&w.ClientSecret, "client-secret", "",
		"its `secret`, for DIRECT and the API; better given as NICSIM_CLIENT_SECRET (default: the simulator's)")
	flags.StringVar(&w.Username, "username", "", "`username` of the API user to create (default: made up)")
	flags.StringVar(&w.Password, "password", "",
		"`password` of the API user to create; better given as NICSIM_PASSWORD (default: made up)")
}

// sections are the sections of the guide that are walked, in order.
type sections []int

func (s sections) first() bool  { return slices.Contains(s, 1) }
func (s sections) second() bool { return slices.Contains(s, 2) }

// complete fills in the missing fields: from the fixtures, or by chance for username and password. If the
// fixtures do not have a value, it returns a wrongUse that names the flag.
func (w person) complete(f fixtures.Fixtures, walked sections, chance *dice.Stream) (person, error) {
	w.Through = strings.ToUpper(w.Through)
	if err := oneOf("through", w.Through, client.ThroughGSP, client.ThroughERP, client.ThroughDirect); err != nil {
		return w, err
	}
	w.secretGiven = w.ClientSecret != ""
	for _, fill := range []func(fixtures.Fixtures, sections) error{w.completeTaxpayer, w.completeLogin,
		w.completeProvider} {
		if err := fill(f, walked); err != nil {
			return w, err
		}
	}
	if w.Username == "" {
		w.Username = madeUsername(chance)
	}
	if w.Password == "" {
		w.Password, w.passwordMade = madePassword(chance), true
	}
	return w, nil
}

func (w *person) completeTaxpayer(f fixtures.Fixtures, walked sections) error {
	if w.GSTIN == "" {
		w.GSTIN = defaultGSTIN
		if i := slices.IndexFunc(f.PortalUsers,
			func(u fixtures.PortalUser) bool { return u.Username == w.LoginUsername }); i >= 0 {
			w.GSTIN = string(f.PortalUsers[i].GSTIN)
		}
	}
	w.GSTIN = normalID(w.GSTIN)
	for _, t := range f.Taxpayers {
		if string(t.GSTIN) != w.GSTIN {
			continue
		}
		fillIn(&w.Mobile, t.Mobile)
		fillIn(&w.Email, t.Email)
		if w.Mobile == "" {
			w.Mobile = "9876500000" // the record has none, and the form requires one
		}
	}
	if walked.first() && (w.Mobile == "" || w.Email == "") {
		return wrongUse{fmt.Errorf("GSTIN %s is not in the fixtures, so its mobile and e-mail are needed", w.GSTIN),
			"give --mobile and --email; 'nicsim fixtures' lists the taxpayers"}
	}
	return nil
}

func (w *person) completeLogin(f fixtures.Fixtures, walked sections) error {
	for _, u := range f.PortalUsers {
		if w.LoginUsername == u.Username || w.LoginUsername == "" && w.GSTIN == string(u.GSTIN) {
			w.LoginUsername = u.Username
			fillIn(&w.LoginPassword, u.Password)
			break
		}
	}
	switch {
	case !walked.second():
	case w.LoginUsername == "":
		return wrongUse{fmt.Errorf("no login for the production portal is known for GSTIN %s", w.GSTIN),
			"give --login-username and NICSIM_LOGIN_PASSWORD, or walk --section 1; 'nicsim fixtures --what logins' lists logins"}
	case w.LoginPassword == "":
		return wrongUse{fmt.Errorf("the password of login %s is not known", w.LoginUsername),
			"give it as NICSIM_LOGIN_PASSWORD"}
	}
	return nil
}

func (w *person) completeProvider(f fixtures.Fixtures, walked sections) error {
	if w.Company == "" && w.ClientID == "" && w.Through != client.ThroughDirect {
		w.ClientID = defaultClientID
	}
	for _, p := range f.Providers {
		if !slices.Contains(p.Through, w.Through) {
			continue
		}
		owns := w.Through == client.ThroughDirect && len(w.GSTIN) > 12 && string(p.PAN) == w.GSTIN[2:12]
		switch {
		case w.ClientID != "" && normalID(w.ClientID) != string(p.ClientID):
		case w.Company != "" && w.Company != p.CompanyName:
		case w.ClientID != "" || w.Company != "" || owns:
			fillIn(&w.ClientID, string(p.ClientID))
			fillIn(&w.Company, p.CompanyName)
			fillIn(&w.ClientSecret, p.ClientSecret)
		}
	}
	const hint = "'nicsim fixtures --what providers' lists companies with their client ids"
	switch direct := w.Through == client.ThroughDirect; {
	case w.ClientID == "" && (direct || walked.first()):
		return wrongUse{fmt.Errorf("no client id is known for %s", cmp.Or(w.Company, "GSTIN "+w.GSTIN)),
			"give --client-id; " + hint}
	case w.Company == "" && !direct:
		return wrongUse{fmt.Errorf("no company with the client id %s is known through %s", w.ClientID, w.Through),
			"give --company; " + hint}
	case w.ClientSecret == "" && direct && walked.second():
		return wrongUse{fmt.Errorf("the client secret of %s is not known", w.ClientID),
			"give it as NICSIM_CLIENT_SECRET; " + hint}
	}
	return nil
}

// The characters of made-up names and passwords. None is easily misread or special to a shell. No special
// character is at either end, since some GSPs refuse that.
const (
	easyLower  = "abcdefghjkmnpqrstuvwxyz"
	easyUpper  = "ABCDEFGHJKMNPQRSTUVWXYZ"
	easyDigits = "23456789"
)

// madeUsername makes a username of 10 characters; NIC's portals take 6 to 15.
func madeUsername(chance *dice.Stream) string { return "erp_" + chance.Pick(easyLower+easyDigits, 6) }

// madePassword makes a password of 13 characters with one of each class that NIC requires (3003).
func madePassword(chance *dice.Stream) string {
	return chance.Pick(easyUpper, 1) + chance.Pick(easyLower, 3) + "@" + chance.Pick(easyDigits, 4) +
		chance.Pick(easyLower, 4)
}

func normalID(id string) string { return strings.ToUpper(strings.TrimSpace(id)) }

func fillIn(field *string, value string) {
	if *field == "" {
		*field = value
	}
}
