package main

import (
	"cmp"
	"context"
	"net/http"
	"os"
	"slices"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/drill"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/dice"
)

// drillStage is the world of the drills. It is made again for each drill, at the same address.
type drillStage struct {
	world   *client.Control
	cast    cast
	chance  *dice.Stream
	closers []func()
}

func (s *drillStage) close() {
	for _, each := range slices.Backward(s.closers) {
		each()
	}
}

// stage makes the world: the default one of a simulator of its own, or a new one at the URLs.
func (p program) stage(ctx context.Context, d *drills) (*drillStage, error) {
	seed := cmp.Or(d.seed, dice.FreshSeed())
	s := &drillStage{chance: dice.New(seed).Stream("drill")}
	token, err := d.token.read()
	if err != nil {
		return nil, err
	}
	urls, own := d.urls, d.urls == (simulator.URLs{})
	if own {
		made, stop, err := p.ownSimulator(ctx, seed, nil)
		if err != nil {
			return nil, err
		}
		urls, s.closers = made, append(s.closers, stop)
	} else {
		urls = inWorld(urls, "drill-"+s.chance.Pick(easyLower+easyDigits, 8))
	}
	folder, err := os.MkdirTemp("", "nicsim-drill-")
	if err == nil {
		s.closers = append(s.closers, func() { _ = os.RemoveAll(folder) })
		s.cast, err = newCast(urls, folder)
	}
	if err == nil {
		transport := client.NewTransport()
		s.closers = append(s.closers, transport.CloseIdleConnections)
		s.world, err = client.NewControl(urls.Control, client.Options{HTTP: &http.Client{Transport: transport},
			ControlToken: token})
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// set makes the world again and sets a drill in it.
func (s *drillStage) set(ctx context.Context, d drill.Drill) error {
	if err := s.world.Reset(ctx); err != nil {
		return err
	}
	if err := s.cast.enter(ctx, s.world); err != nil {
		return err
	}
	now, err := s.world.Clock(ctx)
	if err != nil {
		return err
	}
	if err := s.cast.writeInvoice("DR-"+s.chance.Pick(easyUpper+easyDigits, 8), now.Now); err != nil {
		return err
	}
	return d.Set(ctx, s.world)
}

// variables are what a client finds in its environment.
func (s *drillStage) variables(d drill.Drill) []string {
	return append(s.cast.variables(), "NIC_DRILL="+d.Name)
}
