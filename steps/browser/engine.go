package browser

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/pages"
)

// Engine is a Chromium that runs until Close. Use New.
type Engine struct {
	ctx  context.Context
	stop context.CancelFunc

	mu   sync.Mutex // guards what follows
	free []*window  // that nobody uses, without cookies
}

var _ pages.Engine = (*Engine)(nil)

// Width and height of the window, in pixels. Pictures are as high as the page.
const windowWidth, windowHeight = 1100, 900

// New starts the browser at a path, as Find returns it.
func New(path string) (*Engine, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.ModifyCmdFunc(apart),
		chromedp.DisableGPU,
		chromedp.WindowSize(windowWidth, windowHeight),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		// Nobody goes back, so no page need be kept, nor a process be ready for the next one.
		chromedp.Flag("disable-features", "Translate,BackForwardCache,SpareRendererForSitePerProcess"),
		chromedp.Flag("no-proxy-server", true), // what a tab asks for does not go by Chromium's network
	)
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	e := &Engine{ctx: ctx, stop: func() { stop(); stopAllocator() }}
	// Without a timeout: the browser lives as long as the context of its first action.
	if err := chromedp.Do(ctx); err != nil {
		e.stop()
		return nil, &StartError{Path: path, Err: err}
	}
	return e, nil
}

// StartError is a program that did not start as a browser.
type StartError struct {
	Path string
	Err  error // what it said may stand after it, in lines of their own
}

func (e *StartError) Error() string {
	return fmt.Sprintf("starting the browser %s: %s", e.Path, strings.TrimRight(e.Err.Error(), ": \n"))
}

// Unwrap returns what went wrong.
func (e *StartError) Unwrap() error { return e.Err }

// Open makes a browser for one person. Its tab opens with the first page.
func (e *Engine) Open(o client.Options) (pages.Browser, error) { return newTab(e, o), nil }

// Close closes all that is open, ends the process and removes what it wrote.
func (e *Engine) Close() error {
	e.stop() // closes the windows, too
	return nil
}
