package gspface

import "github.com/nicsim/nicsim/simulator/httpd/upstream"

// failing is the refusal of a fault that happens before NIC is asked.
func (a *ask) failing() error { return nil }

// afterwards is the refusal of a fault that happens after NIC has answered.
func (a *ask) afterwards() error { return nil }

// expiry is when a login ends, as the gateway says it.
func (a *ask) expiry(s upstream.Session) string { return s.TokenExpiry }
