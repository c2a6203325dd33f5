// Package target describes what the scenarios are performed against: addresses, credentials, keys, the parties that
// are known there, and what it lacks. A target comes from a file, as in
//
//	name: our gateway
//	sandbox: {api: https://gateway.example/nic, publicKey: nic-sandbox.pem}
//	credentials: {clientId: A1, clientSecret: ${SECRET}, gstin: 29ABCCD1234E1Z1, username: books, password: ${PASSWORD}}
//
// or from a [Preset].
package target

import (
	"cmp"
	"slices"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/face"
	"github.com/nicsim/nicsim/steps/needs"
)

// Target is what scenarios are performed against. Printed, its secrets do not show.
type Target struct {
	Name       string
	Sandbox    Environment
	Production Environment
	Parties    map[string]string // GSTINs by role
	Control    string            // base URL; empty without a control API
	GSP        string            // base URL; empty without a GSP at which credentials are entered
	OTP        Source            // of OTPs and the answers of captchas
	// ControlToken is what a control API asks for that is protected; empty for none.
	ControlToken Secret
	Lacks        []needs.Need
	Limits       Limits
	// Face names the vendor whose gateway the APIs are, as adaequare; empty if they are NIC's. See [Faces].
	Face string
}

// Faces returns the names of the gateways through which scenarios can be performed.
func Faces() []string { return face.Names() }

// Environment is the sandbox or production.
type Environment struct {
	Portal      string // base URL; empty without a portal
	API         string // base URL; empty without an API
	PublicKey   []byte // PEM; the key that logins are encrypted with
	Certificate []byte // PEM; that of the key that signs
	Headers     map[string]string
	Paths       map[string]string // beginnings of NIC's paths, and what the target has in their place
	Credentials client.Credentials
	Secrets     Secrets // of the subscription at a gateway
}

// Secrets are by the names of headers or parameters. Printed, they do not show.
type Secrets map[string]string

// String leaves the secrets out.
func (Secrets) String() string { return "***" }

// GoString leaves the secrets out.
func (Secrets) GoString() string { return "***" }

// Secret is a text that does not show when it is printed.
type Secret string

// String returns asterisks.
func (Secret) String() string { return "***" }

// GoString returns asterisks.
func (Secret) GoString() string { return "***" }

// Limits are what a run may ask of a target. Zero means no limit.
type Limits struct {
	PerMinute   int // calls
	Concurrency int // scenarios at once
	Documents   int // sent in a run
}

// At returns the environment of the trial or the production portal.
func (t *Target) At(production bool) *Environment {
	if production {
		return &t.Production
	}
	return &t.Sandbox
}

// environments are the words for both environments in reasons.
var environments = map[bool]string{false: "sandbox", true: "production"}

// Lack is the reason why the target cannot meet a need; empty if it can.
func (t *Target) Lack(n needs.Need) string {
	production := slices.Contains([]needs.Need{
		needs.ProductionAccount, needs.ProductionAPI, needs.ProductionCertificate,
	}, n)
	at, name := t.At(production), environments[production]
	switch {
	case slices.Contains(t.Lacks, n):
		return "the target lacks " + string(n)
	case t.Face != "" && t.carries(n) != "":
		return t.carries(n)
	case n == needs.Portals:
		return unless(t.Sandbox.Portal != "" && t.Production.Portal != "", "the target does not have both portals")
	case n == needs.GSP:
		return unless(t.GSP != "", "the target has no GSP at which credentials are entered")
	case n == needs.API, n == needs.ProductionAPI:
		return unless(at.API != "", "the target has no API of the "+name)
	case n == needs.Account, n == needs.ProductionAccount:
		if t.Control != "" {
			return unless(at.Portal != "" && at.API != "", "the target has no portal or no API of the "+name)
		}
		return at.lacksAccount(name, t.Face)
	case t.Control != "", n.IsAsked() && t.OTP.IsAsked():
		return ""
	case n.IsControl():
		return "the target has no control API for " + string(n)
	case n == needs.SecondAccount:
		return "the target has credentials of one taxpayer only"
	case n == needs.Certificate, n == needs.ProductionCertificate:
		return unless(at.Certificate != nil, "without "+name+".certificate signatures are not verified")
	case n.Role() != "":
		return unless(t.Parties[n.Role()] != "", "the target has no taxpayer for parties."+n.Role())
	}
	return ""
}

// carries is the reason why the gateway cannot carry a need; empty if it can.
func (t *Target) carries(n needs.Need) string {
	f, known := face.Named(t.Face)
	return unless(known && !slices.Contains(f.Lacks, n), "the face "+t.Face+" does not carry "+string(n))
}

func (e *Environment) lacksAccount(name, through string) string {
	c := e.Credentials
	if through != "" {
		f, _ := face.Named(through)
		return cmp.Or(
			unless(e.API != "", "the target has no gateway to the "+name),
			unless(len(e.Secrets) > 0, "the target has no secrets of a subscription for the "+name),
			unless(f.Plain || e.PublicKey != nil, "the target has no public key of the "+name),
			unless(c.GSTIN != "" && c.Username != "" && c.Password != "",
				"the target lacks credentials of the "+name+": GSTIN, username and password are all needed"),
		)
	}
	return cmp.Or(
		unless(e.API != "", "the target has no API of the "+name),
		unless(e.PublicKey != nil, "the target has no public key of the "+name),
		unless(c.ClientID != "" && c.ClientSecret != "" && c.GSTIN != "" && c.Username != "" && c.Password != "",
			"the target lacks credentials of the "+name+": client id and secret, GSTIN, username and password are all needed"),
	)
}

func unless(met bool, reason string) string {
	if met {
		return ""
	}
	return reason
}
