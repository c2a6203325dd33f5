package irp

import (
	"fmt"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// gatewaySteps call the API through the gateway of a GSP (GST Suvidha Provider).
type gatewaySteps struct{ *calls }

func (g gatewaySteps) Register(r *scene.Registry) {
	r.Step(`{who} calls the API through the gateway {text}`, g.through, needs.GSP)
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
