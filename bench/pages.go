package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// pagesReport is how fast web pages are served, next to a bare handler that has its page ready.
type pagesReport struct {
	bare  series
	pages []pageSeries
}

// pageSeries is one page.
type pageSeries struct {
	name, url string
	of        series
}

// measurePages lets the bare program and nicsim serve pages in turns. Each request brings the cookie
// of forms, as a browser's second does.
func measurePages(ctx context.Context, p plan, r *pagesReport) (err error) {
	bare, nicsim, err := both(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop(), nicsim.stop()) }()
	otp, err := waitingForOTP(ctx, nicsim.urls)
	if err != nil {
		return fmt.Errorf("preparing the page of an OTP: %w", err)
	}
	sandbox := nicsim.urls["sandbox"]
	r.pages = []pageSeries{
		{name: "home, `GET /`", url: sandbox + "/"},
		{name: "Login, `GET /login`", url: sandbox + "/login"},
		{name: "Registration Form, `GET /register`", url: sandbox + "/register"},
		{name: "Companies, `GET /companies?through=GSP`", url: sandbox + "/companies?through=GSP"},
		{name: "Enter OTP, `GET /register/{id}/otp`", url: otp},
		{name: "dashboard, `GET /`", url: nicsim.urls["control"] + "/"},
	}
	page := func(url string) request {
		return request{
			method: http.MethodGet, url: url, status: http.StatusOK, begins: "<!doctype html>",
			header: http.Header{"Accept": {"text/html"}, "Cookie": {"nicsim_form=" + strings.Repeat("x", 32)}},
		}
	}
	turn := func(of *series, what request) error {
		s, err := press(ctx, what, p.connections, p.turn)
		of.add(s)
		return err
	}
	for range p.rounds {
		if err := turn(&r.bare, page(bare.urls["bare"]+"/page")); err != nil {
			return err
		}
		for i := range r.pages {
			if err := turn(&r.pages[i].of, page(r.pages[i].url)); err != nil {
				return err
			}
		}
	}
	return nil
}

// waitingForOTP begins a registration and returns the address of its page for the OTP.
func waitingForOTP(ctx context.Context, urls map[string]string) (string, error) {
	sandbox, err := client.NewSandbox(urls["sandbox"], client.Options{})
	if err != nil {
		return "", err
	}
	control, err := client.NewControl(urls["control"], client.Options{})
	if err != nil {
		return "", err
	}
	captcha, err := sandbox.NewCaptcha(ctx)
	if err != nil {
		return "", err
	}
	answer, err := control.CaptchaAnswer(ctx, captcha.ID)
	if err != nil {
		return "", err
	}
	registration, err := sandbox.Validate(ctx, client.Registrant{
		Category: client.CategoryTaxpayer, GSTIN: "29ABCCD1234E1Z1", Mobile: "9876543210", Email: "accounts@dakshin.example",
		Captcha: client.CaptchaAnswer{CaptchaID: captcha.ID, Answer: answer},
	})
	if err != nil {
		return "", err
	}
	if _, err := sandbox.SendOTP(ctx, registration.ID); err != nil {
		return "", err
	}
	return urls["sandbox"] + "/register/" + registration.ID + "/otp", nil
}

func (r *pagesReport) write(b *strings.Builder) {
	b.WriteString("\nWeb pages, next to a bare handler that answers a fixed page of 5 KB.\n\n")
	row := rowsInto(b)
	row("", "a second", "to bare", "p50", "p99")
	row("---", "--:", "--:", "--:", "--:")
	row("bare page", each(r.bare.rate()), none, ms(quantile(r.bare.took, 0.5)), ms(quantile(r.bare.took, 0.99)))
	for _, page := range r.pages {
		row(page.name, each(page.of.rate()), ratio(page.of.rate(), r.bare.rate()),
			ms(quantile(page.of.took, 0.5)), ms(quantile(page.of.took, 0.99)))
	}
}
