package backstage

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// journalSteps read the journal of requests.
type journalSteps struct {
	*scene.Scene
	journal []client.Request
}

func (g *journalSteps) Register(r *scene.Registry) {
	r.Step(`the journal is read`, g.readJournal, needs.Journal)
	r.Step(`it has every step but no OTP, captcha's answer or password`, g.journalMasked)
	r.Step(`its newest entry gives the reason {text}`, g.journalReason).Refusal(1)
	r.Step(`its newest entry is of the production portal`, g.newestOfProduction)
	r.Step(`filtered by the trial portal it has only entries of that portal`, g.narrowedToTrial, needs.Journal)
	r.Step(`limited to 1 entry it has only the newest`, g.cutOff, needs.Journal)
}

func (g *journalSteps) readJournal(ctx context.Context) (err error) {
	g.journal, err = g.Control.Requests(ctx, client.RequestFilter{})
	return err
}

// journalMasked looks at the bytes of the journal, not only at what the client reads of it.
func (g *journalSteps) journalMasked() error {
	asked := g.Trace.All(scene.OnControl)
	read := asked[len(asked)-1]
	for secret, kind := range g.Secrets {
		if read.Shows(secret) {
			return fmt.Errorf("the journal shows %s", kind)
		}
	}
	posted := []string{"/captchas", "/registrations", "/otp", "/otp/verification", "/api-user", "/login",
		"/api-registrations"}
	if !g.Target.Driver.SpeaksJSON() {
		posted = []string{"/register", "/otp", "/api-user", "/login", "/api-registrations", "/gsp"}
	}
	for _, step := range posted {
		var found bool
		for _, r := range g.journal {
			found = found || r.Method == "POST" && strings.HasSuffix(r.Path, step)
		}
		if !found {
			return fmt.Errorf("the journal has no request whose path ends in %s", strings.TrimPrefix(step, "/"))
		}
	}
	return nil
}

// journalReason looks at what was sent last: a page that tells of a refusal is fetched after it.
func (g *journalSteps) journalReason(code string) error {
	at := slices.IndexFunc(g.journal, func(r client.Request) bool { return r.Method == http.MethodPost })
	if at < 0 {
		return fmt.Errorf("the journal has no POST")
	}
	if newest := g.journal[at]; newest.Reason == nil || newest.Reason.Code != code {
		return fmt.Errorf("the reason of %s %s is %+v", newest.Method, newest.Path, newest.Reason)
	}
	return nil
}

func (g *journalSteps) newestOfProduction() error {
	if len(g.journal) == 0 {
		return fmt.Errorf("the list is empty")
	}
	return scene.Same("environment", g.journal[0].Environment, client.EnvironmentProduction)
}

func (g *journalSteps) narrowedToTrial(ctx context.Context) error {
	rows, err := g.Control.Requests(ctx, client.RequestFilter{Environment: client.EnvironmentSandbox})
	if err != nil {
		return err
	}
	if len(rows) == 0 || len(rows) >= len(g.journal) {
		return fmt.Errorf("the filtered journal has %d of %d entries", len(rows), len(g.journal))
	}
	for _, r := range rows {
		if err := scene.Same("environment", r.Environment, client.EnvironmentSandbox); err != nil {
			return err
		}
	}
	return nil
}

func (g *journalSteps) cutOff(ctx context.Context) error {
	rows, err := g.Control.Requests(ctx, client.RequestFilter{Limit: 1})
	if err != nil {
		return err
	}
	if len(rows) != 1 {
		return fmt.Errorf("the limited journal has %d entries", len(rows))
	}
	return scene.Same("entry", rows[0].ID, g.journal[0].ID)
}
