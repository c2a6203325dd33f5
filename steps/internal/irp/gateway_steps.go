package irp

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// gatewaySteps call the API through the gateway of a GSP (GST Suvidha Provider).
type gatewaySteps struct{ *calls }

func (g gatewaySteps) Register(r *scene.Registry) {
	r.Step(`{who} calls the API through the gateway {text}`, g.through, needs.GSP)
	r.Step(`the gateway answers with the status {n} and {text}`, g.answers, needs.GSP)
	r.Then(`the gateway says that {their} login has ended`, g.saysEnded, needs.GSP, needs.Clock)
}

// answers checks the last answer of the gateway itself, which is not one of NIC's.
func (g gatewaySteps) answers(status int, words string, e scene.Exchange) error {
	if _, err := scene.Failure[error](g.Scene); err != nil {
		return err
	}
	if !strings.Contains(string(e.Got), words) {
		return fmt.Errorf("the gateway answered %d %s", e.Status, e.Got)
	}
	return scene.Same("status", e.Status, status)
}

// saysEnded checks the expiry in the last answer of the gateway, that to a login.
func (g gatewaySteps) saysEnded(ctx context.Context, e scene.Exchange) error {
	var in struct{ Data struct{ TokenExpiry string } }
	if err := json.Unmarshal(e.Got, &in); err != nil {
		return fmt.Errorf("the gateway answered %s: %w", e.Got, err)
	}
	ends, err := time.ParseInLocation(time.DateTime, in.Data.TokenExpiry, time.FixedZone("IST", 330*60))
	if err != nil {
		return fmt.Errorf("the login's TokenExpiry: %w", err)
	}
	clock, err := g.Control.Clock(ctx)
	if err != nil {
		return err
	}
	if !ends.Before(clock.Now) {
		return fmt.Errorf("the login ends at %s, and it is %s", ends, clock.Now)
	}
	return nil
}

// through has the rest of the scenario call a gateway, with a subscription of the fixtures.
func (g gatewaySteps) through(_ *scene.Person, vendor string) error {
	t := &g.Target.Target
	t.Face = vendor
	if err := t.Subscribe(); err != nil {
		return fmt.Errorf("the gateway %s: %w", vendor, err)
	}
	return nil
}
