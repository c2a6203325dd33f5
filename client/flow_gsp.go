package client

import (
	"cmp"
	"context"
	"fmt"
)

// GSPSection is what the guide's last step needs of a GSP, whichever way it is reached; a [GSP] reaches it by JSON.
type GSPSection interface {
	Enter(ctx context.Context, n NewConnection) (Connection, error)
}

// ConnectionError is the error of credentials that are saved and not active.
type ConnectionError struct{ Connection }

func (e *ConnectionError) Error() string {
	if e.NICCode == "" {
		return e.Detail
	}
	return fmt.Sprintf("NIC %s, %s: %s", e.NICCode, e.Detail, e.Cause)
}

// PerformGSP performs the guide's last step, "After this, you would enter these credentials into GSP": C.1 after
// section 1, and C.2 after section 2. Its error is a *StepError; in it may be a *ConnectionError, a *Problem or an
// *Unreachable.
func PerformGSP(ctx context.Context, g GSPSection, n NewConnection, done func(Step)) (c Connection, err error) {
	w := walk{done: done}
	number := map[string]string{EnvironmentSandbox: "C.1", EnvironmentProduction: "C.2"}[n.Environment]
	w.step(cmp.Or(number, "C"), "Save and test", func() (string, error) {
		c, err = g.Enter(ctx, n)
		if err == nil && c.Status != ConnectionActive {
			err = &ConnectionError{c}
		}
		return fmt.Sprintf("%s has logged in at NIC as %s for %s", c.CompanyName, c.Username, c.GSTIN), err
	})
	return c, w.err
}
