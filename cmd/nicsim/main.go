// Command nicsim simulates NIC's e-Invoice portals, walks through the guide for
// creating API credentials, and checks other implementations against it.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/cmd/nicsim/hidepath"
	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/steps"
)

// Exit codes are a contract; scripts branch on them.
const (
	exitGood          = 0
	exitNotConformant = 1 // the target, or the document, is not as the guide and NIC's rules want it
	exitWrongUse      = 2 // a mistake in an argument, a flag or a file
	exitFailure       = 3 // the target cannot be reached, or nicsim itself failed
)

// Package main is initialised last. PATH is hidden while the others are initialised.
func init() { hidepath.Restore() }

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C kills the program
	p := program{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ()}
	return p.run(ctx, os.Args[1:])
}

// program is nicsim with its input, output and environment, so that tests can run it.
type program struct {
	in      io.Reader
	out     io.Writer
	err     io.Writer
	environ []string // KEY=value
}

// run performs one command line and returns the exit code.
func (p program) run(ctx context.Context, args []string) int {
	root := p.root()
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitGood
	}
	outcome := classify(err)
	if outcome.said {
		return outcome.code
	}
	fmt.Fprintf(p.err, "nicsim: %v\n", err)
	if outcome.hint != "" {
		fmt.Fprintf(p.err, "hint: %s\n", outcome.hint)
	}
	return outcome.code
}

func (p program) root() *cobra.Command {
	root := &cobra.Command{
		Use:     "nicsim",
		Version: thisBuild().String(),
		Short:   "Simulate NIC's e-Invoice portals and check clients and portals against the guide",
		Long: `nicsim simulates the two NIC portals on which a taxpayer creates e-Invoice API
credentials, performs the steps of the guide against them or against another
implementation, and runs the guide as an executable specification.

Every flag can be given as a variable: NICSIM_READY_FILE for --ready-file. A flag
wins over its variable. An unknown variable NICSIM_… is an error.

Exit codes, of all commands:
  0  good
  1  the target, or a document, is not as the guide and NIC's rules want it; in
     walk, a step was refused
  2  wrong use: a flag, an argument, a variable, a file, a port that is taken
  3  the target cannot be reached, nicsim itself failed, or it was interrupted

nicsim exec passes on the exit code of the command that it runs, and has two more.`,
		Example: `  nicsim walk                 watch both sections of the guide performed
  nicsim serve                start the simulator
  nicsim exec -- npm test     run your tests with a simulator and credentials
  nicsim example node         write a client to start from, in your language
  nicsim conformance          run the specification
  nicsim drill                drill your client of the API: NIC fails, it must recover
  nicsim judge                judge your client by the calls that it made
  nicsim world export FILE    take a world along, with all that happened in it
  nicsim doctor               check what the simulator needs of this machine
  nicsim fixtures             list the taxpayers that can register
  nicsim invoice check FILE   check an invoice as the Invoice Registration Portal does
  nicsim codes 2172           explain one of NIC's error codes
  nicsim rules                list the rules of today, or of another day
  nicsim rules impact FILE    say which of your invoices a change of the rules breaks
  nicsim open answer.json     decrypt a captured answer of the API`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return applyEnvironment(cmd, p.environ)
		},
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return wrongUse{err, "'" + cmd.CommandPath() + " --help' lists the flags"}
	})
	root.SetVersionTemplate("nicsim {{.Version}}\n") // as 'nicsim version'
	root.SuggestionsMinimumDistance = 2
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(p.walk(), p.serve(), p.wait(), p.conformance(), p.reportResults(), p.fixtures(), p.invoice(),
		p.codes(), p.rules(), p.open(), p.exec(), p.example(), p.drill(), p.judge(), p.doctor(),
		p.world(), p.ca(), p.version(), p.man())
	eachCommand(root, func(cmd *cobra.Command) { cmd.Flags().SortFlags = false })
	return root
}

// eachCommand visits all commands below root.
func eachCommand(root *cobra.Command, visit func(*cobra.Command)) {
	for _, cmd := range root.Commands() {
		visit(cmd)
		eachCommand(cmd, visit)
	}
}

// knownCommand refuses an unknown command, and suggests one with a similar name.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "'nicsim --help' lists the commands"
	if meant := root.SuggestionsFor(args[0]); len(meant) > 0 {
		hint = "did you mean 'nicsim " + meant[0] + "'? " + hint
	}
	return wrongUse{fmt.Errorf("there is no command %q", args[0]), hint}
}

// wrongUse is a mistake in the call of the program.
type wrongUse struct {
	error
	hint string
}

func (e wrongUse) Unwrap() error { return e.error }

// oneOf refuses the value of a flag that is not one of the choices.
func oneOf(flag, value string, choices ...string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return wrongUse{fmt.Errorf("--%s: %q is not one of its values", flag, value),
		"choose from " + strings.Join(choices, ", ")}
}

// exit ends the program with a code and without a message.
type exit struct{ code int }

func (e exit) Error() string { return fmt.Sprintf("exit %d", e.code) }

// outcome is how an error ends the program.
type outcome struct {
	code int
	hint string
	said bool // there is nothing more to print
}

func classify(err error) outcome {
	if e, ok := errors.AsType[exit](err); ok {
		return outcome{code: e.code, said: true}
	}
	if refused, ok := errors.AsType[*client.Problem](err); ok && refused.Code == client.TokenRequired {
		return outcome{code: exitWrongUse, hint: "give the simulator's control token: --control-token-file, or the " +
			"variable NICSIM_CONTROL_TOKEN"}
	}
	if e, ok := errors.AsType[wrongUse](err); ok {
		return outcome{code: exitWrongUse, hint: e.hint}
	}
	if e, ok := errors.AsType[cannotRun](err); ok {
		return outcome{code: e.code, hint: e.hint}
	}
	if e, ok := errors.AsType[notConformant](err); ok {
		return outcome{code: exitNotConformant, hint: e.hint}
	}
	if _, ok := errors.AsType[*chromium.StartError](err); ok {
		return outcome{code: exitFailure, hint: "is that a Chromium or Chrome? --browser says which program to start; " +
			"--driver forms needs none"}
	}
	if _, plain := errors.AsType[tls.RecordHeaderError](err); plain || errors.Is(err, http.ErrSchemeMismatch) {
		return outcome{code: exitFailure, hint: "the server at that URL has no TLS: write http:// in place of https://, or " +
			"start 'nicsim serve --tls'"}
	}
	if _, unknown := errors.AsType[x509.UnknownAuthorityError](err); unknown {
		return outcome{code: exitFailure, hint: "the certificate is of an unknown CA; of 'nicsim serve --tls' it is: " +
			"nicsim ca export --out ca.pem, then the variable SSL_CERT_FILE=ca.pem"}
	}
	_, call := errors.AsType[*client.Unreachable](err)
	if _, listener := errors.AsType[*steps.UnreachableError](err); listener || call {
		return outcome{code: exitFailure, hint: "is it running, and are the URLs right? 'nicsim serve' starts a simulator"}
	}
	return outcome{code: exitFailure}
}
