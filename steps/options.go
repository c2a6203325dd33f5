package steps

import (
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"strings"

	"github.com/cucumber/godog"

	"github.com/nicsim/nicsim/features"
	"github.com/nicsim/nicsim/steps/internal/scene"
)

// Options say what to run, against what, and where to report. Sandbox and Production are needed; the
// zero value of everything else works.
type Options struct {
	Sandbox    string // base URL of the trial portal
	Production string // base URL of the production portal
	Control    string // base URL of the control API; empty leaves out the scenarios that need it

	// Tags selects scenarios: "@must", "~@sim" (not), "@must && ~@sim" (and), "@S1-01,@S2-01" (or).
	// Empty selects all.
	Tags string
	// Concurrency is how many scenarios run at once; 0 means four for each processor.
	Concurrency int
	// Seed shuffles the scenarios; 0 means a fresh one, which the result names.
	Seed int64
	// WorldSuffix ends the name of every world that the run makes, up to 8 of a-z, 0-9 and hyphen.
	// Runs that share a server at the same time need different ones; runs one after the other do not.
	WorldSuffix string

	// Out gets what a person reads; nil discards it.
	Out io.Writer
	// Formats are any of pretty, progress and cucumber, to Out, or to a file as in
	// cucumber:report.json, whose directory must exist. Empty means progress.
	Formats []string

	// Pictures takes one after each step, with a driver that has a camera. They are in the result and,
	// those on which something has changed, in Cucumber's report.
	Pictures bool

	// FS holds the features; nil means those of package features.
	FS fs.FS
	// Driver reaches the portals; nil means JSON.
	Driver scene.Driver
	// Transport carries every call; nil means one with room for the concurrency.
	Transport http.RoundTripper
	// Adjust has the last word on godog's options. A Go test makes each scenario a subtest with
	//	func(o *godog.Options) { o.TestingT = t }
	Adjust func(*godog.Options)
}

func (o Options) target() scene.Target {
	return scene.Target{
		Sandbox: o.Sandbox, Production: o.Production, Control: o.Control, Driver: o.Driver, Transport: o.Transport,
	}
}

// OptionError is the error of options that cannot be used: the caller's mistake, not the target's.
type OptionError struct {
	Option string // as in Tags
	Reason string
	Hint   string // what to write instead; may be empty
}

func (e *OptionError) Error() string {
	if e.Hint == "" {
		return fmt.Sprintf("%s: %s", e.Option, e.Reason)
	}
	return fmt.Sprintf("%s: %s; %s", e.Option, e.Reason, e.Hint)
}

var worldSuffix = regexp.MustCompile(`^[a-z0-9-]{0,8}$`)

// complete checks the options and fills in the defaults.
func (o Options) complete() (Options, error) {
	if o.Sandbox == "" {
		return o, &OptionError{Option: "Sandbox", Reason: "the base URL of the trial portal is missing"}
	}
	if o.Production == "" {
		return o, &OptionError{Option: "Production", Reason: "the base URL of the production portal is missing"}
	}
	for option, base := range map[string]string{"Sandbox": o.Sandbox, "Production": o.Production, "Control": o.Control} {
		if strings.Contains(base, "/w/") {
			return o, &OptionError{Option: option, Reason: fmt.Sprintf("%s leads into one world", base),
				Hint: "leave /w/… out: each scenario has a world of its own"}
		}
	}
	if o.Concurrency < 0 {
		return o, &OptionError{Option: "Concurrency", Reason: fmt.Sprintf("%d is less than one", o.Concurrency)}
	}
	if !worldSuffix.MatchString(o.WorldSuffix) {
		return o, &OptionError{Option: "WorldSuffix", Reason: fmt.Sprintf("%q cannot end the name of a world", o.WorldSuffix),
			Hint: "use up to 8 of a-z, 0-9 and hyphen"}
	}
	o.Sandbox, o.Production = strings.TrimRight(o.Sandbox, "/"), strings.TrimRight(o.Production, "/")
	o.Control = strings.TrimRight(o.Control, "/")
	if o.Concurrency == 0 {
		o.Concurrency = 4 * runtime.GOMAXPROCS(0)
	}
	if o.Out == nil {
		o.Out = io.Discard
	}
	if len(o.Formats) == 0 {
		o.Formats = []string{"progress"}
	}
	if o.FS == nil {
		o.FS = features.Files()
	}
	if o.Driver == nil {
		o.Driver = JSON{}
	}
	return o, checkFormats(o.Formats)
}

// checkFormats refuses formats that godog would refuse halfway, with a message on standard error.
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
