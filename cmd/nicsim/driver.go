package main

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/browser"
	"github.com/nicsim/nicsim/steps/forms"
	"github.com/nicsim/nicsim/steps/pages"
)

// The values of --driver.
const (
	byJSON    = "json"
	byForms   = "forms"
	byBrowser = "browser"
)

// driving has the flags that say how the portals are reached.
type driving struct {
	driver  string
	browser string // program; empty for the first that is found
}

func (d *driving) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&d.driver, "driver", byJSON,
		"`json|forms|browser`: how the portals are reached; forms are web pages without JavaScript")
	flags.StringVar(&d.browser, "browser", "",
		"`program` to start for --driver browser (default: the Chromium or Chrome on the PATH)")
}

// open makes the driver. The album takes pictures of a browser's pages; nil takes none.
func (d driving) open(album pages.Album) (steps.Driver, error) {
	switch d.driver {
	case byJSON:
		return steps.JSON{}, nil
	case byForms:
		return pages.Driver{Engine: forms.Engine{}}, nil
	case byBrowser:
		path, err := chromium.Find(d.browser)
		if err != nil {
			return nil, wrongUse{fmt.Errorf("--driver browser: %w", err),
				"install Chromium (apt install chromium, brew install chromium), or give its path with --browser or " +
					"NICSIM_BROWSER; --driver forms needs no browser"}
		}
		engine, err := browser.New(path)
		if err != nil {
			return nil, err
		}
		return pages.Driver{Engine: engine, Album: album}, nil
	}
	return nil, d.check()
}

// check refuses an unknown driver, and --browser for a driver that uses none.
func (d driving) check() error {
	if err := oneOf("driver", d.driver, byJSON, byForms, byBrowser); err != nil {
		return err
	}
	if d.browser != "" && d.driver != byBrowser {
		return wrongUse{errors.New("--browser is for --driver browser"), "give both, or leave it out"}
	}
	return nil
}

// atOnce is the default number of scenarios that run side by side; 0 leaves it to package steps. A browser
// needs much time for each.
func (d driving) atOnce() int {
	if d.driver == byBrowser {
		return 1 + runtime.GOMAXPROCS(0)
	}
	return 0
}
