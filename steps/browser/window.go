package browser

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// window is a browser context with one tab. Opening one takes long, so a window that is left is emptied and used
// again.
type window struct {
	ctx  context.Context
	user atomic.Pointer[tab] // nil while it is free
}

// window returns a window for a tab, a free one if there is one.
func (e *Engine) window(t *tab) (*window, error) {
	w := e.taken()
	if w == nil {
		var err error
		if w, err = e.fresh(); err != nil {
			return nil, err
		}
	}
	w.user.Store(t)
	return w, nil
}

func (e *Engine) taken() *window {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.free) == 0 {
		return nil
	}
	w := e.free[len(e.free)-1]
	e.free = e.free[:len(e.free)-1]
	return w
}

func (e *Engine) fresh() (*window, error) {
	w := &window{}
	var err error
	if w.ctx, _, err = e.browser.Tab(w.hear); err != nil { // it closes with the engine
		return nil, err
	}
	if _, err := chromedp.Call(w.ctx, fetch.Enable, fetch.EnableParams{}); err != nil {
		return nil, fmt.Errorf("preparing a window: %w", err)
	}
	return w, nil
}

// hear hands the requests of the window to the tab that uses it.
func (w *window) hear(event any) {
	paused, ok := event.(*fetch.EventRequestPaused)
	if !ok {
		return
	}
	if t := w.user.Load(); t != nil {
		t.carried.Go(func() { t.carry(w.ctx, paused) })
		return
	}
	go func() { // requests of a page that was left are aborted
		_, _ = chromedp.Call(w.ctx, fetch.FailRequest, fetch.FailRequestParams{
			RequestID: paused.RequestID, ErrorReason: network.ErrorReasonAborted,
		})
	}()
}

// leave empties a window and keeps it for the next tab.
func (e *Engine) leave(w *window) error {
	w.user.Store(nil)
	ctx, cancel := context.WithTimeout(w.ctx, stepTimeout)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		return fmt.Errorf("leaving a window: %w", err)
	}
	if _, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{}); err != nil {
		return fmt.Errorf("leaving a window: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.free = append(e.free, w)
	return nil
}
