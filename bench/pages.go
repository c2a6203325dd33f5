package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// page is a web page and its measurements.
type page struct {
	name, url string
	measured  series
}

// measurePages measures the pages of a nicsim of its own, in turns. Each request has the cookie of the forms, which a
// browser sends from its second request on.
func measurePages(ctx context.Context, p plan, r *report) (err error) {
	nicsim, err := start(ctx, p.nicsim, serve...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, nicsim.stop()) }()
	sandbox, control := nicsim.urls["sandbox"], nicsim.urls["control"]
	r.pages = []*page{
		{name: "home, `GET /`", url: sandbox + "/"},
		{name: "Login, `GET /login`", url: sandbox + "/login"},
		{name: "Registration Form, `GET /register`", url: sandbox + "/register"},
		{name: "Companies, `GET /companies?through=GSP`", url: sandbox + "/companies?through=GSP"},
		{name: "dashboard, `GET /`", url: control + "/"},
	}
	for range p.rounds {
		for _, page := range r.pages {
			asked, err := http.NewRequestWithContext(ctx, http.MethodGet, page.url, http.NoBody)
			if err != nil {
				return err
			}
			asked.Header.Set("Accept", "text/html")
			asked.Header.Set("Cookie", "nicsim_form="+strings.Repeat("x", 32))
			request, err := newRequest(asked, "<!doctype html>")
			if err != nil {
				return err
			}
			if err := page.measured.turn(ctx, connections, until(p.turn), request.dial); err != nil {
				return fmt.Errorf("%s: %w", page.name, err)
			}
		}
	}
	return nil
}
