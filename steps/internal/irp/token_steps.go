package irp

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// apiTokenSteps are about the life of a token.
type apiTokenSteps struct{ *calls }

func (g apiTokenSteps) Register(r *scene.Registry) {
	r.Act(`{who} logs in to the {portal} API again and asks for another token`, g.refresh, needs.Sealed).Needing(account(2))
	r.Then(`the token, its expiry and the SEK have not changed`, g.same, needs.Sealed)
	r.Then(`the token and the SEK have changed`, g.other, needs.Sealed)
	r.Then(`{who} uses {their} former token again`, g.goBack, needs.Sealed)
}

func (g apiTokenSteps) refresh(ctx context.Context, p *scene.Person, portal string) error {
	if err := g.hasCredentials(ctx, p, "", "", portal); err != nil {
		return err
	}
	return g.of(p).current.logInToAPI(ctx, true)
}

// logins are the newest and the one before.
func (g apiTokenSteps) logins() (*caller, error) {
	u, err := g.loggedIn(g.Named)
	if err != nil {
		return nil, err
	}
	if u.former.Token == "" {
		return nil, fmt.Errorf("%s has logged in only once", g.Named.Name)
	}
	return u, nil
}

func (g apiTokenSteps) same() error {
	u, err := g.logins()
	if err != nil {
		return err
	}
	if u.login.Token != u.former.Token || !bytes.Equal(u.login.SEK, u.former.SEK) {
		return fmt.Errorf("the token or the SEK is another one")
	}
	return scene.Same("end", u.login.ExpiresAt.String(), u.former.ExpiresAt.String())
}

func (g apiTokenSteps) other() error {
	u, err := g.logins()
	if err != nil {
		return err
	}
	if u.login.Token == u.former.Token || bytes.Equal(u.login.SEK, u.former.SEK) {
		return fmt.Errorf("the token or the SEK is the same")
	}
	if !u.login.ExpiresAt.After(u.former.ExpiresAt) {
		return fmt.Errorf("the token expires at %s, not after the former one", u.login.ExpiresAt)
	}
	return nil
}

func (g apiTokenSteps) goBack(p *scene.Person) error {
	u, err := g.logins()
	if err != nil {
		return err
	}
	g.of(p).current.login, g.of(p).current.former = u.former, u.login
	return nil
}

// apiTaxpayerSteps read the details of GSTINs and the health check.
type apiTaxpayerSteps struct {
	*calls
	ping string // the last answer of the health check
}

func (g *apiTaxpayerSteps) Register(r *scene.Registry) {
	asking := func(values []string) []needs.Need {
		if values[2] == "for" {
			return []needs.Need{needs.GSTINDetails}
		}
		return []needs.Need{needs.GSTINSync}
	}
	r.Act(`{who} asks the API (for|to refresh) the details of the GSTIN (\S*)`, g.ask).Needing(
		func(values []string) []needs.Need {
			if gstin := values[3]; len(gstin) == gstinLength && !strings.Contains(gstin, unregistered) {
				return append(asking(values), needs.Taxpayers)
			}
			return asking(values)
		})
	r.Act(`{who} asks the API (for|to refresh) the details of the taxpayer with the role (\w+)`, g.askRole).Needing(
		func(values []string) []needs.Need { return append(asking(values), needs.Party(values[3])) })
	r.Then(`the details say {text} of "(\w+)"`, g.says)
	r.Then(`the details have the number {n} as "(\w+)"`, g.number)
	r.Then(`the details have no "(\w+)"`, g.hasNo)
	r.Act(`{who} calls the health check of the {portal} API`, g.askHealth, needs.Health).Needing(func(values []string) []needs.Need {
		if values[2] == scene.OnProduction {
			return []needs.Need{needs.ProductionAPI}
		}
		return []needs.Need{needs.API}
	})
	r.Step(`the API answers with its time`, g.isWell)
	r.Step(`its time is that of the clock of {their} world`, g.goesByClock)
}

func (g *apiTaxpayerSteps) ask(ctx context.Context, u *caller, how, gstin string) (err error) {
	path := gstinPath
	if how == "to refresh" {
		path = "/eivital/v1.04/Master/syncgstin/"
	}
	g.details, err = g.read(ctx, u, path+gstin, u.headers())
	return err
}

// A GSTIN of this PAN is registered nowhere. Other GSTINs of the scenarios are those of nicsim's records.
const (
	unregistered = "ABZCX4321K"
	gstinLength  = 15
)

func (g *apiTaxpayerSteps) askRole(ctx context.Context, u *caller, how, role string) error {
	gstin, err := g.PartyOf(role)
	if err != nil {
		return err
	}
	return g.ask(ctx, u, how, gstin)
}

// is compares a member of the details that the API told last.
func (g *apiTaxpayerSteps) is(member string, want any) error {
	got, there := g.details[member]
	if !there {
		return fmt.Errorf("the details have no %s", member)
	}
	return scene.Same(member, got, want)
}

func (g *apiTaxpayerSteps) says(want, member string) error { return g.is(member, want) }

func (g *apiTaxpayerSteps) number(want int, member string) error { return g.is(member, float64(want)) }

func (g *apiTaxpayerSteps) hasNo(member string) error { return g.is(member, nil) }

func (g *apiTaxpayerSteps) askHealth(ctx context.Context, _ *scene.Person, portal string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.API(portal)+pingPath, nil)
	if err != nil {
		return fmt.Errorf("making the request: %w", scene.UnwrapURL(err))
	}
	answer, err := g.ExchangeAPI(portal, request)
	if err != nil {
		return err
	}
	g.ping = string(answer.Got)
	return scene.Same("status", answer.Status, http.StatusOK)
}

var vital = regexp.MustCompile(`^e-Invoice Vital:-(\d\d-\d\d-\d{4} \d\d:\d\d:\d\d)$`)

// vitalTime is what the API says that time is.
func (g *apiTaxpayerSteps) vitalTime() (time.Time, error) {
	m := vital.FindStringSubmatch(g.ping)
	if m == nil {
		return time.Time{}, fmt.Errorf("the health check answers %q", g.ping)
	}
	return time.ParseInLocation("02-01-2006 15:04:05", m[1], scene.InIndia)
}

func (g *apiTaxpayerSteps) isWell() error {
	_, err := g.vitalTime()
	return err
}

func (g *apiTaxpayerSteps) goesByClock(now time.Time) error {
	said, err := g.vitalTime()
	if err != nil {
		return err
	}
	return scene.Near("its time", said, now)
}
