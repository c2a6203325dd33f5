package backstage

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// settingSteps are the world's clock and the rules that it enforces.
type settingSteps struct {
	*scene.Scene
	settings client.Settings // as far as the scenario has set them
	frozenAt time.Time
}

func (g *settingSteps) Register(r *scene.Registry) {
	r.Step(`{n} (second|minute|hour)s? pass(?:es)?`, g.pass, needs.Clock)
	r.Step(`the clock is frozen`, g.freeze, needs.Clock)
	r.Step(`it is (\d\d/\d\d/\d{4}) by the clock`, g.day, needs.Clock)
	r.Step(`the clock is frozen {n} minutes later`, g.frozenLater)
	r.Step(`the clock is real again`, g.real, needs.Clock)
	r.Step(`it is no later than the clock of another world`, g.noLater, needs.Worlds)
	r.Step(`an OTP is valid for {n} minutes?`, g.otpLives, needs.Settings)
	r.Step(`the settings are reset to their defaults`, g.defaults, needs.Settings)
	r.Step(`SMS messages take {n} minutes to arrive`, g.smsTake, needs.Settings)
	r.Step(`SMS messages are dropped`, g.smsLost, needs.Settings)
	r.Step(`SMS messages arrive again`, g.smsArrive, needs.Settings)
	r.Step(`direct access begins at {n} crore rupees`, g.directFrom, needs.Settings)
	r.Step(`the rule {text} is in force`, g.ruleInForce, needs.Settings)
	r.Step(`unknown GSTINs are treated as registered`, g.synthesise, needs.Settings)
	r.Step(`the API still answers the version that NIC withdrew`, g.retired, needs.Settings)
	r.Step(`the API writes its errors as (array|base64|json)`, g.errorForm, needs.Settings)
	r.Step(`the portals have an outage`, g.outage, needs.Settings)
	r.Step(`the portals had an outage that is over`, g.outageOver, needs.Inbox, needs.Settings)
}

func (g *settingSteps) pass(ctx context.Context, count int, unit string) error {
	units := map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour}
	return g.Advance(ctx, time.Duration(count)*units[unit])
}

func (g *settingSteps) freeze(ctx context.Context) error {
	now, err := g.Now(ctx)
	if err != nil {
		return err
	}
	g.frozenAt = now
	return g.Control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: now})
}

// day lets it be noon of a day.
func (g *settingSteps) day(ctx context.Context, day string) error {
	at, err := time.ParseInLocation("02/01/2006", day, scene.InIndia)
	if err != nil {
		return fmt.Errorf("reading the day: %w", err)
	}
	return g.Control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: at.Add(12 * time.Hour)})
}

func (g *settingSteps) frozenLater(ctx context.Context, minutes int) error {
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

func (g *settingSteps) real(ctx context.Context) error {
	return g.Control.SetClock(ctx, client.Clock{Mode: client.ClockReal})
}

func (g *settingSteps) noLater(ctx context.Context) error {
	here, err := g.Control.Clock(ctx)
	if err != nil {
		return err
	}
	if err := scene.Same("mode", here.Mode, client.ClockReal); err != nil {
		return err
	}
	other, err := g.Elsewhere(ctx)
	if err != nil {
		return err
	}
	there, err := other.Control.Clock(ctx)
	if err != nil {
		return err
	}
	return scene.Near("the clock", here.Now, there.Now)
}

// set changes the settings that this scenario has made so far.
func (g *settingSteps) set(ctx context.Context, how func(*client.Settings)) error {
	how(&g.settings)
	return g.Control.PutSettings(ctx, g.settings)
}

func (g *settingSteps) otpLives(ctx context.Context, minutes int) error {
	return g.set(ctx, func(s *client.Settings) { s.OTPLifetime = client.Duration(time.Duration(minutes) * time.Minute) })
}

func (g *settingSteps) defaults(ctx context.Context) error {
	return g.set(ctx, func(s *client.Settings) { *s = client.Settings{} })
}

func (g *settingSteps) smsTake(ctx context.Context, minutes int) error {
	return g.set(ctx, func(s *client.Settings) { s.SMSDelay = client.Duration(time.Duration(minutes) * time.Minute) })
}

func (g *settingSteps) smsLost(ctx context.Context) error {
	return g.set(ctx, func(s *client.Settings) { s.SMSDropped = true })
}

func (g *settingSteps) smsArrive(ctx context.Context) error {
	return g.set(ctx, func(s *client.Settings) { s.SMSDropped = false })
}

func (g *settingSteps) directFrom(ctx context.Context, crore int) error {
	return g.set(ctx, func(s *client.Settings) { s.DirectThresholdCrore = float64(crore) })
}

// ruleInForce is for rules that NIC suspended, or has announced.
func (g *settingSteps) ruleInForce(ctx context.Context, rule string) error {
	return g.Tell(ctx, http.MethodPut, "settings", map[string]any{"rules": map[string]bool{rule: true}})
}

func (g *settingSteps) synthesise(ctx context.Context) error {
	return g.Tell(ctx, http.MethodPut, "settings", map[string]any{"unknownGstin": "synthesise"})
}

func (g *settingSteps) retired(ctx context.Context) error {
	return g.Tell(ctx, http.MethodPut, "settings", map[string]any{"irpV103": true})
}

func (g *settingSteps) errorForm(ctx context.Context, form string) error {
	return g.Tell(ctx, http.MethodPut, "settings", map[string]any{"irpErrorDetails": form})
}

func (g *settingSteps) outage(ctx context.Context) error {
	return g.set(ctx, func(s *client.Settings) { s.Outage = true })
}

// outageOver also has the person named last meet the outage.
func (g *settingSteps) outageOver(ctx context.Context) error {
	if err := g.outage(ctx); err != nil {
		return err
	}
	if err := g.MustRefuse(g.verifyDuringOutage(ctx), "outage"); err != nil {
		return err
	}
	return g.set(ctx, func(s *client.Settings) { s.Outage = false })
}

func (g *settingSteps) verifyDuringOutage(ctx context.Context) error {
	if g.Named == nil {
		return fmt.Errorf("no person is named who could meet the outage")
	}
	return g.Verify(ctx, g.Named)
}
