package gspface

import (
	"time"

	"github.com/nicsim/nicsim/simulator/fault"
	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// failing takes the fault of the call, and returns the refusal of one that happens before NIC is asked.
func (a *ask) failing() error {
	f, fails := fault.Take[*fault.Gateway](a.in.Faults)
	if !fails {
		return nil
	}
	a.fails = f.Fails
	switch f.Fails {
	case fault.GatewayDown:
		return &Refusal{Why: Down}
	case fault.GatewayCreditUsed:
		return &Refusal{Why: CreditUsed}
	case fault.GatewaySecretReset:
		return &Refusal{Why: SecretReset}
	}
	return nil
}

// configured is the company as the gateway has it: with another client id with a fault.
func (a *ask) configured() store.Provider {
	company := a.company
	if a.fails == fault.GatewayWrongClientID {
		company.ClientID = "WRONG" + company.ClientID
	}
	return company
}

// afterwards is the refusal of a fault that happens after NIC has performed the call.
func (a *ask) afterwards() error {
	if a.fails == fault.GatewayTimedOut {
		return &Refusal{Why: TimedOut}
	}
	return nil
}

// expiry is when a login ends, as the gateway says it: that of an earlier login with a fault.
func (a *ask) expiry(s upstream.Session) string {
	ends, err := time.ParseInLocation(time.DateTime, s.TokenExpiry, nic.IST)
	if a.fails != fault.GatewayStaleExpiry || err != nil {
		return s.TokenExpiry
	}
	const day = 24 * time.Hour
	return ends.Add(-day).Format(time.DateTime)
}
