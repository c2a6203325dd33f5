package browser

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/client"
)

// carry sends a request of the tab to the portal and gives the tab the answer. Errors of the tab itself are
// ignored here: the action that waits for the page returns them.
func (t *tab) carry(ctx context.Context, asked *fetch.EventRequestPaused) {
	answer, err := t.ask(ctx, asked.Request)
	if err != nil {
		t.lose(asked.Request, err)
		_, _ = chromedp.Call(ctx, fetch.FailRequest, fetch.FailRequestParams{
			RequestID: asked.RequestID, ErrorReason: network.ErrorReasonConnectionFailed,
		})
		return
	}
	answer.RequestID = asked.RequestID
	_, _ = chromedp.Call(ctx, fetch.FulfillRequest, answer)
}

func (t *tab) ask(ctx context.Context, r *network.Request) (fetch.FulfillRequestParams, error) {
	var none fetch.FulfillRequestParams
	if r.Headers["Accept"] == "text/event-stream" { // it would not end; after 204 the page does not ask again
		return fetch.FulfillRequestParams{ResponseCode: http.StatusNoContent}, nil
	}
	var body []byte
	for _, part := range r.PostDataEntries {
		body = append(body, part.Bytes...)
	}
	request, err := http.NewRequestWithContext(ctx, r.Method, r.URL, bytes.NewReader(body))
	if err != nil {
		return none, err
	}
	for name, value := range r.Headers {
		request.Header.Set(name, fmt.Sprint(value))
	}
	if t.agent != "" {
		request.Header.Set("User-Agent", t.agent)
	}
	response, err := t.carrier.RoundTrip(request)
	if err != nil {
		return none, err
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		return none, fmt.Errorf("the answer is incomplete: %w", err)
	}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "image/") && response.StatusCode == http.StatusOK {
		t.keep(r.URL, got)
	}
	answer := fetch.FulfillRequestParams{ResponseCode: int64(response.StatusCode), Body: got}
	for name, values := range response.Header {
		for _, value := range values {
			answer.ResponseHeaders = append(answer.ResponseHeaders, &fetch.HeaderEntry{Name: name, Value: value})
		}
	}
	return answer, nil
}

func (t *tab) keep(address string, image []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.images[address] = image
}

// lose keeps the error of a request without answer.
func (t *tab) lose(r *network.Request, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, parsed := url.Parse(r.URL)
	if parsed != nil {
		t.lost = err
		return
	}
	t.lost = &client.Unreachable{Method: r.Method, Path: at.Path, Host: at.Host, Err: err}
}
