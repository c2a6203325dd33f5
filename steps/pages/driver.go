// Package pages performs the guide on the portals' web pages. It follows links and presses buttons by
// their text, fills in fields by their labels, and reads values from the marks that docs/portal-pages.md
// describes. It knows the guide's pages and their order. An Engine fetches pages and sends forms:
// without a browser (package forms) or in one (package browser).
//
// An action that a page does not offer is an error, which names what was looked for and what the page has. A
// refusal on a page is a *client.Problem, as in JSON.
package pages

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps"
)

// Driver performs the guide on web pages.
type Driver struct {
	Engine Engine
	// Album gets a picture of each page that is opened and of each form that is filled in. It may be nil.
	Album Album
}

// Album collects pictures of a walk.
type Album func(ctx context.Context, m Moment, b Photographer, hide []Element) error

// Moment is when a picture is taken.
type Moment struct {
	Environment string // the portal's
	Page        string // its data-page
	Pressed     string // the button that is about to be pressed, "" for a page as it was opened
}

var _ steps.Driver = Driver{}

// Trial opens the trial portal.
func (d Driver) Trial(baseURL string, o client.Options) (steps.TrialPortal, error) {
	p, err := d.open(baseURL, client.EnvironmentSandbox, "/account", o)
	return trial{p}, err
}

// Production opens the production portal.
func (d Driver) Production(baseURL string, o client.Options) (steps.ProductionPortal, error) {
	p, err := d.open(baseURL, client.EnvironmentProduction, "/dashboard", o)
	return production{p}, err
}

// GSP opens the GSP at which credentials are entered.
func (d Driver) GSP(baseURL string, o client.Options) (steps.GSP, error) {
	p, err := d.open(baseURL, client.EnvironmentGSP, "", o)
	return gsp{p}, err
}

func (d Driver) open(baseURL, environment, session string, o client.Options) (*portal, error) {
	base, err := url.Parse(strings.TrimRight(baseURL, "/"))
	if err != nil || base.Host == "" {
		return nil, errors.New("base URL: it must be that of a portal, as in http://127.0.0.1:7001")
	}
	browser, err := d.Engine.Open(o)
	if err != nil {
		return nil, fmt.Errorf("opening a browser: %w", err)
	}
	return &portal{browser: browser, base: base, environment: environment, session: session, album: d.Album}, nil
}

// SpeaksJSON is false.
func (Driver) SpeaksJSON() bool { return false }

// Close ends the engine.
func (d Driver) Close() error { return d.Engine.Close() }
