//go:build pact

package client_test

import "github.com/pact-foundation/pact-go/v2/matchers"

// sessionCookie is the cookie of a login session. The client gets the example at its login and must send it back. A
// portal gets the cookie of a session that a provider state has opened.
type sessionCookie struct{ name, token string }

var (
	sandboxSession    = sessionCookie{"nicsim_sandbox", "ExampleOfTheSandboxSession000000"}
	productionSession = sessionCookie{"nicsim_production", "ExampleOfTheProductionSession000"}
)

// sent is the header of a call in the session.
func (c sessionCookie) sent() any { return fromState(c.name+"=${session}", c.name+"="+c.token) }

// opening adds the header that opens the session. Scripts and other sites cannot read its cookie.
func (a answered) opening(c sessionCookie) answered {
	a.header = map[string]any{"Set-Cookie": matchers.Regex(
		c.name+"="+c.token+"; Path=/; HttpOnly; SameSite=Strict",
		`^`+c.name+`=[0-9A-Za-z]+; Path=/[^;]*; HttpOnly; SameSite=Strict$`,
	)}
	return a
}
