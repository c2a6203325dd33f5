//go:build pact

package client_test

import (
	"context"
	"net/http"
	"net/url"

	"github.com/pact-foundation/pact-go/v2/matchers"

	"github.com/nicsim/nicsim/client"
)

// A captcha that a provider state has drawn, and the text in its picture. The state gives a wrong answer too, as it
// knows the right one.
const (
	aCaptcha    = "a captcha"
	rightAnswer = "K7MPR4"
	wrongAnswer = "AAAAAA"
)

var drawn = example(1)

// captchaBody is the member captcha of a form in the pact.
func captchaBody(answer string) map[string]any {
	expression := "${captchaAnswer}"
	if answer == wrongAnswer {
		expression = "${wrongCaptchaAnswer}"
	}
	return map[string]any{
		"captchaId": fromState("${captchaId}", drawn), "answer": fromState(expression, answer),
	}
}

// typed is the same member in a call of the client.
func typed(answer string) client.CaptchaAnswer {
	return client.CaptchaAnswer{CaptchaID: drawn, Answer: answer}
}

// captchas returns the interactions about captchas, which are the same on both portals.
func captchas[C client.Portal]() []interaction[C] {
	const under = "/portal/v1/captchas/"
	var got client.Captcha // whose picture the second interaction fetches
	ask := interaction[C]{
		about: "a new captcha",
		asks:  asked{method: http.MethodPost, path: "/portal/v1/captchas"},
		gets: good(http.StatusCreated, map[string]any{
			"captchaId": anID(1),
			"image":     matchers.Regex(under+drawn+".png", `^/portal/v1/captchas/[0-9a-f-]{36}\.png$`),
			"expiresAt": aTime(later),
		}),
		call: func(ctx context.Context, c C) (any, error) {
			var err error
			if got, err = c.Open(ctx, client.FormLogin); err != nil {
				return nil, err
			}
			image, err := url.Parse(got.Image)
			read := got
			read.Image = image.Path // the mock has another host
			return read, err
		},
		want: client.Captcha{ID: drawn, Image: under + drawn + ".png", ExpiresAt: later},
	}
	return []interaction[C]{ask, {
		about: "the picture of a captcha",
		given: []string{aCaptcha},
		after: &ask,
		asks:  asked{method: http.MethodGet, path: fromState(under+"${captchaId}.png", under+drawn+".png")},
		gets:  answered{status: http.StatusOK, header: map[string]any{"Content-Type": "image/png"}},
		call:  func(ctx context.Context, c C) (any, error) { return c.CaptchaImage(ctx, got) },
		want:  []byte{}, // the content of the picture is not part of the pact
	}}
}
