package dashboard

import (
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/portal"
	"github.com/nicsim/nicsim/simulator/store"
)

// taxpayersView lists the taxpayers that contain a text.
type taxpayersView struct {
	Text string
	listed[taxpayerRow]
}

type taxpayerRow struct {
	store.Taxpayer
	Login loginView
	Notes string
}

// loginView is a login of the production portal.
type loginView struct {
	Username      string
	FirstPassword string // from the fixtures, until it is changed
	Frozen        bool
	LockedUntil   time.Time
}

// login returns the login of a taxpayer. It has no username if the taxpayer has no login.
func (v *visit) login(r store.Reader, gstin string) (loginView, error) {
	u, err := ifAny(r.PortalUserOf(gstin))
	if u.Username == "" || err != nil {
		return loginView{}, err
	}
	l := loginView{Username: u.Username, Frozen: u.Frozen}
	for _, first := range v.Cast.PortalUsers {
		if first.Username != u.Username {
			continue
		}
		right, err := v.world.Passwords.Matches(u.PasswordHash, first.Password)
		if err != nil {
			return l, err
		}
		if right {
			l.FirstPassword = first.Password
		}
	}
	l.LockedUntil, err = v.lockedUntil(r, nic.Production, portal.UserLock(u.Username))
	return l, err
}

// notes returns what is unusual about a taxpayer.
func notes(t store.Taxpayer) string {
	var list []string
	for _, note := range []struct {
		holds bool
		words string
	}{
		{!t.EInvoiceEnabled, "not enabled for e-invoicing"}, {t.TransporterOnly, "transporter only"},
		{t.EWayBillBlocked, "blocked from e-way bills"}, {t.DummyOf != "", "dummy of " + t.DummyOf},
	} {
		if note.holds {
			list = append(list, note.words)
		}
	}
	return strings.Join(list, ", ")
}

func taxpayers(v *visit) (layout.Page, error) {
	shown := taxpayersView{Text: strings.TrimSpace(v.r.URL.Query().Get("q"))}
	text := strings.ToLower(shown.Text)
	var err error
	shown.listed, err = listOf(v, "after", store.Reader.Taxpayers, func(t store.Taxpayer) string { return t.GSTIN },
		func(r store.Reader, t store.Taxpayer) (taxpayerRow, bool, error) {
			u, err := ifAny(r.PortalUserOf(t.GSTIN))
			in := strings.ToLower(strings.Join([]string{
				t.GSTIN, t.LegalName, t.TradeName, t.Status, taxpayerType(t.Type), t.Mobile, t.Email, u.Username,
			}, " "))
			if err != nil || !strings.Contains(in, text) {
				return taxpayerRow{}, false, err
			}
			login, err := v.login(r, t.GSTIN)
			return taxpayerRow{t, login, notes(t)}, true, err
		})
	return layout.Page{Title: "Taxpayers", Name: "taxpayers", Data: shown}, err
}

// taxpayerView is a taxpayer with its login and its API users.
type taxpayerView struct {
	store.Taxpayer
	Login        loginView
	DirectAccess string
	Notes        string
	Users        []userRow
}

func taxpayer(v *visit) (layout.Page, error) {
	gstin := strings.ToUpper(httpd.Var(v.r, "gstin"))
	var shown taxpayerView
	err := v.world.Store.View(v.ctx, func(r store.Reader) error {
		var err error
		if shown.Taxpayer, err = r.Taxpayer(gstin); err != nil {
			return known(err)
		}
		shown.Notes = notes(shown.Taxpayer)
		if shown.Login, err = v.login(r, gstin); err != nil {
			return err
		}
		if shown.DirectAccess, err = directAccess(r, string(nic.GSTIN(gstin).PAN())); err != nil {
			return err
		}
		for _, env := range nic.Environments {
			users, err := r.APIUsersOf(env, gstin)
			if err != nil {
				return err
			}
			for _, u := range users {
				row, err := v.userRow(r, u)
				if err != nil {
					return err
				}
				shown.Users = append(shown.Users, row)
			}
		}
		return nil
	})
	if err != nil {
		return layout.Page{}, err
	}
	form, err := taxpayerForm().changeForm(v)
	return layout.Page{Title: shown.LegalName, Name: "taxpayer", Data: shown, Form: form}, err
}
