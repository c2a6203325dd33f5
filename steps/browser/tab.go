package browser

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/pages"
)

// stepTimeout limits the time that a page may take.
const stepTimeout = 30 * time.Second

// tab is one person's browser at one portal.
type tab struct {
	engine  *Engine
	carrier http.RoundTripper
	agent   string

	window  *window        // nil until the first page is opened
	carried sync.WaitGroup // requests without answer yet

	mu     sync.Mutex        // guards images and lost
	images map[string][]byte // that pages have shown, by address
	lost   error             // why the newest request got no answer
}

var (
	_ pages.Browser      = (*tab)(nil)
	_ pages.Photographer = (*tab)(nil)
)

func newTab(e *Engine, o client.Options) *tab {
	t := &tab{engine: e, agent: o.UserAgent, carrier: http.DefaultTransport, images: map[string][]byte{}}
	if o.HTTP != nil && o.HTTP.Transport != nil {
		t.carrier = o.HTTP.Transport
	}
	return t
}

// open opens the tab.
func (t *tab) open() (err error) {
	if t.window == nil {
		t.window, err = t.engine.window(t)
	}
	return err
}

// Close gives the window back to the engine.
func (t *tab) Close() error {
	if t.window == nil {
		return nil
	}
	w := t.window
	t.window = nil
	err := t.engine.leave(w)
	t.carried.Wait()
	return err
}

// within is the context of one action. It ends with the tab, with ctx, or after stepTimeout.
func (t *tab) within(ctx context.Context) (context.Context, context.CancelFunc) {
	step, cancel := context.WithTimeout(t.window.ctx, stepTimeout)
	release := context.AfterFunc(ctx, cancel)
	return step, func() { release(); cancel() }
}

// Visit opens an address.
func (t *tab) Visit(ctx context.Context, address string) (*pages.Screen, error) {
	if err := t.open(); err != nil {
		return nil, err
	}
	return t.load(ctx, chromedp.NavigateResponse(address))
}

// load performs an action that leads to another page, and reads the page.
func (t *tab) load(ctx context.Context, what chromedp.Action[*network.Response]) (*pages.Screen, error) {
	step, cancel := t.within(ctx)
	defer cancel()
	t.forget()
	response, err := chromedp.Run(step, what)
	if err != nil {
		return nil, t.why(ctx, err)
	}
	if response == nil {
		return nil, errors.New("it led to no page")
	}
	if media := response.MimeType; media != "text/html" {
		return nil, fmt.Errorf("the answer is %d with %q, which is not a page", response.Status, media)
	}
	shown, err := chromedp.Run(step, chromedp.Evaluate[struct{ Address, Markup string }](
		`({Address: location.href, Markup: document.documentElement.outerHTML})`))
	if err != nil {
		return nil, t.why(ctx, err)
	}
	at, err := url.Parse(shown.Address)
	if err != nil {
		return nil, errors.New("the page has no address")
	}
	return pages.Read(at, int(response.Status), headerOf(response.Headers),
		bytes.NewReader([]byte("<!doctype html>"+shown.Markup)))
}

func headerOf(headers network.Headers) http.Header {
	all := http.Header{}
	for name, value := range headers {
		for line := range strings.SplitSeq(fmt.Sprint(value), "\n") {
			all.Add(name, line)
		}
	}
	return all
}

// why is the cause of an action's error: the end of ctx, a missing answer, or err itself. It is nil if err is.
func (t *tab) why(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case t.lost != nil:
		return t.lost
	}
	return err
}

func (t *tab) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lost = nil
}

// Image returns a picture that a page has shown.
func (t *tab) Image(_ context.Context, address string) ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	image, shown := t.images[address]
	if !shown {
		return nil, fmt.Errorf("no page has shown the picture %s", address)
	}
	return image, nil
}
