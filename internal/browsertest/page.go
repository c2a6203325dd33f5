package browsertest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/internal/chromium"
)

// within is how long one action may take, the loading of the page it leads to included.
const within = 30 * time.Second

// Width and height of a new tab, in CSS pixels. SetWidth changes the width only.
const (
	Width  = 1280
	Height = 800
)

// Page is a tab that a test looks at. Its methods fail the test when they cannot be done; those that
// can lead to another page return when that page is loaded. It is used by one goroutine at a time.
type Page struct {
	t    testing.TB
	ctx  context.Context // chromedp keeps a tab in its context
	load *loading
}

// Open is a new tab of a browser that has no cookies and no history of other tests. It closes when
// the test ends. Where there is no Chromium the test is skipped.
func Open(t testing.TB) *Page {
	t.Helper()
	if !mainRuns {
		t.Fatal("browsertest.Open: the package has no TestMain with browsertest.Main, which closes the browser")
	}
	running, err := shared.start()
	if errors.Is(err, chromium.ErrMissing) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return open(t, running.Tab)
}

// NewTab opens one more tab of the same person: it shares the cookies.
func (p *Page) NewTab() *Page {
	p.t.Helper()
	return open(p.t, func(hear func(any)) (context.Context, context.CancelFunc, error) {
		return chromium.Tab(p.ctx, hear)
	})
}

func open(t testing.TB, tab func(hear func(any)) (context.Context, context.CancelFunc, error)) *Page {
	t.Helper()
	load := &loading{changed: make(chan struct{})}
	ctx, cancel, err := tab(load.hear)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	p := &Page{t, ctx, load}
	p.SetWidth(Width)
	return p
}

// ForgetCookies takes all cookies from the browser of this person.
func (p *Page) ForgetCookies() {
	p.t.Helper()
	run(p, "forget cookies", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
		return err
	}))
}

// StopTime has performance.now tell a test's time, in milliseconds, to the scripts of the pages that come
// from now on: a test of what happens within a moment depends on no machine's speed.
func (p *Page) StopTime(at int) {
	p.t.Helper()
	run(p, "stop time", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf("performance.now = () => %d", at)})
		return err
	}))
}

// run does something in the tab within a limit of time.
func run[T any](p *Page, what string, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, within)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("%s: %v", what, err)
	}
	return v
}

// Goto loads a page, as its address typed into the browser does. What the server answers is shown,
// whatever its status.
func (p *Page) Goto(url string) {
	p.t.Helper()
	p.navigate("goto "+url, func(ctx context.Context, t *chromedp.Target) error {
		res, err := cdp.Call(ctx, t, page.Navigate, page.NavigateParams{URL: url})
		if err == nil && res.ErrorText != "" {
			err = errors.New(res.ErrorText)
		}
		return err
	})
}

// Back is the browser's button of this name.
func (p *Page) Back() {
	p.t.Helper()
	p.navigate("back", func(ctx context.Context, t *chromedp.Target) error {
		history, err := cdp.Call(ctx, t, page.GetNavigationHistory, cdp.Empty{})
		if err != nil {
			return err
		}
		if history.CurrentIndex < 1 || history.CurrentIndex >= int64(len(history.Entries)) {
			return errors.New("there is no page before this one")
		}
		_, err = cdp.Call(ctx, t, page.NavigateToHistoryEntry,
			page.NavigateToHistoryEntryParams{EntryID: history.Entries[history.CurrentIndex-1].ID})
		return err
	})
}

// Reload is the browser's button of this name.
func (p *Page) Reload() {
	p.t.Helper()
	p.navigate("reload", func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Reload, page.ReloadParams{})
		return err
	})
}

// URL is the address of the page, its fragment included.
func (p *Page) URL() string {
	p.t.Helper()
	return Eval[string](p, "location.href")
}

// Eval evaluates a JavaScript expression in the page, whatever the page's Content-Security-Policy
// says, and waits for its value if it is a promise. T is what the value is in JSON.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return run(p, "eval "+shortened(expression), chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// shortened keeps a script out of messages.
func shortened(expression string) string {
	const most = 80
	if len(expression) > most {
		return expression[:most] + "…"
	}
	return expression
}

// SetWidth makes the window so many CSS pixels wide. 320 is what WCAG 1.4.10 (reflow) asks for.
func (p *Page) SetWidth(px int) {
	p.t.Helper()
	run(p, "width", chromedp.EmulateViewport(int64(px), Height))
}

// ScrollsSideways tells whether the page is wider than the window.
func (p *Page) ScrollsSideways() bool {
	p.t.Helper()
	return Eval[bool](p, "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth")
}

// Screenshot is the whole page, beyond the window too, as a PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	return run(p, "screenshot", chromedp.FullScreenshot(100))
}

// Printed is how many sheets of A4 the page takes, at the browser's usual margins.
func (p *Page) Printed() int {
	p.t.Helper()
	const width, height = 210 / 25.4, 297 / 25.4 // inches
	file := run(p, "print", func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		res, err := cdp.Call(ctx, t, page.PrintToPDF, page.PrintToPDFParams{PaperWidth: width, PaperHeight: height})
		if err != nil {
			return nil, err
		}
		return res.Data, nil
	})
	return len(sheets.FindAll(file, -1))
}

// sheets are the pages of a PDF: its tree of them is /Type /Pages.
var sheets = regexp.MustCompile(`/Type\s*/Page\b`)
