package browsertest

import (
	"context"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// loading follows what the browser tells about a tab's page: whether one is coming.
type loading struct {
	mu        sync.Mutex
	frame     cdp.FrameID // the tab's outermost
	asked     bool        // a link or a form wants another page, which has not begun to load
	under     bool        // it loads
	navigated int         // how many pages came, those out of the history and places of one page included
	changed   chan struct{}
}

// hear is called for each event of the tab, in their order.
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

// begin forgets what was asked for earlier, and tells how many pages there were.
func (l *loading) begin(frame cdp.FrameID) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frame, l.asked = frame, false
	return l.navigated
}

// wait returns when nothing loads and there were more pages than a number.
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

// navigate does something that brings another page for certain, and waits for it.
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

// act does something that may bring another page, and waits for it if it does.
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

// settled waits for the page that what was done brings, if it brings one.
func (p *Page) settled(ctx context.Context, t *chromedp.Target) error {
	afterTasks(ctx, t)
	if err := p.load.wait(ctx, -1); err != nil {
		return err
	}
	return loaded(ctx, t)
}

// loaded waits until the page that is shown is loaded and drawn: a field with autofocus has the focus
// from then on.
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

// wentAway tells whether a script could not end because its page was replaced.
func wentAway(err error) bool {
	for _, words := range []string{"navigated or closed", "context was destroyed", "Cannot find context",
		"Promise was collected"} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

// afterTasks returns when the page has done what it had before it. A form is sent in a task of its own,
// after that of the click. The page may go away meanwhile, so an error tells nothing.
func afterTasks(ctx context.Context, t *chromedp.Target) {
	const script = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
	_, _ = chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise)(ctx, t)
}
