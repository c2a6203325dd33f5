package main

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/browser"
	"github.com/nicsim/nicsim/steps/forms"
	"github.com/nicsim/nicsim/steps/pages"
)

// The ways to reach a portal, as --driver names them.
const (
	byJSON    = "json"
	byForms   = "forms"
	byBrowser = "browser"
)

// driving is how the portals are reached.
type driving struct {
	driver  string
	browser string // program; empty: the first that is found
}

func (d *driving) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&d.driver, "driver", byJSON,
		"`json|forms|browser`: how the portals are reached; forms are web pages without JavaScript")
	flags.StringVar(&d.browser, "browser", "",
		"`program` to start for --driver browser (default: the Chromium or Chrome on the PATH)")
}

// open makes the driver. The album is of a browser's pages; nil keeps none.
func (d driving) open(album pages.Album) (steps.Driver, error) {
	switch d.driver {
	case byJSON:
		return steps.JSON{}, nil
	case byForms:
		return pages.Driver{Engine: forms.Engine{}}, nil
	case byBrowser:
		path, err := browser.Find(d.browser)
		if err != nil {
			return nil, wrongUse{fmt.Errorf("--driver browser: %w", err),
				"install Chromium (apt install chromium, brew install chromium), or say with --browser or NICSIM_BROWSER where " +
					"it is; --driver forms needs none"}
		}
		engine, err := browser.New(path)
		if err != nil {
			return nil, err
		}
		return pages.Driver{Engine: engine, Album: album}, nil
	}
	return nil, d.check()
}

// check refuses what is no driver, and flags that go with another.
func (d driving) check() error {
	switch d.driver {
	case byJSON, byForms, byBrowser:
	default:
		return wrongUse{fmt.Errorf("--driver: %q is none of json, forms and browser", d.driver), "json is the default"}
	}
	if d.browser != "" && d.driver != byBrowser {
		return wrongUse{errors.New("--browser is for --driver browser"), "give both, or leave it out"}
	}
	return nil
}

// atOnce is how many scenarios run side by side if nobody says it; 0 leaves it to the steps. A browser
// has much to do for each.
func (d driving) atOnce() int {
	if d.driver == byBrowser {
		return 1 + runtime.GOMAXPROCS(0)
	}
	return 0
}
