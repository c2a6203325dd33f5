package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/dice"
)

// walk has the flags of one `nicsim walk`.
type walk struct {
	urls          simulator.URLs // empty: a simulator of its own
	token         tokenFlags
	world         string
	section       string // 1 or 2; empty for both
	seed          string
	json          bool
	interactive   bool
	answerCommand string
	person        person
	noAPI         bool
	qr            string // file
	day           string // at which the clock of its own simulator is frozen
	screenshots   string // directory
	driving       driving

	album *album     // nil without --screenshots
	wall  clock.Wall // shows day; nil without --day
}

func (p program) walk() *cobra.Command {
	var w walk
	cmd := &cobra.Command{
		Use:   "walk",
		Short: "Perform the guide's steps, and register an invoice with the credentials made",
		Long: `Performs the guide "Creating e-Invoice API Login Credentials", step by step: section 1
on the sandbox portal, section 2 on the production portal. After each section it tries the
credentials at the e-Invoice API: it logs in, registers an invoice, and verifies the
signed QR code, which it draws if its output is a terminal. Then it enters them at the
GSP (GST Suvidha Provider), which is the guide's last step. Without URLs it starts a
simulator for itself. With --control, each walk has a fresh world of the simulator
there, unless --world or a URL names one.

Captcha answers and OTPs are read from the control API. --interactive asks you for
them instead, and --answer-command runs a program that prints the answer. The program
gets NICSIM_ASK=captcha with the picture's file in NICSIM_IMAGE, or NICSIM_ASK=otp with
NICSIM_SENT_TO.

Give secrets as variables, as NICSIM_LOGIN_PASSWORD for --login-password. A password or
client secret that you gave is not printed; others are.

Exit codes: 0 all steps performed, 1 a step was refused, 2 wrong use, 3 a portal
cannot be reached.`,
		Example: `  Both sections, at a simulator of its own:
    nicsim walk
  Section 2 with an E-Way Bill login:
    nicsim walk --section 2 --login-username ewbtel36
  Against 'nicsim serve':
    nicsim walk --sandbox http://127.0.0.1:7001 --production http://127.0.0.1:7002 \
      --control http://127.0.0.1:7000 --gsp http://127.0.0.1:7003
  With your answers, at a portal that has no control API:
    nicsim walk --section 1 --sandbox https://portal.example --interactive
  For a script:
    nicsim walk --json | jq -r '.sections[0].credentials.username'
  The signed QR code of the invoice as a picture:
    nicsim walk --qr qr.png
  In a real browser, with a picture of every page and of every form filled in:
    nicsim walk --driver browser --screenshots pictures`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runWalk(cmd.Context(), w) },
	}
	flags := cmd.Flags()
	targetFlags(flags, &w.urls, &w.token)
	gspFlag(flags, &w.urls)
	flags.StringVar(&w.world, "world", "", "`name` of the world to walk in (default at URLs: a new one)")
	flags.StringVar(&w.section, "section", "", "`section` of the guide, 1 or 2 (default: both)")
	flags.BoolVar(&w.json, "json", false, "print one JSON document instead of text")
	flags.StringVar(&w.seed, "seed", "", "`text` that decides all random values (default: a new one, printed)")
	flags.BoolVar(&w.interactive, "interactive", false, "ask on the terminal for captchas and OTPs")
	flags.StringVar(&w.answerCommand, "answer-command", "",
		"shell `command` that prints the answer to a captcha or the OTP")
	flags.BoolVar(&w.noAPI, "no-api", false, "leave out the steps at the e-Invoice API")
	flags.StringVar(&w.qr, "qr", "", "write the last invoice's QR code to this PNG `file`")
	flags.StringVar(&w.day, "day", "", "`date` at which the clock of its own simulator is frozen (default: the "+
		"clock of this machine)")
	w.driving.addFlags(flags)
	flags.StringVar(&w.screenshots, "screenshots", "",
		"write the pictures of the pages to this `directory` (--driver browser)")
	w.person.addFlags(flags)
	return cmd
}

// runWalk performs the walk and reports it. The report is complete even if a step fails.
func (p program) runWalk(ctx context.Context, w walk) error {
	walked, err := w.check()
	if err != nil {
		return err
	}
	cast, err := fixtures.Load()
	if err != nil {
		return err
	}
	w.seed = cmp.Or(w.seed, dice.FreshSeed())
	chance := dice.New(w.seed).Stream("walk")
	if w.person, err = w.person.complete(cast, walked, chance); err != nil {
		return err
	}
	if err := w.openDriver(); err != nil {
		return err
	}
	defer w.person.driver.Close() //nolint:errcheck // the walk is over
	number := documentNumber(chance)
	report := walkReport{Seed: w.seed, Day: w.day, Sections: []sectionReport{}}
	transport := client.NewTransport()
	if report.Target, err = w.place(chance); err != nil {
		return err
	}
	if report.Target.Own {
		urls, stop, err := p.ownSimulator(ctx, w.seed, w.wall)
		if err != nil {
			return err
		}
		defer stop()
		report.Target.URLs = urls
	}
	defer transport.CloseIdleConnections()
	token, err := w.token.read()
	if err != nil {
		return err
	}
	options := client.Options{HTTP: &http.Client{Transport: transport}, ControlToken: token}
	var control *client.Control // nil without a URL
	if url := report.Target.Control; url != "" {
		if control, err = client.NewControl(url, options); err != nil {
			return fmt.Errorf("control API: %w", err)
		}
	}
	w.urls = report.Target.URLs
	source := p.source(w, control)
	api := apiWalk{urls: w.urls, options: options, number: number, control: control}
	switch {
	case w.noAPI:
		report.APILeftOut = "--no-api"
	case control == nil:
		report.APILeftOut = "without --control its keys are not known"
	}
	report.GSPLeftOut = w.withoutGSP()

	tell := p.narrator(w.json)
	tell.begin(report)
	for _, number := range walked {
		section, failure := w.person.perform(ctx, number, report.Target.URLs, source, transport, tell)
		if failure == nil && report.APILeftOut == "" {
			section.API, failure = api.perform(ctx, w.person, section.Credentials, tell)
		}
		if failure == nil && report.GSPLeftOut == "" {
			section.GSP, failure = w.person.performGSP(ctx, w.urls.GSP, *section.Credentials, transport, tell)
		}
		report.Sections = append(report.Sections, section)
		if err = failure; err != nil {
			break
		}
	}
	if err == nil && report.Target.Own {
		err = w.takeDashboard(ctx, report.Target.Control)
	}
	report.OK, report.Pictures = err == nil, w.album.report()
	if last := report.lastInvoice(); last != nil && w.qr != "" {
		err = errors.Join(err, writeQR(last.SignedQRCode, w.qr))
	}
	if told := tell.end(report); told != nil {
		return errors.Join(err, fmt.Errorf("writing the report: %w", told))
	}
	return err
}

// check refuses flags that do not go together, and returns the sections to walk.
func (w *walk) check() (sections, error) {
	walked := sections{1, 2}
	if w.section != "" {
		if err := oneOf("section", w.section, "1", "2"); err != nil {
			return nil, err
		}
		walked = sections{int(w.section[0] - '0')}
	}
	if w.qr != "" && w.noAPI {
		return nil, wrongUse{errors.New("--qr and --no-api exclude each other"),
			"the QR code is that of an invoice registered at the API"}
	}
	if err := w.checkDay(); err != nil {
		return nil, err
	}
	if w.interactive && w.answerCommand != "" {
		return nil, wrongUse{errors.New("--interactive and --answer-command exclude each other"),
			"choose one to answer captchas and OTPs"}
	}
	if w.urls == (simulator.URLs{}) {
		return walked, nil
	}
	var err error
	if w.urls, err = checkURLs(w.urls); err != nil {
		return nil, err
	}
	if walked.first() {
		err = needed("section 1 needs it", "sandbox", w.urls.Sandbox)
	}
	if err == nil && walked.second() {
		err = needed("section 2 needs it", "production", w.urls.Production)
	}
	if err == nil && w.urls.Control == "" && !w.interactive && w.answerCommand == "" {
		err = wrongUse{errors.New("nothing answers captchas and OTPs"),
			"give --control with the URL of the simulator's control API, or --interactive, or --answer-command"}
	}
	return walked, err
}

// place decides the target: the walk's own simulator, or a world at the URLs. By default the world is new,
// since a second registration of the same taxpayer would be refused.
func (w *walk) place(chance *dice.Stream) (targetReport, error) {
	own := w.urls == (simulator.URLs{})
	if w.world == "" && !own && w.urls.Control != "" && !namesWorld(w.urls) {
		w.world = "walk-" + chance.Pick(easyLower+easyDigits, 8)
	}
	switch {
	case w.world == "":
		return targetReport{Own: own, URLs: w.urls}, nil
	case own:
		return targetReport{}, wrongUse{errors.New("--world is for a simulator that runs already"),
			"give its URLs too: --sandbox, --production, --control, --gsp"}
	case namesWorld(w.urls):
		return targetReport{}, wrongUse{errors.New("--world and a URL that names a world exclude each other"),
			"leave one of them out"}
	case !isWorldName(w.world):
		return targetReport{}, wrongUse{fmt.Errorf("--world: %q cannot be the name of a world", w.world),
			"use 1 to 40 of a-z, 0-9 and hyphen"}
	}
	return targetReport{URLs: inWorld(w.urls, w.world), World: w.world}, nil
}

// checkDay makes the frozen clock.
func (w *walk) checkDay() error {
	if w.day == "" {
		return nil
	}
	if w.urls != (simulator.URLs{}) {
		return wrongUse{errors.New("--day is for the walk's own simulator"),
			"PUT /control/v1/clock sets the clock of one that runs already"}
	}
	noon, err := dayFlag("day", w.day)
	if err != nil {
		return err
	}
	w.day = noon.Format(time.DateOnly)
	w.wall = func() time.Time { return noon }
	return nil
}

// source answers captchas and tells OTPs.
func (p program) source(w walk, control *client.Control) client.Source {
	switch {
	case w.interactive:
		if control != nil {
			fmt.Fprintf(p.err, "SMS and e-mail arrive at %s/control/v1/inbox\n\n", w.urls.Control)
		}
		return answers{client.FromPrompt(p.in, p.err, ""), "--interactive reads each answer as a line of standard input",
			p.err}
	case w.answerCommand != "":
		return answers{client.FromCommand(shell(w.answerCommand)),
			"--answer-command must print the answer and exit 0; NICSIM_ASK is captcha or otp", nil}
	}
	return answers{Source: client.FromControl(control)}
}

// shell returns the arguments that run a command line in the system's shell.
func shell(line string) []string {
	if runtime.GOOS == "windows" {
		return []string{"cmd", "/C", line}
	}
	return []string{"sh", "-c", line}
}
