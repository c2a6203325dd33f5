package scene

import (
	"net/http"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/steps/face"
)

// gateways are those of a target with a face, by listener. They keep the logins of their callers.
type gateways struct {
	mu   sync.Mutex // guards open
	open map[string]*face.Gateway
}

func (g *gateways) at(listener string, open func() *face.Gateway) *face.Gateway {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open == nil {
		g.open = map[string]*face.Gateway{}
	}
	if g.open[listener] == nil {
		g.open[listener] = open()
	}
	return g.open[listener]
}

// through returns the transport that carries the calls of the scenario through the gateway of the target. Scenarios
// that share an API user share its logins at the gateway.
func (s *Scene) through(listener string, carrier http.RoundTripper) http.RoundTripper {
	keeper := &s.gateways
	if s.Control == nil {
		keeper = &s.Target.Run.gateways
	}
	return keeper.at(listener, func() *face.Gateway {
		f, _ := face.Named(s.Target.Face)
		return f.Open(face.Target{Base: s.API(listener), Production: listener == OnProduction,
			Secrets: s.At(listener).Secrets, Now: s.Now})
	}).Via(carrier)
}

// payloadKey is the key, in PEM, that logins at a portal are encrypted with. A gateway with plain bodies has none; the
// login ends in package face, which opens it with a key of the fixtures.
func (s *Scene) payloadKey(listener string) ([]byte, error) {
	if f, _ := face.Named(s.Target.Face); !f.Plain {
		return s.At(listener).PublicKey, nil
	}
	return fixtures.PayloadPublicPEM(map[bool]string{false: "sandbox", true: "production"}[listener == OnProduction])
}
