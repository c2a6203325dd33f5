package gspface

import (
	"crypto/subtle"
	"errors"
	"fmt"

	"github.com/nicsim/nicsim/simulator/store"
)

// subscribed finds the subscription that has the secrets, in the order of package subscription, and checks it.
func (a *ask) subscribed(secrets ...string) error {
	err := a.find(secrets[0])
	if err != nil {
		return err
	}
	for i, name := range a.secretNames() {
		given := []byte(secrets[i]) //nolint:gosec // a face gives all its secrets
		if subtle.ConstantTimeCompare(given, []byte(a.subscription.Secrets[name])) != 1 {
			return &Refusal{Why: WrongSecret, Names: []string{name}}
		}
	}
	return a.admit()
}

// find finds a subscription by its first secret, and the company.
func (a *ask) find(caller string) error {
	err := a.in.World.Store.View(a.ctx, func(r store.Reader) error {
		for _, face := range a.face.Names {
			found, err := r.SubscriptionOf(face, caller)
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if err == nil {
				a.subscription = found
				a.company, err = r.Provider(found.ClientID)
				if store.IsMissing(err) { // NIC refuses a client id that it does not know
					a.company, err = store.Provider{ClientID: found.ClientID}, nil
				}
				return err
			}
		}
		return &Refusal{Why: Unknown}
	})
	if err != nil {
		if _, refused := errors.AsType[*Refusal](err); refused {
			return err
		}
		return fmt.Errorf("reading a subscription: %w", err)
	}
	return nil
}

// admit decides the environment.
func (a *ask) admit() error {
	s := a.subscription.Environment
	switch {
	case a.env == "":
		a.env = s
	case s != "" && s != a.env:
		return &Refusal{Why: WrongEnv}
	}
	return a.failing()
}
