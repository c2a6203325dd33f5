package steps

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/target"
)

// Options select scenarios, a target and reports. A target is required: by Target, or by Sandbox and Production. The
// zero value of every other option works.
type Options struct {
	Target target.Target // what the scenarios are performed against

	// The base URLs of a target whose portals and APIs have the same, as nicsim has them. They take precedence over
	// those of Target.
	Sandbox    string // of the trial portal
	Production string // of the production portal
	Control    string // of the control API; without it the scenarios that need it are left out
	GSP        string // of the GSP and its gateways; without it the scenarios that need it are left out

	// Tags selects scenarios: "@must", "~@sim" (not), "@must && ~@sim" (and), "@S1-01,@S2-01" (or).
	// Empty selects all.
	Tags string
	// Only limits the scenarios that Tags select further; nil does not. Of an outline it may select some rows.
	Only func(features.Scenario) bool
	// Concurrency is how many scenarios run at once; 0 means the limit of the target or, without one, four for each
	// processor. Fewer run when the target limits the calls in a minute, so that no call waits for long.
	Concurrency int
	// Seed shuffles the scenarios; 0 means a random one, which the result names.
	Seed int64
	// Strict makes a failure at the level should count like one at the level must.
	Strict bool
	// Expected are the scenarios that are known to fail at the target.
	Expected []ExpectedFailure
	// WorldSuffix ends the name of every world that the run makes. It has up to 8 of a-z, 0-9 and hyphen.
	// Runs that use a server at the same time need different suffixes.
	WorldSuffix string

	// Ask answers what scenarios ask a target whose OTPs reach a person at a terminal. Nil means that there is none.
	Ask target.Ask

	// Patience is how long a call may take, with what it waits for its turn; 0 means 30 seconds.
	Patience time.Duration

	// On is when every scenario begins by the clock of its world, which needs Control. The rules that NIC enforced on
	// that day are expected. The zero value leaves the clocks alone and expects the rules of today.
	On time.Time

	// Out gets the output for people; nil discards it.
	Out io.Writer
	// Watch is told of each scenario that has ended, one at a time: how many have ended, of how many. The outcome does
	// not yet take Expected into account. Nil means nothing.
	Watch func(done, of int, o Outcome)
	// Formats are any of pretty, progress and cucumber, to Out, or to a file as in
	// cucumber:report.json, whose directory must exist. Empty means progress.
	Formats []string

	// Pictures takes one after each step, with a driver that has a camera. The result has all of them, and
	// Cucumber's report those that differ from the one before.
	Pictures bool

	// FS holds the features; nil means those of package features.
	FS fs.FS
	// Driver reaches the portals; nil means JSON.
	Driver scene.Driver
	// Transport carries every call; nil means one with room for the concurrency.
	Transport http.RoundTripper
	// Adjust may change godog's options. A Go test makes each scenario a subtest with
	//	func(o *godog.Options) { o.TestingT = t }
	Adjust func(*godog.Options)

	presumed []string          // roles of parties that the target may not know
	hider    *strings.Replacer // hides the secrets of the target
}

// OptionError is the error of an option that cannot be used.
type OptionError struct {
	Option string // as in Tags
	Reason string
	Hint   string // the correction; may be empty
}

func (e *OptionError) Error() string {
	return strings.TrimSuffix(fmt.Sprintf("%s: %s; %s", e.Option, e.Reason, e.Hint), "; ")
}

// callsAtOnce is by how much the calls in a minute are more than the scenarios at once: a call then waits for 15
// seconds at most.
const callsAtOnce = 4

var worldSuffix = regexp.MustCompile(`^[a-z0-9-]{0,8}$`)

// complete checks the options and fills in the defaults.
func (o Options) complete() (Options, error) {
	if err := o.aim(); err != nil {
		return o, err
	}
	if !o.On.IsZero() && o.Target.Control == "" {
		return o, &OptionError{Option: "On", Reason: "a target without a control API has no clock that can be set"}
	}
	if o.Concurrency < 0 {
		return o, &OptionError{Option: "Concurrency", Reason: fmt.Sprintf("%d is less than one", o.Concurrency)}
	}
	if !worldSuffix.MatchString(o.WorldSuffix) {
		return o, &OptionError{Option: "WorldSuffix", Reason: fmt.Sprintf("%q cannot end the name of a world", o.WorldSuffix),
			Hint: "use up to 8 of a-z, 0-9 and hyphen"}
	}
	o.Concurrency = cmp.Or(o.Concurrency, o.Target.Limits.Concurrency, 4*runtime.GOMAXPROCS(0))
	if perMinute := o.Target.Limits.PerMinute; perMinute > 0 {
		o.Concurrency = min(o.Concurrency, max(1, perMinute/callsAtOnce))
	}
	if err := o.askBy(); err != nil {
		return o, err
	}
	o.Patience = cmp.Or(o.Patience, 30*time.Second)
	o.Out = cmp.Or[io.Writer](o.Out, io.Discard)
	o.Driver = cmp.Or[scene.Driver](o.Driver, JSON{})
	if o.FS == nil {
		o.FS = features.Files()
	}
	if len(o.Formats) == 0 {
		o.Formats = []string{"progress"}
	}
	return o, checkFormats(o.Formats)
}

// askBy decides what answers the questions of scenarios. Those of one taxpayer share its mobile, so that the newest OTP
// is that of a scenario only if no other runs.
func (o *Options) askBy() error {
	switch source := o.Target.OTP; {
	case !source.IsAsked(), o.Target.Control != "":
		return nil
	case source.From == target.FromCommand:
		o.Ask = source.Run
	case o.Ask == nil:
		return &OptionError{Option: "Target", Reason: "otp is prompt, and there is no terminal to ask at",
			Hint: "start the run in a terminal, or use otp: {command: …}"}
	}
	o.Concurrency = 1
	return nil
}

// aim completes the target.
func (o *Options) aim() error {
	t := &o.Target
	for option, base := range map[string]struct {
		url  string
		into []*string
	}{
		"Sandbox":    {o.Sandbox, []*string{&t.Sandbox.Portal, &t.Sandbox.API}},
		"Production": {o.Production, []*string{&t.Production.Portal, &t.Production.API}},
		"Control":    {o.Control, []*string{&t.Control}},
		"GSP":        {o.GSP, []*string{&t.GSP}},
	} {
		for _, into := range base.into {
			*into = strings.TrimRight(cmp.Or(base.url, *into), "/")
			if strings.Contains(*into, "/w/") && (t.Control != "" || option == "Control") {
				return &OptionError{Option: option, Reason: fmt.Sprintf("%s is the URL of one world", *into),
					Hint: "leave /w/… out: each scenario has a world of its own"}
			}
		}
	}
	o.hider = t.Hider()
	if err := o.throughGateway(); err != nil {
		return err
	}
	t.Parties, o.presumed = t.Presumed()
	lacking := t.Lack(needs.Account)
	switch {
	case t.Control == "" && lacking == "":
		return nil
	case t.Sandbox.Portal == "" && t.Sandbox.API != "":
		return &OptionError{Option: "Target", Reason: lacking}
	case t.Sandbox.Portal == "":
		return &OptionError{Option: "Sandbox", Reason: "the base URL of the portal is missing"}
	case t.Production.Portal == "":
		return &OptionError{Option: "Production", Reason: "the base URL of the portal is missing"}
	}
	return nil
}

// throughGateway completes a target with a face. A nicsim has the subscriptions of the fixtures.
func (o *Options) throughGateway() error {
	t := &o.Target
	switch {
	case t.Face == "":
		return nil
	case !slices.Contains(target.Faces(), t.Face):
		return &OptionError{Option: "Face", Reason: fmt.Sprintf("there is no face %q", t.Face),
			Hint: "use one of " + strings.Join(target.Faces(), ", ")}
	case t.Control != "":
		return t.Subscribe()
	}
	return nil
}

// checkFormats refuses formats that godog would refuse during the run, with a message on standard error.
func checkFormats(formats []string) error {
	for _, format := range formats {
		name, file, toFile := strings.Cut(format, ":")
		switch name {
		case "pretty", "progress", "cucumber":
		default:
			return &OptionError{Option: "Formats", Reason: fmt.Sprintf("there is no format %q", name),
				Hint: "use pretty, progress or cucumber, each also with a file, as in cucumber:report.json"}
		}
		if !toFile {
			continue
		}
		if file == "" || strings.Contains(file, ",") {
			return &OptionError{Option: "Formats", Reason: fmt.Sprintf("%q cannot name a report", file),
				Hint: "it must be given and have no comma"}
		}
		report, err := os.Create(file)
		if err != nil {
			return &OptionError{Option: "Formats", Reason: "the report cannot be written: " + err.Error()}
		}
		if err := report.Close(); err != nil {
			return fmt.Errorf("preparing the report: %w", err)
		}
	}
	return nil
}
