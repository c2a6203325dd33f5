package browsertest

import (
	"context"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// loading follows the events of a tab, to know whether it loads a page.
type loading struct {
	mu        sync.Mutex
	frame     cdp.FrameID // the outermost frame of the tab
	asked     bool        // a link or a form asked for another page, which has not begun to load
	under     bool        // a page is loading
	navigated int         // the number of pages, including those from the history and changes of the fragment
	changed   chan struct{}
}

// hear is called for each event of the tab, in order.
func (l *loading) hear(event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch e := event.(type) {
	case *page.EventFrameRequestedNavigation:
		l.asked = l.asked || e.FrameID == l.frame
	case *page.EventFrameStartedLoading:
		if e.FrameID == l.frame {
			l.asked, l.under = false, true
		}
	case *page.EventFrameStoppedLoading:
		if e.FrameID == l.frame {
			l.asked, l.under = false, false
		}
	case *page.EventFrameNavigated:
		if e.Frame.ParentID == "" {
			l.navigated++
		}
	case *page.EventNavigatedWithinDocument:
		if e.FrameID == l.frame {
			l.asked = false
			l.navigated++
		}
	default:
		return
	}
	close(l.changed)
	l.changed = make(chan struct{})
}

// begin discards earlier requests for a page, and returns the number of pages so far.
func (l *loading) begin(frame cdp.FrameID) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frame, l.asked = frame, false
	return l.navigated
}

// wait returns when no page is loading and the number of pages is greater than the given one.
func (l *loading) wait(ctx context.Context, moreThan int) error {
	for {
		l.mu.Lock()
		done, changed := !l.asked && !l.under && l.navigated > moreThan, l.changed
		l.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type step = func(context.Context, *chromedp.Target) error

// navigate performs an action that always leads to another page, and waits for the page.
func (p *Page) navigate(what string, do step) {
	p.t.Helper()
	run(p, what, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		before := p.load.begin(cdp.FrameID(t.TargetID))
		if err := do(ctx, t); err != nil {
			return err
		}
		if err := p.load.wait(ctx, before); err != nil {
			return err
		}
		return loaded(ctx, t)
	}))
}

// act performs an action that may lead to another page. If it does, act waits for the page.
func (p *Page) act(what string, do step) {
	p.t.Helper()
	run(p, what, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		p.load.begin(cdp.FrameID(t.TargetID))
		if err := do(ctx, t); err != nil {
			return err
		}
		return p.settled(ctx, t)
	}))
}

// settled waits for the page that the last action leads to, if it leads to one.
func (p *Page) settled(ctx context.Context, t *chromedp.Target) error {
	afterTasks(ctx, t)
	if err := p.load.wait(ctx, -1); err != nil {
		return err
	}
	return loaded(ctx, t)
}

// loaded waits until the page is loaded and drawn. From then on a field with autofocus has the focus.
func loaded(ctx context.Context, t *chromedp.Target) error {
	const script = `new Promise(done => {
		const drawn = () => requestAnimationFrame(() => done());
		if (document.readyState === "complete") drawn(); else addEventListener("load", drawn);
	})`
	for {
		_, err := chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise)(ctx, t)
		if err == nil || ctx.Err() != nil || !wentAway(err) {
			return err
		}
	}
}

// wentAway reports whether a script was interrupted because its page was replaced.
func wentAway(err error) bool {
	for _, words := range []string{"navigated or closed", "context was destroyed", "Cannot find context",
		"Promise was collected"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// afterTasks returns when the page has performed its pending tasks. A form is sent in a task of its own, after the task
// of the click. The page may be replaced meanwhile, so errors are ignored.
func afterTasks(ctx context.Context, t *chromedp.Target) {
	const script = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
	_, _ = chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise)(ctx, t)
}
