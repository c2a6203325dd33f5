// Package forms is an engine for package pages that needs no browser. It fetches pages over HTTP,
// keeps cookies, follows redirects, and sends a form as a browser without JavaScript does. It draws
// nothing and ignores style sheets: an element that a page hides by style is visible to it.
package forms

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/pages"
)

// Engine opens browsers that are HTTP clients.
type Engine struct{}

var _ pages.Engine = Engine{}

const (
	defaultTimeout = 30 * time.Second
	pageLimit      = 4 << 20 // bytes
	accept         = "text/html,application/xhtml+xml;q=0.9,image/png,*/*;q=0.8"
)

// Open makes a browser with a cookie jar of its own.
func (Engine) Open(o client.Options) (pages.Browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("making a cookie jar: %w", err)
	}
	b := &browser{agent: cmp.Or(o.UserAgent, "nicsim-forms")}
	if o.HTTP != nil {
		b.http = *o.HTTP
	}
	b.http.Timeout = cmp.Or(b.http.Timeout, defaultTimeout)
	b.http.Jar, b.http.CheckRedirect = jar, nil // as a browser: up to ten redirects
	return b, nil
}

// Close does nothing.
func (Engine) Close() error { return nil }

type browser struct {
	http   http.Client
	agent  string
	screen *pages.Screen
}

func (b *browser) Close() error { return nil }

// Visit fetches a page.
func (b *browser) Visit(ctx context.Context, address string) (*pages.Screen, error) {
	return b.open(ctx, http.MethodGet, address, nil)
}

// Click follows a link, or sends the form of a button.
func (b *browser) Click(ctx context.Context, e pages.Element) (*pages.Screen, error) {
	if b.screen == nil {
		return nil, errors.New("no page is open")
	}
	if e.Data == "a" {
		to, err := b.screen.Address.Parse(pages.Attribute(e.Node, "href"))
		if err != nil {
			return nil, fmt.Errorf("the link's address: %w", withoutURL(err))
		}
		return b.Visit(ctx, to.String())
	}
	sent, err := submission(b.screen.Address, e.Node)
	if err != nil {
		return nil, err
	}
	return b.open(ctx, sent.method, sent.address, sent.body)
}

// Type puts a text into a field.
func (b *browser) Type(_ context.Context, field pages.Element, text string) error {
	return typeInto(field.Node, text)
}

// Choose picks a radio button or an option.
func (b *browser) Choose(_ context.Context, e pages.Element) error { return choose(e.Node) }

// Image fetches a picture.
func (b *browser) Image(ctx context.Context, address string) ([]byte, error) {
	got, picture, err := b.fetch(ctx, http.MethodGet, address, nil) //nolint:bodyclose // fetch closes it
	if err != nil {
		return nil, err
	}
	if media := got.Header.Get("Content-Type"); got.StatusCode != http.StatusOK || !strings.HasPrefix(media, "image/") {
		return nil, fmt.Errorf("the picture %s: the answer is %s, %q", got.Request.URL.Path, got.Status, media)
	}
	return picture, nil
}

func (b *browser) open(ctx context.Context, method, address string, form []byte) (*pages.Screen, error) {
	got, page, err := b.fetch(ctx, method, address, form) //nolint:bodyclose // fetch closes it
	if err != nil {
		return nil, err
	}
	if media, _, _ := mime.ParseMediaType(got.Header.Get("Content-Type")); media != "text/html" {
		return nil, fmt.Errorf("%s answers %s with %q, which is not a page", got.Request.URL.Path, got.Status, media)
	}
	b.screen, err = pages.Read(got.Request.URL, got.StatusCode, got.Header, bytes.NewReader(page))
	return b.screen, err
}

// fetch sends a request, follows redirects, and reads the last answer and its body.
func (b *browser) fetch(ctx context.Context, method, address string, form []byte) (*http.Response, []byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(form))
	if err != nil {
		return nil, nil, withoutURL(err)
	}
	request.Header.Set("User-Agent", b.agent)
	request.Header.Set("Accept", accept)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", formType)
		request.Header.Set("Origin", request.URL.Scheme+"://"+request.URL.Host)
	}
	if b.screen != nil {
		address, _, _ := strings.Cut(b.screen.Address.String(), "#")
		request.Header.Set("Referer", address)
	}
	response, err := b.http.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		return nil, nil, &client.Unreachable{Method: method, Path: request.URL.Path, Host: request.URL.Host,
			Err: withoutURL(err)}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, pageLimit))
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", request.URL.Path, err)
	}
	return response, body, nil
}

// withoutURL unwraps an error whose text repeats the URL.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
