// Package irp registers the sentences about the e-Invoice API, the API of the invoice registration portal
// (IRP): logging in, registering, reading and cancelling invoices, and e-way bills.
package irp

import (
	"context"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// Register registers the sentences of this package, to be performed in a scene.
func Register(r *scene.Registry, s *scene.Scene) {
	c := &calls{Scene: s, users: map[*scene.Person]*callers{}}
	scene.Find(r, func(_ context.Context, who string) (*caller, error) {
		p, err := s.Person(who)
		if err != nil {
			return nil, err
		}
		return c.loggedIn(p)
	})
	scene.Give(r, func(context.Context) (client.APILogin, error) {
		u, err := c.loggedIn(s.Named)
		if err != nil {
			return client.APILogin{}, err
		}
		return u.login, nil
	})
	r.Register(
		apiAuthSteps{c}, apiRefusalSteps{c}, apiCallSteps{c}, apiTokenSteps{c}, &apiTaxpayerSteps{calls: c},
		generateSteps{c}, signedSteps{c}, ewayAPISteps{c}, cancelAndReadSteps{c}, portalSteps{c}, ewayBillSteps{c},
		timeSteps{c}, unreadableSteps{c}, ownSteps{c}, &ownWorldSteps{calls: c}, &insistSteps{calls: c}, gatewaySteps{c},
	)
}
