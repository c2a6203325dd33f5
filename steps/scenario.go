package steps

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"time"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/features"
)

// scenario is the state of one scenario: its world, its people, and what came of their last act.
type scenario struct {
	options   Options
	catalogue features.Catalogue
	tally     *tally

	late    bool // the run was interrupted before it
	info    features.Scenario
	world   string          // name of its world; "" at a target without control API
	control *client.Control // nil without control API
	trace   *trace
	people  map[string]*person
	named   *person // whom "she" and "he" mean
	other   *scenario

	refusal    *client.Problem   // of the last act, nil if it was accepted
	refusals   []*client.Problem // of all acts
	apiRefusal *client.APIError  // the same, of an act at the e-Invoice API
	judged     bool              // a Then has looked at the refusal

	outcome   Outcome // as far as it is known
	stepBegan time.Time
	pictured  []byte // the screen on the last picture; nil before the first

	secrets  map[string]string // what no portal may show, and what it is
	settings client.Settings
	frozenAt time.Time
	worlds   []client.World
	journal  []client.Request
	// What the control API listed last.
	taxpayers []client.Taxpayer
	providers []client.Provider
	keys      [][]byte
	inbox     []client.Message

	registration registration

	ping string // what the API's health check said last
}

func newScenario(o Options, c features.Catalogue, t *tally) *scenario {
	return &scenario{
		options: o, catalogue: c, tally: t,
		trace: &trace{}, people: map[string]*person{}, secrets: map[string]string{},
	}
}

// register hangs the scenario into godog: its steps, and the making and ending of its world.
func (s *scenario) register(sc *godog.ScenarioContext) {
	sc.Before(func(ctx context.Context, pickle *godog.Scenario) (context.Context, error) {
		return ctx, s.begin(ctx, pickle)
	})
	sc.After(func(ctx context.Context, _ *godog.Scenario, err error) (context.Context, error) {
		return s.end(ctx, err)
	})
	sc.StepContext().Before(func(ctx context.Context, step *godog.Step) (context.Context, error) {
		return ctx, s.beforeStep(step)
	})
	sc.StepContext().After(func(ctx context.Context, step *godog.Step, status godog.StepResultStatus,
		err error) (context.Context, error) {
		found := s.afterStep(step)
		return s.noteStep(ctx, step, status, cmp.Or(err, found)), found
	})
	for _, group := range s.groups() {
		group.register(sc)
	}
}

func (s *scenario) begin(ctx context.Context, pickle *godog.Scenario) error {
	info, found := s.catalogue.Find(pickle)
	if !found {
		return fmt.Errorf("the scenario %q is not in the features that were read", pickle.Name)
	}
	if s.late {
		s.tally.end(Outcome{Scenario: info, Err: errNotRun})
		return godog.ErrSkip
	}
	s.info, s.outcome.Began = info, time.Now()
	if s.options.Control == "" {
		return nil
	}
	s.world = worldName(info.Key(), s.options.WorldSuffix)
	return s.enterWorld(ctx)
}

// enterWorld makes the world anew: a run that was killed may have left one of that name.
func (s *scenario) enterWorld(ctx context.Context) (err error) {
	s.control, err = client.NewControl(inWorld(s.options.Control, s.world), s.http(onControl))
	if err != nil {
		return err
	}
	return s.leaveWorld(ctx)
}

// leaveWorld ends the world. That there is none is as good.
func (s *scenario) leaveWorld(ctx context.Context) error {
	err := s.control.DeleteWorld(ctx, s.world)
	var refusal *client.Problem
	if errors.As(err, &refusal) && refusal.Status == http.StatusNotFound {
		return nil
	}
	return err
}

// endTimeout is how long the ending of a world may take, even if the run was called off.
const endTimeout = 10 * time.Second

// end ends the scenario's worlds and notes what came of it. It returns what it found itself; godog
// knows the error of a step already.
func (s *scenario) end(ctx context.Context, failed error) (context.Context, error) {
	var found error
	if refused := s.refused(); failed == nil && refused != nil && !s.judged {
		found = fmt.Errorf("the last act was refused, and nobody asked: %w", refused)
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer cancel()
	for w := s; w != nil; w = w.other {
		if err := w.closePortals(); err != nil && failed == nil && found == nil {
			found = err
		}
		if w.control == nil {
			continue
		}
		if err := w.leaveWorld(late); err != nil && failed == nil && found == nil {
			found = fmt.Errorf("ending the world: %w", err)
		}
	}
	if s.info.ID == "" {
		return ctx, found // it never began
	}
	why := cmp.Or(failed, found)
	s.tally.end(s.ended(why, s.trace.String()))
	if why != nil {
		ctx = godog.Attach(ctx, godog.Attachment{
			Body: []byte(s.trace.String()), FileName: s.info.Key() + ".txt", MediaType: "text/plain",
		})
	}
	return ctx, found
}

// beforeStep stops an act that follows a refused one which nobody looked at.
func (s *scenario) beforeStep(step *godog.Step) error {
	s.stepBegan = time.Now()
	if refused := s.refused(); step.Type == messages.PickleStepType_ACTION && refused != nil && !s.judged {
		return fmt.Errorf("the act before this one was refused: %w", refused)
	}
	return nil
}

// afterStep holds a Given to its word: what is given was not refused.
func (s *scenario) afterStep(step *godog.Step) error {
	if refused := s.refused(); step.Type == messages.PickleStepType_CONTEXT && refused != nil && !s.judged {
		s.judged = true
		return fmt.Errorf("what is given was refused: %w", refused)
	}
	return nil
}

// act notes what came of an act: a portal's refusal is for a Then to judge, any other error fails the
// step, and so does a refusal of the control API.
func (s *scenario) act(err error) error {
	s.refusal, s.apiRefusal, s.judged = nil, nil, false
	if s.trace.endsWith(onControl) {
		return err
	}
	if errors.As(err, &s.refusal) {
		s.refusals = append(s.refusals, s.refusal)
		return nil
	}
	if errors.As(err, &s.apiRefusal) {
		return nil
	}
	return err
}

// refused is the refusal of the last act, of a portal or of the API; nil if it was accepted.
func (s *scenario) refused() error {
	switch {
	case s.refusal != nil:
		return s.refusal
	case s.apiRefusal != nil:
		return s.apiRefusal
	}
	return nil
}

// does lets somebody act.
func (s *scenario) does(who string, what func(*person) error) error {
	p, err := s.person(who)
	if err != nil {
		return err
	}
	return s.act(what(p))
}

// mustRefuse is act for a Given that tells of a refusal.
func (s *scenario) mustRefuse(err error, code string) error {
	var refusal *client.Problem
	switch {
	case err == nil:
		return fmt.Errorf("it was accepted; %s was expected", code)
	case !errors.As(err, &refusal):
		return err
	case refusal.Code != code:
		return fmt.Errorf("%s was expected: %w", code, refusal)
	}
	s.refusal = nil
	return nil
}

// accepted fails if the last act was refused.
func (s *scenario) accepted() error {
	refused := s.refused()
	if refused == nil {
		return nil
	}
	s.judged = true
	return fmt.Errorf("it was refused: %w", refused)
}

// http are the client options for a listener: everything is recorded.
func (s *scenario) http(listener string) client.Options {
	return client.Options{
		HTTP:      &http.Client{Transport: s.trace.via(listener, s.options.Transport)},
		UserAgent: "nicsim-conformance",
	}
}

// base is the base URL of a portal in the scenario's world.
func (s *scenario) base(listener string) string {
	if listener == onTrial {
		return inWorld(s.options.Sandbox, s.world)
	}
	return inWorld(s.options.Production, s.world)
}

// keepSecret notes what no portal may show.
func (s *scenario) keepSecret(kind, secret string) {
	if secret != "" {
		s.secrets[secret] = kind
	}
}

func inWorld(base, world string) string {
	if world == "" {
		return base
	}
	return base + "/w/" + world
}

// worldName makes the name of a scenario's world from its key. It does not depend on the seed, so
// that a scenario finds the same world whatever the order. Names have up to 40 characters, and two
// are left for a second world.
func worldName(key, suffix string) string {
	const longest = 38
	name := strings.ToLower(key)
	if len(name)+len(suffix) > longest {
		h := fnv.New32a()
		h.Write([]byte(name))
		name = fmt.Sprintf("%s-%08x", name[:longest-len(suffix)-9], h.Sum32())
	}
	return name + suffix
}
