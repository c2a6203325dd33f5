package forms

import (
	"bytes"
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

	"golang.org/x/net/html"

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
	b := &browser{agent: o.UserAgent}
	if o.HTTP != nil {
		b.http = *o.HTTP
	}
	if b.http.Timeout == 0 {
		b.http.Timeout = defaultTimeout
	}
	b.http.Jar, b.http.CheckRedirect = jar, nil // as a browser: up to ten redirects
	if b.agent == "" {
		b.agent = "nicsim-forms"
	}
	return b, nil
}

// Close has nothing to end.
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
	got, err := b.fetch(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	if media := got.header.Get("Content-Type"); got.status != http.StatusOK || !strings.HasPrefix(media, "image/") {
		return nil, fmt.Errorf("the picture %s: the answer is %d, %q", got.from.Path, got.status, media)
	}
	return got.body, nil
}

func (b *browser) open(ctx context.Context, method, address string, form []byte) (*pages.Screen, error) {
	got, err := b.fetch(ctx, method, address, form)
	if err != nil {
		return nil, err
	}
	if media, _, _ := mime.ParseMediaType(got.header.Get("Content-Type")); media != "text/html" {
		return nil, fmt.Errorf("%s answers %d with %q, which is no page", got.from.Path, got.status, media)
	}
	b.screen, err = pages.Read(got.from, got.status, got.header, bytes.NewReader(got.body))
	return b.screen, err
}

// answer is what came back in the end.
type answer struct {
	from   *url.URL // after all redirects
	status int
	header http.Header
	body   []byte
}

// fetch asks, follows redirects, and reads the answer.
func (b *browser) fetch(ctx context.Context, method, address string, form []byte) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(form))
	if err != nil {
		return answer{}, withoutURL(err)
	}
	request.Header.Set("User-Agent", b.agent)
	request.Header.Set("Accept", accept)
	if method == http.MethodPost {
		request.Header.Set("Content-Type", formType)
		request.Header.Set("Origin", request.URL.Scheme+"://"+request.URL.Host)
	}
	if b.screen != nil {
		request.Header.Set("Referer", withoutFragment(b.screen.Address))
	}
	response, err := b.http.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		return answer{}, &client.Unreachable{Method: method, Path: request.URL.Path, Host: request.URL.Host,
			Err: withoutURL(err)}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, pageLimit))
	if err != nil {
		return answer{}, fmt.Errorf("reading %s: %w", request.URL.Path, err)
	}
	return answer{response.Request.URL, response.StatusCode, response.Header, body}, nil
}

func withoutFragment(address *url.URL) string {
	plain := *address
	plain.Fragment, plain.RawFragment = "", ""
	return plain.String()
}

// withoutURL takes off the wrapping that repeats the URL.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// inForm tells whether a control is sent with a form: it stands in it, or names it.
func inForm(control, form *html.Node) bool {
	if owner := pages.Attribute(control, "form"); owner != "" {
		return owner == pages.Attribute(form, "id")
	}
	return pages.Within(control, "form") == form
}
