package steps

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
)

// secretSteps look for secrets where none may be: in the portals' answers and in the journal.
type secretSteps struct{ *scenario }

func (g secretSteps) register(r registrar) {
	r.Step(expression(`the portal has shown no (password|client secret)`), g.noneOfKind)
	r.Step(expression(`neither portal has shown an OTP, a captcha's answer or a password`), g.none)
	r.Step(expression(`the portal has not shown {text}`), g.notShown)
	r.Step(expression(`the journal is read`), g.readJournal)
	r.Step(expression(`it has every step but no OTP, captcha's answer or password`), g.journalMasked)
	r.Step(expression(`its newest entry gives the reason {text}`), g.journalReason)
}

// noneOfKind also fails if there was none to show: then it would prove nothing.
func (g secretSteps) noneOfKind(kind string) error {
	if err := g.accepted(); err != nil {
		return err
	}
	var looked bool
	for secret, is := range g.secrets {
		if !strings.HasSuffix(is, kind) {
			continue
		}
		looked = true
		if e, shown := g.trace.shown(secret); shown {
			return fmt.Errorf("%s %s shows it", e.method, e.path)
		}
	}
	if !looked {
		return fmt.Errorf("the scenario knows no %s to look for", kind)
	}
	return nil
}

func (g secretSteps) none() error {
	for _, kind := range []string{"OTP", "captcha's answer", "password"} {
		if err := g.noneOfKind(kind); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	return nil
}

func (g secretSteps) notShown(text string) error {
	if e, shown := g.trace.shown(text); shown {
		return fmt.Errorf("%s %s shows it", e.method, e.path)
	}
	return nil
}

func (g secretSteps) readJournal(ctx context.Context) (err error) {
	g.journal, err = g.control.Requests(ctx, client.RequestFilter{})
	return err
}

// journalMasked looks at the bytes of the journal, not only at what the client reads of it.
func (g secretSteps) journalMasked() error {
	asked := g.trace.all(onControl)
	read := asked[len(asked)-1]
	for secret, kind := range g.secrets {
		if read.shows(secret) {
			return fmt.Errorf("it has %s", kind)
		}
	}
	posted := []string{"/captchas", "/registrations", "/otp", "/otp/verification", "/api-user", "/login",
		"/api-registrations"}
	if !g.options.Driver.SpeaksJSON() {
		posted = []string{"/register", "/otp", "/api-user", "/login", "/api-registrations", "/gsp"}
	}
	for _, step := range posted {
		var found bool
		for _, r := range g.journal {
			found = found || r.Method == "POST" && strings.HasSuffix(r.Path, step)
		}
		if !found {
			return fmt.Errorf("it has no call that ends in %s", strings.TrimPrefix(step, "/"))
		}
	}
	return nil
}

// journalReason looks at what was sent last: a page that tells of a refusal is fetched after it.
func (g secretSteps) journalReason(code string) error {
	at := slices.IndexFunc(g.journal, func(r client.Request) bool { return r.Method == http.MethodPost })
	if at < 0 {
		return fmt.Errorf("nothing was sent")
	}
	if newest := g.journal[at]; newest.Reason == nil || newest.Reason.Code != code {
		return fmt.Errorf("the reason of %s %s is %+v", newest.Method, newest.Path, newest.Reason)
	}
	return nil
}
