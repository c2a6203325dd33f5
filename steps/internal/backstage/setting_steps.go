package backstage

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// settingSteps change the rules that the world enforces.
type settingSteps struct {
	*scene.Scene
	settings client.Settings // as far as the scenario has set them
}

func (g *settingSteps) Register(r *scene.Registry) {
	r.Step(`an OTP is valid for {n} minutes?`, g.minutes(&g.settings.OTPLifetime), needs.Settings)
	r.Step(`SMS messages take {n} minutes to arrive`, g.minutes(&g.settings.SMSDelay), needs.Settings)
	r.Step(`an invoice reaches the other portal of the IRP after {n} minutes`, g.minutes(&g.settings.IRPSync),
		needs.Settings)
	r.Step(`SMS messages are dropped`, g.switched(&g.settings.SMSDropped, true), needs.Settings)
	r.Step(`SMS messages arrive again`, g.switched(&g.settings.SMSDropped, false), needs.Settings)
	r.Step(`the portals have an outage`, g.switched(&g.settings.Outage, true), needs.Settings)
	r.Step(`the portals had an outage that is over`, g.outageOver, needs.Inbox, needs.Settings)
	r.Step(`direct access begins at {n} crore rupees`, g.directFrom, needs.Settings)
	r.Step(`the settings are reset to their defaults`, g.defaults, needs.Settings)
	r.Step(`the rule {text} is in force`, g.ruleInForce, needs.Settings)
	r.Step(`the production portal always asks for an OTP after the password`, g.told("twoFactor", "always"),
		needs.Settings)
	r.Step(`announced rules are in force`, g.told("announcedRules", true), needs.Settings)
	r.Step(`the rules are those of (\d{4}-\d\d-\d\d)`, g.rulesOf, needs.Settings)
	r.Step(`the production portal asks for an OTP after the password as NIC does`, g.told("twoFactor", "timeline"),
		needs.Settings)
	r.Step(`unknown GSTINs are treated as registered`, g.told("unknownGstin", "synthesise"), needs.Settings)
	r.Step(`the API still answers the version that NIC withdrew`, g.told("irpV103", true), needs.Settings)
	r.Step(`the API writes its errors as (array|base64|json)`, g.errorForm, needs.Settings)
}

// put sends the settings as the scenario has set them so far.
func (g *settingSteps) put(ctx context.Context) error { return g.Control.PutSettings(ctx, g.settings) }

func (g *settingSteps) minutes(setting *client.Duration) func(context.Context, int) error {
	return func(ctx context.Context, minutes int) error {
		*setting = client.Duration(time.Duration(minutes) * time.Minute)
		return g.put(ctx)
	}
}

func (g *settingSteps) switched(setting *bool, on bool) func(context.Context) error {
	return func(ctx context.Context) error {
		*setting = on
		return g.put(ctx)
	}
}

// told sets a setting that the client does not know.
func (g *settingSteps) told(setting string, value any) func(context.Context) error {
	return func(ctx context.Context) error {
		return g.CallControl(ctx, http.MethodPut, "settings", map[string]any{setting: value})
	}
}

// ruleInForce is for rules that NIC suspended or has announced.
func (g *settingSteps) ruleInForce(ctx context.Context, rule string) error {
	return g.told("rules", map[string]bool{rule: true})(ctx)
}

// rulesOf is for worlds whose clock shows another day.
func (g *settingSteps) rulesOf(ctx context.Context, day string) error {
	return g.told("rulesOn", day)(ctx)
}

func (g *settingSteps) errorForm(ctx context.Context, form string) error {
	return g.told("irpErrorDetails", form)(ctx)
}

func (g *settingSteps) directFrom(ctx context.Context, crore int) error {
	g.settings.DirectThresholdCrore = float64(crore)
	return g.put(ctx)
}

func (g *settingSteps) defaults(ctx context.Context) error {
	g.settings = client.Settings{}
	return g.put(ctx)
}

// outageOver lets the person named last meet the outage before it ends.
func (g *settingSteps) outageOver(ctx context.Context) error {
	if g.Named == nil {
		return errors.New("no person is named who could meet the outage")
	}
	if err := g.switched(&g.settings.Outage, true)(ctx); err != nil {
		return err
	}
	if err := g.ExpectRefusal(g.Verify(ctx, g.Named), "outage"); err != nil {
		return err
	}
	return g.switched(&g.settings.Outage, false)(ctx)
}
