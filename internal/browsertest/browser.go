// Package browsertest lets tests see pages as people do: in a real browser, with a mouse or with only the
// keys, on a wide screen and on a narrow one, and as assistive technology reads them. It is for tests;
// where there is no Chromium, they skip.
//
// A package whose tests call Open says so in its TestMain, so that the browser, which they share, ends
// with them: os.Exit(browsertest.Main(m).Run()), or goleak.VerifyTestMain(browsertest.Main(m)).
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
)

// names are those that Chromium and Chrome have on a PATH, the one to be preferred first.
var names = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// errNone is what there is to say where no test can run.
var errNone = errors.New("no Chromium on the PATH: skipped")

const (
	startWithin = time.Minute
	endWithin   = 10 * time.Second
)

// browser is a Chromium that is started when the first test wants it. The zero value is one that was
// not started yet.
type browser struct {
	mu    sync.Mutex
	ctx   context.Context // chromedp keeps a browser in its context
	err   error
	begun bool
	ended bool
}

// shared is the one browser of a test binary.
var shared browser

// find is the path of a Chromium.
func find(look func(string) (string, error)) (string, error) {
	for _, name := range names {
		if at, err := look(name); err == nil {
			return at, nil
		}
	}
	return "", errNone
}

// start gives the context under which tabs are opened. A browser that would not start is not tried
// again.
func (b *browser) start() (context.Context, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return nil, errors.New("the browser has ended, and with it the tests that may use it")
	}
	if !b.begun {
		b.begun = true
		b.ctx, b.err = launch(exec.LookPath)
	}
	return b.ctx, b.err
}

// end closes the browser, if there is one, and waits until it and what it has written are gone.
func (b *browser) end() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ended = true
	if b.ctx == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(b.ctx, endWithin)
	defer cancel()
	b.ctx = nil
	return chromedp.Cancel(ctx)
}

// launch starts a Chromium. Chromium's sandbox needs more than some machines allow (user namespaces,
// which Ubuntu keeps from programs it does not know); pages are our own, so it also goes without.
func launch(look func(string) (string, error)) (context.Context, error) {
	at, err := find(look)
	if err != nil {
		return nil, err
	}
	ctx, withSandbox := launchAs(at)
	if withSandbox == nil {
		return ctx, nil
	}
	ctx, without := launchAs(at, chromedp.NoSandbox)
	if without != nil {
		return nil, fmt.Errorf("starting %s: %w", at, errors.Join(withSandbox, without))
	}
	return ctx, nil
}

func launchAs(at string, more ...chromedp.ExecAllocatorOption) (context.Context, error) {
	// The defaults are headless, know no first run, and do no networking of their own in the
	// background; as root they have no sandbox.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(at),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("no-proxy-server", true), // the pages are this machine's
	)
	allocator, _ := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	// What goes wrong is in the errors of what was to be done; nothing is to be said besides.
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	// The browser lives as long as the context of its first Run, so that one has no deadline: only a
	// start that takes too long is given up.
	patience := time.AfterFunc(startWithin, cancel)
	err := chromedp.Do(ctx)
	if !patience.Stop() && err == nil {
		err = fmt.Errorf("it took longer than %v", startWithin)
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return ctx, nil
}

// Runner is what runs the tests of a package: *testing.M, and what Main makes of it.
type Runner interface{ Run() int }

// Main is what TestMain runs instead of m: the same tests, and then the end of their browser. A browser
// that would not end makes a run fail that had passed.
func Main(m Runner) Runner {
	mainRuns = true
	return main{m, &shared}
}

type main struct {
	tests Runner
	its   *browser
}

func (m main) Run() int {
	code := m.tests.Run()
	if err := m.its.end(); err != nil && code == 0 {
		return 1
	}
	return code
}

// mainRuns is set before the first test of a package that ends its browser.
var mainRuns bool
