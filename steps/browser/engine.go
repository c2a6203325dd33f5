package browser

import (
	"sync"

	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/steps/pages"
)

// Engine is a Chromium that runs until Close. Use New.
type Engine struct {
	browser *chromium.Browser

	mu   sync.Mutex // guards free
	free []*window  // without a tab and without cookies
}

var _ pages.Engine = (*Engine)(nil)

// Width and height of the window, in pixels. Pictures are as high as the page.
const windowWidth, windowHeight = 1100, 900

// New starts the browser at a path, as chromium.Find returns it. The error is a *chromium.StartError.
func New(path string) (*Engine, error) {
	browser, err := chromium.Start(path,
		chromedp.WindowSize(windowWidth, windowHeight),
		// A scenario never goes back, so neither kept pages nor spare processes are needed.
		chromedp.Flag("disable-features", "Translate,BackForwardCache,SpareRendererForSitePerProcess"))
	if err != nil {
		return nil, err
	}
	return &Engine{browser: browser}, nil
}

// Open makes a browser for one person. Its tab opens with the first page.
func (e *Engine) Open(o client.Options) (pages.Browser, error) { return newTab(e, o), nil }

// Close closes all windows, ends the process and removes its files.
func (e *Engine) Close() error { return e.browser.Close() }
