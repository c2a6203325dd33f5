package dashboard

import (
	"time"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/store"
)

// How many of the newest the overview shows.
const (
	newestMessages  = 4
	newestExchanges = 10
)

// overviewView is the world at a glance.
type overviewView struct {
	Now      time.Time // as it is shown, in whole seconds
	Frozen   bool
	Portals  []portalLink
	Messages []inbox.Message
	Requests []*journal.Exchange
	Try      tryView
	Done     string
}

// portalLink leads to a portal of the world.
type portalLink struct{ Name, Guide, URL string }

// tryView is whom the guide can be followed as.
type tryView struct {
	Taxpayer store.Taxpayer
	Provider store.Provider
	Login    fixtures.PortalUser
}

func overview(v *visit) (look.Page, error) {
	now := v.world.Clock.Now()
	shown := overviewView{Now: now.Truncate(time.Second), Frozen: v.world.Clock.Mode() == clock.Frozen, Done: v.done()}
	for _, env := range environments {
		if base := v.Portal(env); base != "" {
			link := portalLink{"Sandbox portal", "section 1 of the guide", base + v.call.Prefix + "/"}
			if env == store.Production {
				link.Name, link.Guide = "Production portal", "section 2 of the guide"
			}
			shown.Portals = append(shown.Portals, link)
		}
	}
	shown.Messages = v.world.Inbox.Messages(inbox.Filter{Limit: newestMessages}, now)
	shown.Requests = v.world.Journal.Exchanges(journal.Filter{Limit: newestExchanges})
	var err error
	shown.Try, err = v.try()
	return look.Page{Title: "Overview", Name: "overview", Data: shown}, err
}

// try finds the taxpayer of the first login of the fixtures, and the provider whose client id the
// guide gives.
func (v *visit) try() (tryView, error) {
	var t tryView
	if len(v.Cast.PortalUsers) > 0 {
		t.Login = v.Cast.PortalUsers[0]
	}
	err := v.view(func(r store.Reader) error {
		var err error
		if t.Taxpayer, err = r.Taxpayer(string(t.Login.GSTIN)); err != nil && !store.IsMissing(err) {
			return err
		}
		if t.Provider, err = r.Provider(guideClientID); err != nil && !store.IsMissing(err) {
			return err
		}
		return nil
	})
	return t, err
}

// guideClientID is the one that the guide gives.
const guideClientID = "AAFCC29ERP82ZSO"
