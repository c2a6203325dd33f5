// Package rulebook answers one question: is this rule in force here?
//
// A rule is a row of a table in the package that makes the check. A [Book] says which rules hold for one
// environment of one world on one day, and has the figures that they compare with.
package rulebook

import (
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// Rule describes a check of the portals or of the API.
type Rule struct {
	Name   string // in the setting rules
	Code   string // NIC's; empty where NIC publishes none
	Says   string // what must hold
	Source string // where NIC says so, or SIM
	Off    string // why it is not in force unless the setting rules says so; empty when it is
	Hidden string // what refuses first, so that no client meets the rule; empty when a client can
}

// Book is the rules of one place and day. Its zero value has every rule in force that is not Off, and no
// useful figures; see [settings.Default].
type Book struct {
	settings.Settings // the figures, and in Rules the rules that are switched
	Environment       nic.Environment
	Day               time.Time
}

// TokenLifetime is how long a token of the environment is valid.
func (b Book) TokenLifetime() time.Duration {
	if b.Environment == nic.Production {
		return time.Duration(b.TokenLifetimeProduction)
	}
	return time.Duration(b.TokenLifetimeSandbox)
}

// Holds tells whether a rule is in force.
func (b Book) Holds(r Rule) bool {
	if on, switched := b.Rules[r.Name]; switched {
		return on
	}
	return r.Off == ""
}
