package dashboard

import (
	"time"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// The lengths of the lists.
const (
	newestSendings  = 4
	newestExchanges = 10
)

// waysOfSending is the highest number of messages in a sending.
const waysOfSending = 2

// overviewView is the data of the page Overview.
type overviewView struct {
	Now      time.Time // in whole seconds
	Frozen   bool
	Control  string // base URL of the control API
	GSP      string // address of the GSPs; empty while it is not known
	Portals  []portalLink
	Counts   counts
	Sent     []sending
	Requests []*journal.Exchange
	Try      tryView
}

// counts are the numbers of records in the world.
type counts struct {
	Requests, Refused  int
	APIUsers, Invoices string
}

// mostRecords is how many records of a kind the overview counts in an environment.
const mostRecords = 100_000

// portalLink is a portal of the world. Its API has the same base URL.
type portalLink struct {
	Environment      nic.Environment
	Name, Guide, URL string
}

// tryView has the values that are needed to follow the guide.
type tryView struct {
	Taxpayer store.Taxpayer
	Provider store.Provider
	Login    fixtures.PortalUser
}

func overview(v *visit) (layout.Page, error) {
	now := v.world.Clock.Now()
	shown := overviewView{
		Now: now.Truncate(time.Second), Frozen: v.world.Clock.Mode() == clock.Frozen,
		Control: "http://" + v.r.Host + v.call.Prefix,
	}
	for _, env := range nic.Environments {
		if base := v.Portal(env); base != "" {
			link := portalLink{env, "Sandbox portal", "section 1 of the guide", base + v.call.WorldPath()}
			if env == nic.Production {
				link.Name, link.Guide = "Production portal", "section 2 of the guide"
			}
			shown.Portals = append(shown.Portals, link)
		}
	}
	if base := v.Portal(nic.GSP); base != "" {
		shown.GSP = base + v.call.WorldPath() + "/"
	}
	sent, err := v.world.Messages(v.ctx, inbox.Filter{Limit: newestSendings * waysOfSending})
	if err != nil {
		return layout.Page{}, err
	}
	shown.Sent = sendings(sent)
	shown.Sent = shown.Sent[:min(len(shown.Sent), newestSendings)]
	recorded := v.world.Recorded(v.ctx)
	shown.Requests = recorded.Exchanges(journal.Filter{NoViews: true, Limit: newestExchanges})
	shown.Counts.Requests, shown.Counts.Refused = recorded.Kept()
	err = v.world.Store.View(v.ctx, func(r store.Reader) error {
		if err := shown.Counts.add(r); err != nil {
			return err
		}
		return v.try(r, &shown.Try)
	})
	return layout.Page{Title: "Overview", Name: "overview", Data: shown}, err
}

// add counts the API users and the invoices.
func (c *counts) add(r store.Reader) error {
	var users, invoices int
	for _, env := range nic.Environments {
		u, err := r.CountAPIUsers(env, mostRecords+1)
		if err != nil {
			return err
		}
		i, err := r.CountInvoices(env, mostRecords+1)
		if err != nil {
			return err
		}
		users, invoices = users+u, invoices+i
	}
	c.APIUsers = limited(users, mostRecords, "API user")
	c.Invoices = limited(invoices, mostRecords, "invoice")
	return nil
}

// try reads the taxpayer of the first login in the fixtures, if the world has it, and the provider whose client id is
// in the guide, or the first one of a world without it.
func (v *visit) try(r store.Reader, t *tryView) error {
	if len(v.Cast.PortalUsers) > 0 {
		t.Login = v.Cast.PortalUsers[0]
	}
	var err error
	if t.Taxpayer, err = ifAny(r.Taxpayer(string(t.Login.GSTIN))); err == nil {
		t.Provider, err = ifAny(r.Provider(guideClientID))
	}
	if err != nil || t.Provider.ClientID != "" {
		return err
	}
	all, err := r.Providers(store.Page{Limit: 1})
	if len(all) > 0 {
		t.Provider = all[0]
	}
	return err
}

// guideClientID is the client id in the guide.
const guideClientID = "AAFCC29ERP82ZSO"
