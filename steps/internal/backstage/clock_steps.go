package backstage

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// clockSteps set the world's clock.
type clockSteps struct {
	*scene.Scene
	frozenAt time.Time
}

func (g *clockSteps) Register(r *scene.Registry) {
	r.Step(`{n} (second|minute|hour)s? pass(?:es)?`, g.pass, needs.Clock)
	r.Step(`the clock is frozen`, g.freeze, needs.Clock)
	r.Step(`it is (\d\d/\d\d/\d{4})(?: (\d\d:\d\d:\d\d))? by the clock`, g.set, needs.Clock)
	r.Step(`the clock is frozen {n} minutes later`, g.frozenLater)
	r.Step(`the clock is real again`, g.real, needs.Clock)
	r.Step(`it is no later than the clock of another world`, g.noLater, needs.Clock, needs.Worlds)
}

func (g *clockSteps) pass(ctx context.Context, count int, unit string) error {
	units := map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour}
	return g.Advance(ctx, time.Duration(count)*units[unit])
}

func (g *clockSteps) freeze(ctx context.Context, now time.Time) error {
	g.frozenAt = now
	return g.Control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: now})
}

// set freezes the clock on a day, at noon unless a time of day is given.
func (g *clockSteps) set(ctx context.Context, day, timeOfDay string) error {
	at, err := time.ParseInLocation("02/01/2006 15:04:05", day+" "+cmp.Or(timeOfDay, "12:00:00"), scene.InIndia)
	if err != nil {
		return fmt.Errorf("reading the time: %w", err)
	}
	return g.Control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: at})
}

func (g *clockSteps) frozenLater(ctx context.Context, minutes int) error {
	clock, err := g.Control.Clock(ctx)
	if err != nil {
		return err
	}
	if err := scene.Same("mode", clock.Mode, client.ClockFrozen); err != nil {
		return err
	}
	if want := g.frozenAt.Add(time.Duration(minutes) * time.Minute); !clock.Now.Equal(want) {
		return fmt.Errorf("the clock shows %s instead of %s", clock.Now, want)
	}
	return nil
}

func (g *clockSteps) real(ctx context.Context) error {
	return g.Control.SetClock(ctx, client.Clock{Mode: client.ClockReal})
}

func (g *clockSteps) noLater(ctx context.Context, other *scene.Scene) error {
	here, err := g.Control.Clock(ctx)
	if err != nil {
		return err
	}
	if err := scene.Same("mode", here.Mode, client.ClockReal); err != nil {
		return err
	}
	if err := other.Control.SetClock(ctx, client.Clock{Mode: client.ClockReal}); err != nil {
		return err
	}
	there, err := other.Control.Clock(ctx)
	if err != nil {
		return err
	}
	return scene.Near("the clock", here.Now, there.Now)
}
