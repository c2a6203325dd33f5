package steps

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
)

// settingSteps are the world's clock and the rules that it enforces.
type settingSteps struct {
	*scenario
	settings client.Settings // as far as the scenario has set them
	frozenAt time.Time
}

func (g *settingSteps) register(r registrar) {
	r.Step(expression(`{n} (second|minute|hour)s? pass(?:es)?`), g.pass)
	r.Step(expression(`the clock is frozen`), g.freeze)
	r.Step(expression(`it is (\d\d/\d\d/\d{4}) by the clock`), g.day)
	r.Step(expression(`the clock is frozen {n} minutes later`), g.frozenLater)
	r.Step(expression(`the clock is real again`), g.real)
	r.Step(expression(`it is no later than the clock of another world`), g.noLater)
	r.Step(expression(`an OTP lives {n} minutes?`), g.otpLives)
	r.Step(expression(`the settings are given back`), g.defaults)
	r.Step(expression(`SMS messages take {n} minutes to arrive`), g.smsTake)
	r.Step(expression(`SMS messages get lost`), g.smsLost)
	r.Step(expression(`SMS messages arrive again`), g.smsArrive)
	r.Step(expression(`direct access begins at {n} crore rupees`), g.directFrom)
	r.Step(expression(`the rule {text} is in force`), g.ruleInForce)
	r.Step(expression(`a GSTIN that nobody holds is taken for somebody's`), g.synthesise)
	r.Step(expression(`the API still answers the version that NIC withdrew`), g.retired)
	r.Step(expression(`the API writes its errors as (array|base64|json)`), g.errorForm)
	r.Step(expression(`the portals are out of order`), g.outage)
	r.Step(expression(`the portals were out of order for a while`), g.outageOver)
}

func (g *settingSteps) pass(ctx context.Context, count int, unit string) error {
	units := map[string]time.Duration{"second": time.Second, "minute": time.Minute, "hour": time.Hour}
	return g.advance(ctx, time.Duration(count)*units[unit])
}

func (g *settingSteps) freeze(ctx context.Context) error {
	now, err := g.now(ctx)
	if err != nil {
		return err
	}
	g.frozenAt = now
	return g.control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: now})
}

// day lets it be noon of a day.
func (g *settingSteps) day(ctx context.Context, day string) error {
	at, err := time.ParseInLocation("02/01/2006", day, inIndia)
	if err != nil {
		return fmt.Errorf("reading the day: %w", err)
	}
	return g.control.SetClock(ctx, client.Clock{Mode: client.ClockFrozen, Now: at.Add(12 * time.Hour)})
}

func (g *settingSteps) frozenLater(ctx context.Context, minutes int) error {
	clock, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	if err := same("mode", clock.Mode, client.ClockFrozen); err != nil {
		return err
	}
	if want := g.frozenAt.Add(time.Duration(minutes) * time.Minute); !clock.Now.Equal(want) {
		return fmt.Errorf("it shows %s instead of %s", clock.Now, want)
	}
	return nil
}

func (g *settingSteps) real(ctx context.Context) error {
	return g.control.SetClock(ctx, client.Clock{Mode: client.ClockReal})
}

func (g *settingSteps) noLater(ctx context.Context) error {
	here, err := g.control.Clock(ctx)
	if err != nil {
		return err
	}
	if err := same("mode", here.Mode, client.ClockReal); err != nil {
		return err
	}
	other, err := g.elsewhere(ctx)
	if err != nil {
		return err
	}
	there, err := other.control.Clock(ctx)
	if err != nil {
		return err
	}
	return near("the clock", here.Now, there.Now)
}

// set changes the settings that this scenario has made so far.
func (g *settingSteps) set(ctx context.Context, how func(*client.Settings)) error {
	how(&g.settings)
	return g.control.PutSettings(ctx, g.settings)
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
	return g.tell(ctx, http.MethodPut, "settings", map[string]any{"rules": map[string]bool{rule: true}})
}

func (g *settingSteps) synthesise(ctx context.Context) error {
	return g.tell(ctx, http.MethodPut, "settings", map[string]any{"unknownGstin": "synthesise"})
}

func (g *settingSteps) retired(ctx context.Context) error {
	return g.tell(ctx, http.MethodPut, "settings", map[string]any{"irpV103": true})
}

func (g *settingSteps) errorForm(ctx context.Context, form string) error {
	return g.tell(ctx, http.MethodPut, "settings", map[string]any{"irpErrorDetails": form})
}

func (g *settingSteps) outage(ctx context.Context) error {
	return g.set(ctx, func(s *client.Settings) { s.Outage = true })
}

// outageOver has whoever was named run into it, too.
func (g *settingSteps) outageOver(ctx context.Context) error {
	if err := g.outage(ctx); err != nil {
		return err
	}
	if err := g.mustRefuse(g.verifyDuringOutage(ctx), "outage"); err != nil {
		return err
	}
	return g.set(ctx, func(s *client.Settings) { s.Outage = false })
}

func (g *settingSteps) verifyDuringOutage(ctx context.Context) error {
	if g.named == nil {
		return fmt.Errorf("nobody is there to run into it")
	}
	return g.verify(ctx, g.named)
}
