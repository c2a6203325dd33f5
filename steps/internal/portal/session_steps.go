package portal

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

func (g loginSteps) cookie(name string) error {
	c := g.Trace.Cookie(name)
	if c == nil {
		return fmt.Errorf("there is no such cookie")
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		return fmt.Errorf("HttpOnly is %t and SameSite %d", c.HttpOnly, c.SameSite)
	}
	return scene.Same("path", strings.TrimRight(c.Path, "/"), scene.InWorld("", g.World))
}

// sameAnswers compares the last two answers to Login: what they say, and of JSON the bytes. Whether both
// take the same time cannot be judged from outside.
func (g loginSteps) sameAnswers() error {
	var answers []scene.Exchange
	for _, e := range g.Trace.All(scene.OnProduction) {
		if strings.HasSuffix(e.Path, "/login") && e.Method == http.MethodPost {
			answers = append(answers, e)
		}
	}
	if len(answers) < 2 || len(g.Refusals) < 2 {
		return fmt.Errorf("there were %d answers and %d refusals", len(answers), len(g.Refusals))
	}
	first, second := answers[len(answers)-2], answers[len(answers)-1]
	if err := scene.Same("status", second.Status, first.Status); err != nil {
		return err
	}
	said := func(back int) string { return g.Refusals[len(g.Refusals)-back].Error() }
	if err := scene.Same("refusal", said(1), said(2)); err != nil {
		return err
	}
	if first.IsPage() {
		return nil // each has a captcha of its own
	}
	return scene.Same("answer", scene.Mask(second.Got), scene.Mask(first.Got))
}

// keepSession lets an hour pass in portions that are shorter than a session.
func (g loginSteps) keepSession(ctx context.Context, p *scene.Person) error {
	const portion, portions = 10 * time.Minute, 6
	for range portions {
		if err := g.Advance(ctx, portion); err != nil {
			return err
		}
		if !p.InProduction {
			continue
		}
		if _, err := p.Production.Session(ctx); err != nil {
			return err
		}
	}
	return g.Advance(ctx, time.Second)
}
