// Package browsertest tests pages in a real browser: with a mouse or with the keyboard alone, on a wide screen
// and on a narrow one, and as assistive technology reads them. Without a Chromium, the tests are skipped.
//
// The tests of a package share one browser. It closes at their end, so a package whose tests call Open has a TestMain
// that gives browsertest.Main(m) to goleak.VerifyTestMain.
package browsertest

import (
	"errors"
	"sync"

	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/internal/chromium"
)

// browser is a Chromium that starts when the first test needs it. The zero value is one that has not started.
type browser struct {
	mu      sync.Mutex // guards the fields below
	running *chromium.Browser
	err     error // of the start, which is tried only once
	closed  bool
}

// shared is the browser of the test binary.
var shared browser

// start returns the running browser.
func (b *browser) start() (*chromium.Browser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, errors.New("the browser was closed at the end of the tests")
	}
	if b.running == nil && b.err == nil {
		b.running, b.err = launch()
	}
	return b.running, b.err
}

// launch starts a Chromium, without its sandbox if need be: some machines deny it the user namespaces that the sandbox
// needs, and the pages are our own.
func launch() (*chromium.Browser, error) {
	path, err := chromium.Find("")
	if err != nil {
		return nil, err
	}
	running, err := chromium.Start(path)
	if err == nil {
		return running, nil
	}
	running, again := chromium.Start(path, chromedp.NoSandbox)
	if again != nil {
		return nil, errors.Join(err, again)
	}
	return running, nil
}

// close closes the browser if it runs, and waits for it.
func (b *browser) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.running == nil {
		return nil
	}
	return b.running.Close()
}

// Runner runs the tests of a package: a *testing.M, or what Main makes of it.
type Runner interface{ Run() int }

// Main returns what TestMain runs instead of m: the same tests, after which the browser closes. If it does not close, a
// run that had passed fails.
func Main(m Runner) Runner {
	mainRuns = true
	return main{m, &shared}
}

type main struct {
	tests   Runner
	browser *browser
}

func (m main) Run() int {
	code := m.tests.Run()
	if err := m.browser.close(); err != nil && code == 0 {
		return 1
	}
	return code
}

// mainRuns reports whether TestMain called Main.
var mainRuns bool
