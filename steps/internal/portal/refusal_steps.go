package portal

import (
	"cmp"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// refusalSteps judge the refusals of the portals.
type refusalSteps struct{ *scene.Scene }

func (g refusalSteps) Register(r *scene.Registry) {
	r.Step(`the portal refuses it as {text}(?: with NIC code {n} {text}|( without NIC code))?`, g.refuses).
		Refusal(1).NIC(2)
	r.Step(`the portal refuses it with the status {n}`, g.refusesWithStatus)
	r.Step(`the refused fields? (?:is|are) {text}`, g.fields)
	r.Step(`its detail names {text}`, g.detailNames)
	r.Step(`the refusal says to wait {n} seconds`, g.wait)
	r.Step(`the refusal says how long to wait`, g.waits)
	r.Step(`the refusal is a problem document with type, title, detail, instance and code`, g.isProblem)
}

// refuses compares the refusal with what the contract says of its code.
func (g refusalSteps) refuses(code, nic, words, without string, p *client.Problem) error {
	if p.Code != code {
		return fmt.Errorf("%s was expected: %w", code, p)
	}
	known, found := features.FindRefusal(code)
	if !found {
		return fmt.Errorf("there is no refusal %q", code)
	}
	err := cmp.Or(
		scene.Same("status", p.Status, known.Status),
		scene.Same("type", p.Type, "urn:nicsim:problem:"+code),
	)
	if err != nil {
		return err
	}
	if len(known.NIC) == 0 && p.NICCode != "" {
		return fmt.Errorf("the refusal has NIC code %s, and NIC publishes no code for it", p.NICCode)
	}
	if len(known.NIC) > 0 && !slices.Contains(known.NIC, p.NICCode) {
		return fmt.Errorf("its NIC code is %q instead of one of %q", p.NICCode, known.NIC)
	}
	if without != "" {
		return scene.Same("NIC code", p.NICCode, "")
	}
	if nic == "" {
		return nil
	}
	return cmp.Or(
		scene.Same("NIC code", p.NICCode, nic),
		scene.Same("detail", p.Detail, words),
	)
}

func (g refusalSteps) refusesWithStatus(status int, p *client.Problem) error {
	return scene.Same("status", p.Status, status)
}

func (g refusalSteps) fields(list string, p *client.Problem) error {
	var got []string
	for _, e := range p.Errors {
		got = append(got, e.Field)
		if e.Code == "" || e.Message == "" {
			return fmt.Errorf("%s was refused without code or message", e.Field)
		}
	}
	return cmp.Or(
		scene.Same("fields", strings.Join(got, ", "), list),
		scene.Same("code of the first field", p.Errors[0].Code, p.Code),
	)
}

func (g refusalSteps) detailNames(field string, p *client.Problem) error {
	if !strings.Contains(p.Detail, field) {
		return fmt.Errorf("its detail is %q", p.Detail)
	}
	return nil
}

// wait allows for the time that the scenario itself took.
func (g refusalSteps) wait(seconds int, p *client.Problem) error {
	want := time.Duration(seconds) * time.Second
	if got := p.RetryAfter; got > want || got < want-scene.Tolerance {
		return fmt.Errorf("the refusal says to wait %s instead of %s", got, want)
	}
	return nil
}

func (g refusalSteps) waits(p *client.Problem) error {
	if p.RetryAfter <= 0 {
		return fmt.Errorf("the refusal does not say how long to wait")
	}
	return nil
}

func (g refusalSteps) isProblem(answer scene.Exchange) error {
	if _, err := g.Problem(); err != nil {
		return err
	}
	if media, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); media != "application/problem+json" {
		return fmt.Errorf("its content type is %q", answer.Header.Get("Content-Type"))
	}
	document, err := scene.Object(answer.Got)
	if err != nil {
		return err
	}
	if answer.Header.Get("X-Request-Id") == "" || answer.Header.Get("Cache-Control") != "no-store" {
		return fmt.Errorf("it has no request id, or may be stored")
	}
	for _, member := range []string{"type", "title", "detail", "instance", "code"} {
		if text, ok := document[member].(string); !ok || text == "" {
			return fmt.Errorf("it has no %s", member)
		}
	}
	if status, ok := document["status"].(float64); !ok || int(status) != answer.Status {
		return fmt.Errorf("its status is %v and that of the answer %d %s", document["status"], answer.Status,
			http.StatusText(answer.Status))
	}
	if !strings.HasSuffix(answer.Path, document["instance"].(string)) {
		return fmt.Errorf("its instance is %v and %s was asked", document["instance"], answer.Path)
	}
	return nil
}
