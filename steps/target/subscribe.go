package target

import (
	"cmp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
)

// Subscribe has the APIs of a nicsim called through the gateways of its GSP, with the subscriptions of the fixtures
// where the target has no secrets of its own.
func (t *Target) Subscribe() error {
	cast, err := fixtures.Load()
	if err != nil {
		return err
	}
	for env, at := range map[string]*Environment{
		client.EnvironmentSandbox: &t.Sandbox, client.EnvironmentProduction: &t.Production,
	} {
		at.API = cmp.Or(t.GSP, at.API)
		for _, s := range cast.Subscriptions {
			if len(at.Secrets) == 0 && s.Face == t.Face && s.Environment == env {
				at.Secrets = s.Secrets
			}
		}
	}
	return nil
}
