package backstage

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// worldSteps are about worlds: what is kept apart, and how one ends.
type worldSteps struct {
	*scene.Scene
	worlds []client.World
}

func (g *worldSteps) Register(r *scene.Registry) {
	r.Step(`{who} looks into another world`, g.lookElsewhere, needs.Worlds)
	r.Step(`the other world has no message and no request of hers`, g.nothingThere, needs.Inbox, needs.Journal)
	r.Step(`its clock is {n} hours behind`, g.behind)
	r.Act(`{who} registers {text} for {firm} in another world`,
		g.registerElsewhere, needs.Captcha, needs.Inbox, needs.Providers, needs.Worlds)
	r.Act(`{who} sends that registration's OTP in another world`, g.sendElsewhere, needs.Worlds)
	r.Then(`the addresses of the registration and of the captcha's picture are in {their} world`, g.linksInside)
	r.Step(`{their} world is ended`, g.endWorld, needs.Worlds)
	r.Step(`{their} world is reset`, g.reset, needs.Worlds)
	r.Step(`a snapshot of {their} world is taken`, g.takeSnapshot, needs.Snapshots)
	r.Step(`the snapshot is restored`, g.restoreSnapshot, needs.Snapshots)
	r.Step(`{their} world is exported, reset and imported`, g.takeAlong, needs.Worlds)
	r.Step(`Girish lists the worlds`, g.list, needs.Worlds)
	r.Step(`{their} world is listed`, g.isAmong)
	r.Step(`it is not listed after it has ended`, g.isNot, needs.Worlds)
}

func (g *worldSteps) lookElsewhere(ctx context.Context, _ *scene.Person) error {
	_, err := g.Elsewhere(ctx)
	return err
}

func (g *worldSteps) nothingThere(ctx context.Context) error {
	messages, err := g.Other.Control.Inbox(ctx, client.InboxFilter{})
	if err != nil {
		return err
	}
	if err := scene.Same("messages", len(messages), 0); err != nil {
		return err
	}
	requests, err := g.Other.Control.Requests(ctx, client.RequestFilter{})
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
	here, err := g.Control.Clock(ctx)
	if err != nil {
		return err
	}
	there, err := g.Other.Control.Clock(ctx)
	if err != nil {
		return err
	}
	return scene.Near("the clock there", there.Now, here.Now.Add(-time.Duration(hours)*time.Hour))
}

func (g *worldSteps) registerElsewhere(ctx context.Context, p *scene.Person, username, firm string,
	other *scene.Scene) error {
	twin, err := other.Person(p.Name)
	if err != nil {
		return err
	}
	if err := other.MakeAPIUser(ctx, twin, username, "", firm, scene.OnTrial); err != nil {
		return err
	}
	p.Acknowledgement = twin.Acknowledgement
	return nil
}

func (g *worldSteps) sendElsewhere(ctx context.Context, p *scene.Person, other *scene.Scene) error {
	twin, err := other.Person(p.Name)
	if err != nil {
		return err
	}
	_, err = twin.Trial.SendOTP(ctx, p.Registration.ID)
	return err
}

func (g *worldSteps) linksInside() error {
	links := []string{g.Named.Captcha.Image}
	for _, e := range g.Trace.All(scene.OnTrial) {
		if place := e.Header.Get("Location"); place != "" {
			links = append(links, place)
		}
	}
	if len(links) < 2 || links[0] == "" {
		return fmt.Errorf("the links are %q", links)
	}
	for _, link := range links {
		place, err := url.Parse(link)
		if err != nil || !strings.HasPrefix(place.Path, scene.InWorld("", g.World)+"/") {
			return fmt.Errorf("%q is outside the world", link)
		}
	}
	return nil
}

func (g *worldSteps) endWorld(ctx context.Context) error { return g.Control.DeleteWorld(ctx, g.World) }

func (g *worldSteps) reset(ctx context.Context) error { return g.Control.Reset(ctx) }

const snapshotName = "before"

func (g *worldSteps) takeSnapshot(ctx context.Context) error {
	_, err := g.Control.TakeSnapshot(ctx, snapshotName)
	return err
}

func (g *worldSteps) restoreSnapshot(ctx context.Context) error {
	return g.Control.RestoreSnapshot(ctx, snapshotName)
}

func (g *worldSteps) takeAlong(ctx context.Context) error {
	file, err := g.Control.ReadWorldWithState(ctx)
	if err == nil {
		err = g.Control.Reset(ctx)
	}
	if err != nil {
		return err
	}
	return g.Control.PutWorld(ctx, file)
}

func (g *worldSteps) list(ctx context.Context) (err error) {
	g.worlds, err = g.Control.Worlds(ctx)
	return err
}

// isNot asks from another world, since a request to a world makes it.
func (g *worldSteps) isNot(ctx context.Context, other *scene.Scene) error {
	if err := g.endWorld(ctx); err != nil {
		return err
	}
	worlds, err := other.Control.Worlds(ctx)
	if err != nil {
		return err
	}
	g.worlds = worlds
	if g.listed() {
		return errors.New("the ended world is still listed")
	}
	return nil
}

func (g *worldSteps) listed() bool {
	return slices.ContainsFunc(g.worlds, func(w client.World) bool { return w.Name == g.World })
}

func (g *worldSteps) isAmong() error {
	if !g.listed() {
		return fmt.Errorf("the world is not among %d worlds", len(g.worlds))
	}
	return nil
}
