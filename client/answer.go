package client

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/url"
)

// judge tells a good answer from a refusal and from one that is neither.
func (k call) judge(response *http.Response, body []byte) error {
	status := response.StatusCode
	media, _, _ := mime.ParseMediaType(response.Header.Get("Content-Type"))
	switch {
	case status >= 400 && media == mediaProblem:
		problem, err := decodeProblem(status, response.Header, body)
		if err != nil {
			return k.unexpected(status, "its problem document is not usable: "+err.Error())
		}
		return fmt.Errorf("%s %s: %w", k.method, k.path, problem)
	case status >= 300 && status < 400:
		return k.unexpected(status, "a redirect, which is not followed"+redirectHost(response))
	case status < 200 || status >= 300:
		return &UnexpectedAnswer{Method: k.method, Path: k.path, Status: status,
			Reason: "no problem document but " + mediaName(media), RetryAfter: retryAfter(response.Header)}
	case k.status != 0 && status != k.status:
		return k.unexpected(status, fmt.Sprintf("%d was expected", k.status))
	case k.media != "" && media != k.media:
		return k.unexpected(status, fmt.Sprintf("%s was expected, not %s", k.media, mediaName(media)))
	}
	return nil
}

// redirectHost names the host of a redirect and nothing else of it.
func redirectHost(response *http.Response) string {
	to, err := response.Location()
	if err != nil {
		return ""
	}
	return ", to " + to.Host
}

func mediaName(media string) string {
	if media == "" {
		return "an answer without a content type"
	}
	return media
}

func (k call) unexpected(status int, reason string) error {
	return &UnexpectedAnswer{Method: k.method, Path: k.path, Status: status, Reason: reason}
}

// failed sorts an exchange that brought no answer: the caller gave up, or no server answered.
func (k call) failed(ctx context.Context, target *url.URL, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s %s: %w", k.method, k.path, ctx.Err())
	}
	return &Unreachable{Method: k.method, Path: k.path, Host: target.Host, Err: withoutURL(err)}
}
