package steps

import (
	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// The interfaces by which the steps reach the portals. Programs that drive the portals in another way
// implement Driver.
type (
	// Driver reaches the portals in one way.
	Driver = scene.Driver
	// TrialPortal is section 1 of the guide.
	TrialPortal = scene.TrialPortal
	// ProductionPortal is section 2 of the guide.
	ProductionPortal = scene.ProductionPortal
	// GSP is the guide's last step, at a GSP (GST Suvidha Provider).
	GSP = scene.GSP
)

// JSON is the driver that speaks the portals' JSON. It has nothing to close.
type JSON struct{}

// Trial reaches the trial portal.
func (JSON) Trial(baseURL string, o client.Options) (TrialPortal, error) {
	return client.NewSandbox(baseURL, o)
}

// Production reaches the production portal.
func (JSON) Production(baseURL string, o client.Options) (ProductionPortal, error) {
	return client.NewProduction(baseURL, o)
}

// GSP reaches the GSP at which credentials are entered.
func (JSON) GSP(baseURL string, o client.Options) (GSP, error) { return client.NewGSP(baseURL, o) }

// SpeaksJSON is true.
func (JSON) SpeaksJSON() bool { return true }

// Close does nothing.
func (JSON) Close() error { return nil }
