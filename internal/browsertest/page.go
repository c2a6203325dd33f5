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

// within is the time limit of one action, including the loading of the page that it leads to.
const within = 30 * time.Second

// Width and height of a new tab, in CSS pixels. SetWidth changes the width only.
const (
	Width  = 1280
	Height = 800
)

// Page is a tab for a test. A method that cannot do its work fails the test. A method that can lead to another page
// returns when that page is loaded. Only one goroutine at a time may use a Page.
type Page struct {
	t    testing.TB
	ctx  context.Context // chromedp keeps a tab in its context
	load *loading
}

// Open opens a new tab, without the cookies and the history of other tests. It closes when the test ends. Without a
// Chromium the test is skipped.
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

// NewTab opens another tab of the same person, which shares the cookies.
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

// ForgetCookies deletes all cookies of this person.
func (p *Page) ForgetCookies() {
	p.t.Helper()
	run(p, "forget cookies", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.ClearBrowserCookies, cdp.Empty{})
		return err
	}))
}

// StopTime makes performance.now return the given time, in milliseconds, to the scripts of the pages that load from now
// on. So a test of short intervals does not depend on the speed of the machine.
func (p *Page) StopTime(at int) {
	p.t.Helper()
	run(p, "stop time", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf("performance.now = () => %d", at)})
		return err
	}))
}

// run performs an action in the tab within the time limit.
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

// Goto loads a page, as if its address was typed into the browser. The answer is shown whatever its status.
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

// Back presses the browser's Back button.
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

// Reload presses the browser's Reload button.
func (p *Page) Reload() {
	p.t.Helper()
	p.navigate("reload", func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.Reload, page.ReloadParams{})
		return err
	})
}

// URL returns the address of the page, including its fragment.
func (p *Page) URL() string {
	p.t.Helper()
	return Eval[string](p, "location.href")
}

// Eval evaluates a JavaScript expression in the page, regardless of the page's Content-Security-Policy. If the value is
// a promise, Eval waits for it. The value is decoded from JSON into a T.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return run(p, "eval "+shortened(expression), chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// shortened shortens a script for messages.
func shortened(expression string) string {
	const most = 80
	if len(expression) > most {
		return expression[:most] + "…"
	}
	return expression
}

// SetWidth sets the width of the window in CSS pixels. WCAG 1.4.10 (reflow) requires 320.
func (p *Page) SetWidth(px int) {
	p.t.Helper()
	run(p, "width", chromedp.EmulateViewport(int64(px), Height))
}

// ScrollsSideways reports whether the page is wider than the window.
func (p *Page) ScrollsSideways() bool {
	p.t.Helper()
	return Eval[bool](p, "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth")
}

// Screenshot returns a picture of the whole page as a PNG.
func (p *Page) Screenshot() []byte {
	p.t.Helper()
	return run(p, "screenshot", chromedp.FullScreenshot(100))
}

// Printed returns the number of A4 sheets that the page takes with the browser's usual margins.
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

// sheets matches the pages of a PDF, and not the tree of pages, which is /Type /Pages.
var sheets = regexp.MustCompile(`/Type\s*/Page\b`)
