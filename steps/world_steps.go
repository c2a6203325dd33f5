package steps

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
)

// worldSteps are about worlds: what is kept apart, and how one ends.
type worldSteps struct {
	*scenario
	worlds []client.World
}

func (g *worldSteps) register(r registrar) {
	r.Step(expression(`{who} looks into another world`), g.lookElsewhere)
	r.Step(expression(`no message and no request of hers is found there`), g.nothingThere)
	r.Step(expression(`its clock is {n} hours behind`), g.behind)
	r.Step(expression(`{who} registers {text} for {firm} in another world`), g.registerElsewhere)
	r.Step(expression(`{who} sends that registration's OTP in another world`), g.sendElsewhere)
	r.Step(expression(`the place of the registration and of the captcha's picture are in {their} world`), g.linksInside)
	r.Step(expression(`{their} world is ended`), g.endWorld)
	r.Step(expression(`{their} world is reset`), g.reset)
	r.Step(expression(`Girish lists the worlds`), g.list)
	r.Step(expression(`{their} world is among them`), g.isAmong)
	r.Step(expression(`after it is ended it is not`), g.isNot)
}

func (g *worldSteps) lookElsewhere(ctx context.Context, who string) error {
	if _, err := g.person(who); err != nil {
		return err
	}
	_, err := g.elsewhere(ctx)
	return err
}

func (g *worldSteps) nothingThere(ctx context.Context) error {
	messages, err := g.other.control.Inbox(ctx, client.InboxFilter{})
	if err != nil {
		return err
	}
	if err := same("messages", len(messages), 0); err != nil {
		return err
	}
	requests, err := g.other.control.Requests(ctx, client.RequestFilter{})
	if err != nil {
		return err
	}
	for _, r := range requests {
		if r.Environment == client.EnvironmentSandbox || r.Environment == client.EnvironmentProduction {
			return fmt.Errorf("%s %s is found there", r.Method, r.Path)
		}
	}
	return nil
}

func (g *worldSteps) behind(ctx context.Context, hours int) error {
	here, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	there, err := g.other.control.Clock(ctx)
	if err != nil {
		return err
	}
	return near("the clock there", there.Now, here.Now.Add(-time.Duration(hours)*time.Hour))
}

func (g *worldSteps) registerElsewhere(ctx context.Context, who, username, firm string) error {
	return g.does(who, func(p *person) error {
		other, err := g.elsewhere(ctx)
		if err != nil {
			return err
		}
		twin, err := other.person(p.name)
		if err != nil {
			return err
		}
		if err := other.made(ctx, twin, username, "", firm, onTrial); err != nil {
			return err
		}
		p.acknowledgement = twin.acknowledgement
		return nil
	})
}

func (g *worldSteps) sendElsewhere(ctx context.Context, who string) error {
	return g.does(who, func(p *person) error {
		other, err := g.elsewhere(ctx)
		if err != nil {
			return err
		}
		twin, err := other.person(p.name)
		if err != nil {
			return err
		}
		_, err = twin.trial.SendOTP(ctx, p.registration.ID)
		return err
	})
}

func (g *worldSteps) linksInside() error {
	if err := g.accepted(); err != nil {
		return err
	}
	links := []string{g.named.captcha.Image}
	for _, e := range g.trace.all(onTrial) {
		if place := e.header.Get("Location"); place != "" {
			links = append(links, place)
		}
	}
	if len(links) < 2 || links[0] == "" {
		return fmt.Errorf("the links are %q", links)
	}
	for _, link := range links {
		place, err := url.Parse(link)
		if err != nil || !strings.HasPrefix(place.Path, inWorld("", g.world)+"/") {
			return fmt.Errorf("%q is not inside", link)
		}
	}
	return nil
}

func (g *worldSteps) endWorld(ctx context.Context) error { return g.control.DeleteWorld(ctx, g.world) }

func (g *worldSteps) reset(ctx context.Context) error { return g.control.Reset(ctx) }

func (g *worldSteps) list(ctx context.Context) (err error) {
	g.worlds, err = g.control.Worlds(ctx)
	return err
}

func (g *worldSteps) isAmong() error {
	if !g.listed() {
		return fmt.Errorf("it is not among %d worlds", len(g.worlds))
	}
	return nil
}

// isNot asks from another world: whoever names a world makes it.
func (g *worldSteps) isNot(ctx context.Context) error {
	if err := g.endWorld(ctx); err != nil {
		return err
	}
	other, err := g.elsewhere(ctx)
	if err != nil {
		return err
	}
	if g.worlds, err = other.control.Worlds(ctx); err != nil {
		return err
	}
	if g.listed() {
		return fmt.Errorf("it is")
	}
	return nil
}

func (g *worldSteps) listed() bool {
	for _, w := range g.worlds {
		if w.Name == g.world {
			return true
		}
	}
	return false
}
