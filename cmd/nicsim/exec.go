package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/dice"
)

// freePort is the address of a listener of which only the command needs to know.
const freePort = "127.0.0.1:0"

// execution has the arguments of one `nicsim exec`.
type execution struct {
	server  serverFlags
	options simulator.Options
	reports clientJudge
	argv    []string
}

func (p program) exec() *cobra.Command {
	x := execution{reports: clientJudge{htmlFlag: "judge"}}
	cmd := &cobra.Command{
		Use:   "exec [flags] -- COMMAND [ARGUMENT...]",
		Short: "Run a command, such as your tests, with a simulator and credentials",
		Long: `Starts a simulator on free ports, makes an API user in both environments, and runs
the command with addresses, keys and credentials in its environment. When the command
ends, the simulator stops, and a summary of what was asked and refused is printed to
standard error.

  NIC_SANDBOX_URL, NIC_PRODUCTION_URL   base URLs; put NIC's path behind them
  NIC_GSP_URL                           base URL of the GSP (GST Suvidha Provider)
  NIC_CONTROL_URL                       base URL of the control API, and NIC_CONTROL_TOKEN
                                        if it has a token
  NIC_SANDBOX_PUBLIC_KEY                file (PEM): a login is encrypted with it
  NIC_SANDBOX_CERTIFICATE               file (PEM): signatures are verified with it
  NIC_CLIENT_ID, NIC_CLIENT_SECRET      credentials of the client
  NIC_GSTIN                             number of the taxpayer
  NIC_SANDBOX_USERNAME, _PASSWORD       credentials of the API user
  NIC_PRODUCTION_…                      the same four of production
  NIC_INVOICE                           file of a valid invoice (INV-01); not set if a
                                        world file has another taxpayer
  NIC_CA_CERTIFICATE                    with --tls, file (PEM) of the CA to trust

The first API user of the default world in --world-file is taken, if there is one.
The files are deleted when the command has ended. The command is not given to a
shell: write sh -c '…' for a line of the shell. Signals are passed on to it.

--judge and --junit judge the client in the default world as 'nicsim judge' does.

Exit codes: that of the command, and 128 and the number of a signal that ended it. If
the command ended with 0: 1 when --judge or --junit was given and a rule was broken.
If it did not run: 2 wrong use, 3 nicsim failed, 126 it cannot be run, 127 it was not
found.`,
		Example: `  nicsim exec -- npm test
  nicsim exec --judge client.html --junit client.xml -- mvn -q test
  nicsim exec --situation month-end --seed monday -- pytest
  nicsim exec --world-file team.yaml -- sh -c 'npm ci && npm test'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return wrongUse{errors.New("the command is missing"), "as in nicsim exec -- npm test"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			x.argv = args
			if x.options, err = p.options(&x.server, cmd.Flags()); err != nil {
				return err
			}
			return p.runExec(cmd.Context(), x)
		},
	}
	flags := cmd.Flags()
	flags.SetInterspersed(false) // what follows the name of the command belongs to the command
	flags.StringVar(&x.reports.html, "judge", "", "judge the client, and write the report to this HTML `file`")
	flags.StringVar(&x.reports.junit, "junit", "", "judge the client, and write a JUnit report to this `file`")
	x.server.register(flags, simulator.Addresses{
		Control: freePort, Sandbox: freePort, Production: freePort, GSP: freePort,
	})
	return cmd
}

func (p program) runExec(ctx context.Context, x execution) (err error) {
	if err := findCommand(x.argv[0]); err != nil {
		return err
	}
	if err := x.reports.openReports(); err != nil {
		return err
	}
	serving := context.WithoutCancel(ctx) // a signal is for the command, and nicsim ends when the command has ended
	closeData, err := x.server.data.open(serving, &x.options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeData()) }()
	x.options.Seed = cmp.Or(x.options.Seed, dice.FreshSeed())
	sim, err := simulator.New(x.options)
	if err != nil {
		return err
	}
	defer sim.Close()
	running, err := sim.Start(serving, x.server.addresses)
	if err != nil {
		return listenFailure(err)
	}
	p.warnOfOpenControl(x.server.addresses, x.options)
	defer func() {
		ended, cancel := context.WithCancel(serving)
		cancel()
		_ = running.Close(ended) // its only error is that the context has ended
	}()
	code, err := p.execAt(ctx, x, running)
	if err != nil {
		return err
	}
	return p.endExec(serving, x, running.URLs, code)
}

// execAt runs the command with a simulator, and returns its exit code.
func (p program) execAt(ctx context.Context, x execution, running *simulator.Running) (int, error) {
	folder, err := os.MkdirTemp("", "nicsim-exec-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	variables, err := enterWorld(ctx, running, folder, x.options, x.server.secure.certificate())
	if err != nil {
		return 0, err
	}
	return child{
		argv: x.argv, environ: append(slices.Clone(p.environ), variables...), in: p.in, out: p.out, err: p.err,
	}.run()
}

// enterWorld makes the cast of the default world of a simulator that has just started, and returns its variables. CA is
// the file that the command has to trust, or empty.
func enterWorld(ctx context.Context, running *simulator.Running, folder string, o simulator.Options, ca string) (
	[]string, error,
) {
	transport := transportToSelf()
	defer transport.CloseIdleConnections()
	world, err := client.NewControl(running.URLs.Control, client.Options{
		HTTP: &http.Client{Transport: transport}, ControlToken: o.ControlToken,
	})
	if err != nil {
		return nil, err
	}
	c, err := newCast(running.Public, folder)
	if err != nil {
		return nil, err
	}
	if err := c.joinWorld(ctx, world, o.Worlds); err != nil {
		return nil, err
	}
	if err := c.enter(ctx, world); err != nil {
		return nil, err
	}
	if c.gstin == defaultGSTIN {
		now, err := world.Clock(ctx)
		if err != nil {
			return nil, err
		}
		number := "EX-" + dice.New(o.Seed).Stream("exec").Pick(easyUpper+easyDigits, 8)
		if err := c.writeInvoice(number, now.Now); err != nil {
			return nil, err
		}
	}
	variables := append(c.variables(), "NIC_GSP_URL="+running.Public.GSP)
	if o.ControlToken != "" {
		variables = append(variables, "NIC_CONTROL_TOKEN="+o.ControlToken)
	}
	if ca != "" {
		variables = append(variables, "NIC_CA_CERTIFICATE="+ca)
	}
	return variables, nil
}

// endExec prints the summary, writes the reports, and returns the outcome of the command as an error.
func (p program) endExec(ctx context.Context, x execution, urls simulator.URLs, code int) error {
	transport := transportToSelf()
	defer transport.CloseIdleConnections()
	options := client.Options{HTTP: &http.Client{Transport: transport}, ControlToken: x.options.ControlToken}
	if err := p.summariseExec(ctx, urls.Control, options, code, x.options.Seed); err != nil {
		return fmt.Errorf("the command ended with the exit code %d; its calls cannot be summed up: %w", code, err)
	}
	if x.reports.html+x.reports.junit != "" {
		verdict, err := judgeWorld(ctx, urls.Control, options, "", nil, false)
		if err == nil {
			err = x.reports.writeReports(verdict)
		}
		if err != nil {
			return fmt.Errorf("the command ended with the exit code %d; its client cannot be judged: %w", code, err)
		}
		_, _ = fmt.Fprintln(p.err, verdict.Headline()) // the reports have it too
		if code == 0 && !verdict.OK(false) {
			code = exitNotConformant
		}
	}
	if code != 0 {
		return exit{code}
	}
	return nil
}
