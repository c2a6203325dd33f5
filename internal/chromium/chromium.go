// Package chromium finds and starts a Chromium or Chrome, opens tabs in it, and finds the place to click in a
// page. The scenarios in steps/browser and the tests of the pages in internal/browsertest share it.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// ErrMissing means that there is no Chromium or Chrome.
var ErrMissing = errors.New("no Chromium was found")

// names are the names of the browsers on the PATH, the preferred one first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

const (
	startTimeout = time.Minute
	tabTimeout   = 30 * time.Second
	closeTimeout = 10 * time.Second
)

// Find returns the path of a browser: of the program that is named or, for "", of the first Chromium or Chrome on the
// PATH. The error is or wraps ErrMissing.
func Find(named string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("%w at %s", ErrMissing, named)
		}
		return path, nil
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrMissing
}

// Browser is a running browser without a window. Start makes one.
type Browser struct{ ctx context.Context } // chromedp keeps the browser in its context

// StartError is a program that did not start as a browser.
type StartError struct {
	Path string
	Err  error // the output of the program may follow in lines of its own
}

func (e *StartError) Error() string {
	return fmt.Sprintf("starting the browser %s: %s", e.Path, strings.TrimRight(e.Err.Error(), ": \n"))
}

// Unwrap returns the reason.
func (e *StartError) Unwrap() error { return e.Err }

// Start starts the browser at a path, as Find returns it. It runs outside the process group of this program, so that
// Ctrl-C does not reach it, and ends with the program. Options come after those that all browsers have. The error is a
// *StartError.
func Start(path string, options ...chromedp.ExecAllocatorOption) (*Browser, error) {
	all := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.ModifyCmdFunc(ownGroup),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true), // pages come from this machine, or by way of the Fetch domain
	)
	allocator, _ := chromedp.NewExecAllocator(context.Background(), append(all, options...)...)
	// Errors are returned by the actions that fail; chromedp need not log them.
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	if err := first(ctx, cancel, startTimeout); err != nil {
		return nil, &StartError{path, err}
	}
	return &Browser{ctx}, nil
}

// first performs the first action of a context, which starts its browser or opens its tab, and cancels the context if
// that fails. A deadline would stay with the browser, so a timer cancels a start that takes too long.
func first(ctx context.Context, cancel context.CancelFunc, limit time.Duration) error {
	timer := time.AfterFunc(limit, cancel)
	err := chromedp.Do(ctx)
	if !timer.Stop() {
		err = errors.Join(fmt.Errorf("it took longer than %v", limit), err)
	}
	if err != nil {
		cancel()
	}
	return err
}

// Tab opens a tab with no cookies and no history, and returns the context in which chromedp acts on it. The tab closes
// with the context. Its page has the focus, whichever other tabs there are. Each event of the tab is passed to hear, in
// order; hear must return at once.
func (b *Browser) Tab(hear func(event any)) (context.Context, context.CancelFunc, error) {
	return Tab(b.ctx, hear, chromedp.WithNewBrowserContext())
}

// Tab opens a tab as Browser.Tab does. With the context of another tab as its parent it shares the cookies of that tab.
func Tab(
	parent context.Context, hear func(event any), options ...chromedp.ContextOption,
) (context.Context, context.CancelFunc, error) {
	ctx, cancel := chromedp.NewContext(parent, append(options, chromedp.WithListener(hear))...)
	if err := first(ctx, cancel, tabTimeout); err != nil {
		return nil, nil, fmt.Errorf("opening a tab: %w", err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled,
		emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		cancel()
		return nil, nil, fmt.Errorf("opening a tab: %w", err)
	}
	return ctx, cancel, nil
}

// Close closes all tabs, ends the browser, waits for it and removes its files. The error of a browser that was closed
// before, or that died, wraps context.Canceled.
func (b *Browser) Close() error {
	if err := b.ctx.Err(); err != nil {
		return fmt.Errorf("closing the browser: %w", err)
	}
	ctx, cancel := context.WithTimeout(b.ctx, closeTimeout)
	defer cancel()
	return chromedp.Cancel(ctx)
}
