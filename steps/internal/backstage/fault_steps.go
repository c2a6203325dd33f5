package backstage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// faultSteps have the target fail, and judge what a client makes of it.
type faultSteps struct{ *scene.Scene }

func (g faultSteps) Register(r *scene.Registry) {
	r.Step(`(the next|every|every third) {text} call (?:of (Dakshin|Deccan) )?has the fault {text}(?:, with ([a-z].+))?`,
		g.setFault, needs.Faults)
	r.Step(`(the next|every third) {text} call is refused with ((?:SYS_)?\d{3,4}(?:, \d{4})*) by a fault`, g.setError,
		needs.Faults).NIC(3)
	r.Step(`the next {text} call is refused with (\d{4}) and no words by a fault`, g.setWordless, needs.Faults).NIC(2)
	r.Step(`the account of the next login is frozen`, g.setFrozen, needs.Faults)
	r.Step(`only the {portal} portal is out of service`, g.setOutage, needs.Faults)
	r.Step(`the simulator is in the situation {text}`, g.enter, needs.Faults)
	r.Step(`the situation is {text}`, g.isIn, needs.Faults)
	r.Step(`the faults are removed`, g.removeFaults, needs.Faults)
	r.Step(`the fault (?:has )?fired (once|twice)(?: in {n} calls)?`, g.hasFired, needs.Faults)
	r.Step(`the journal names the fault`, g.isInJournal, needs.Faults, needs.Journal)
	r.Step(`{their} program gets no answer`, g.noAnswer)
	r.Step(`{their} program gets half an answer`, g.halfAnAnswer)
	r.Step(`{their} program cannot read the answer, which has the status {n}`, g.unreadable)
	r.Step(`the answer says to wait {n} seconds`, g.saysToWait)
}

// faultName is the name of the only fault of a scenario.
const faultName = "scenario"

// howOften are the words for when a fault fires.
var howOften = map[string]client.FaultOften{
	"the next": {Next: 1}, "every": {}, "every third": {Every: 3},
}

// setFault sets a fault of a kind with members, such as "code 429 and retryAfter 7s".
func (g faultSteps) setFault(ctx context.Context, often, call, firm, kind, members string) error {
	does := client.FaultEffect{"kind": kind}
	for _, member := range strings.Split(members, " and ") {
		name, value, given := strings.Cut(member, " ")
		number, err := strconv.Atoi(value)
		switch {
		case !given && member == "":
		case !given:
			return fmt.Errorf("the member %q has no value", member)
		case err == nil && name != "mobile":
			does[name] = number
		default:
			does[name] = value
		}
	}
	when := client.FaultWhen{Call: call, GSTIN: scene.GivenTaxpayers[firm].GSTIN}
	return g.set(ctx, client.Fault{When: when, Does: does, Often: howOften[often]})
}

// setError sets a fault that refuses a call: of the API with codes, of a portal with one.
func (g faultSteps) setError(ctx context.Context, often, call, codes string) error {
	does := client.FaultEffect{"kind": "error", "codes": strings.Split(codes, ", ")}
	if slices.Contains([]string{"create", "create-api-user", "login"}, call) {
		does = client.FaultEffect{"kind": "refusal", "code": codes}
	}
	return g.set(ctx, client.Fault{When: client.FaultWhen{Call: call}, Does: does, Often: howOften[often]})
}

// setWordless sets a fault that refuses a call of the API with a code alone.
func (g faultSteps) setWordless(ctx context.Context, call, code string) error {
	body := fmt.Sprintf(`{"Status":0,"Data":null,"ErrorDetails":[{"ErrorCode":%q,"ErrorMessage":""}],"InfoDtls":null}`, code)
	return g.set(ctx, client.Fault{
		When:  client.FaultWhen{Call: call},
		Does:  client.FaultEffect{"kind": "status", "code": 200, "contentType": "application/json", "body": body},
		Often: howOften["the next"],
	})
}

func (g faultSteps) setFrozen(ctx context.Context) error {
	return g.setFault(ctx, "the next", "login", "", "account-frozen", "")
}

func (g faultSteps) setOutage(ctx context.Context, portal string) error {
	environment := map[string]string{
		scene.OnTrial: client.EnvironmentSandbox, scene.OnProduction: client.EnvironmentProduction,
	}[portal]
	return g.set(ctx, client.Fault{
		When: client.FaultWhen{Environment: environment}, Does: client.FaultEffect{"kind": "outage"},
	})
}

func (g faultSteps) set(ctx context.Context, f client.Fault) error {
	f.Name = faultName
	g.FailuresExpected = true
	return g.Control.SetFault(ctx, f)
}

// enter puts the target into a situation.
func (g faultSteps) enter(ctx context.Context, name string) error {
	g.FailuresExpected = true
	return g.Control.SetSituation(ctx, name)
}

// isIn checks the situation, and that it is one of those that the target describes.
func (g faultSteps) isIn(ctx context.Context, name string) error {
	now, err := g.Control.Situation(ctx)
	if err != nil {
		return err
	}
	if err := scene.Same("situation", now, name); err != nil {
		return err
	}
	all, err := g.Control.Situations(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(s client.Situation) bool { return s.Name == name && s.Teaches != "" }) {
		return fmt.Errorf("the situation %s is not described", name)
	}
	return nil
}

func (g faultSteps) removeFaults(ctx context.Context) error { return g.Control.ClearFaults(ctx) }

func (g faultSteps) hasFired(ctx context.Context, times, calls string) error {
	f, err := g.Control.Fault(ctx, faultName)
	if err != nil {
		return err
	}
	if err := scene.Same("firings", f.Fired, map[string]int{"once": 1, "twice": 2}[times]); err != nil || calls == "" {
		return err
	}
	return scene.Same("calls", strconv.Itoa(f.Matched), calls)
}

func (g faultSteps) isInJournal(ctx context.Context) error {
	rows, err := g.Control.Requests(ctx, client.RequestFilter{})
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(rows, func(r client.Request) bool { return slices.Contains(r.Faults, faultName) }) {
		return errors.New("no entry of the journal names the fault")
	}
	return nil
}

func (g faultSteps) noAnswer() error {
	failed, err := scene.Failure[error](g.Scene)
	if err != nil || errors.Is(failed, context.DeadlineExceeded) {
		return err
	}
	_, err = scene.Failure[*client.Unreachable](g.Scene)
	return err
}

func (g faultSteps) halfAnAnswer() error {
	lost, err := scene.Failure[*client.Unreachable](g.Scene)
	if err == nil && !strings.Contains(lost.Error(), "EOF") {
		return fmt.Errorf("half an answer was expected: %w", lost)
	}
	return err
}

func (g faultSteps) unreadable(status int) error {
	answer, err := scene.Failure[*client.UnexpectedAnswer](g.Scene)
	if err != nil {
		return err
	}
	return scene.Same("status", answer.Status, status)
}

func (g faultSteps) saysToWait(seconds string, e scene.Exchange) error {
	return scene.Same("Retry-After", e.Header.Get("Retry-After"), seconds)
}
