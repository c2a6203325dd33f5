package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
)

// The addresses on which serve listens by default.
const (
	defaultControl    = "127.0.0.1:7000"
	defaultSandbox    = "127.0.0.1:7001"
	defaultProduction = "127.0.0.1:7002"
	defaultGSP        = "127.0.0.1:7003"
)

// drainTime is how long requests in progress may take at the program's end.
const drainTime = 10 * time.Second

// serveFlags are the flags of serve alone.
type serveFlags struct {
	readyFile string
	judge     string // file of the report
	withUser  bool
}

func (p program) serve() *cobra.Command {
	var server serverFlags
	var more serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve both portals, a GSP and the control API",
		Long: `Serves NIC's sandbox portal, NIC's production portal, a GSP (GST Suvidha Provider)
and the control API, until it is interrupted. The first line on standard output is
the four base URLs as JSON. --ready-file names a file that has the same line while the simulator runs;
'nicsim wait' waits for it. Every flag can be given as a variable too: NICSIM_SEED
for --seed. The portals, the API and the GSP answer to every host name, the control
API to names of this machine and those of --allow-host.

--situation names what fails, in each world from its beginning:` + situations(),
		Example: `  nicsim serve
  nicsim serve --control 127.0.0.1:0 --sandbox 127.0.0.1:0 --production 127.0.0.1:0 --ready-file nicsim.json
  nicsim serve --with-user       a user of the API, ready to paste
  nicsim serve --seed monday     the same OTPs, captchas and ids in each run
  nicsim serve --allow-host nicsim.example --allow-host build-7
  nicsim serve --situation hostile --seed monday     NIC on its worst day, the same in each run
  nicsim serve --world-file team.yaml     your own taxpayers, providers and users
  nicsim serve --data nic     the worlds are kept in the directory nic, for the next start too`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options, err := p.options(&server, cmd.Flags())
			if err != nil {
				return err
			}
			return p.runServe(cmd.Context(), server, options, more)
		},
	}
	flags := cmd.Flags()
	server.register(flags, usualAddresses)
	flags.StringVar(&more.readyFile, "ready-file", "", "`file` that has the four base URLs, as JSON, while all four answer")
	flags.StringVar(&more.judge, "judge", "", "at the end, judge the client of the default world, and write the report "+
		"to this HTML `file`")
	flags.BoolVar(&more.withUser, "with-user", false, "make an API user, and print addresses, files of keys and "+
		"credentials\nas lines for a shell")
	return cmd
}

// usualAddresses are where serve listens by default.
var usualAddresses = simulator.Addresses{
	Control: defaultControl, Sandbox: defaultSandbox, Production: defaultProduction, GSP: defaultGSP,
}

// addressFlags adds the flags that say where the simulator listens.
func addressFlags(flags *pflag.FlagSet, to *simulator.Addresses, usual simulator.Addresses) {
	flags.StringVar(&to.Control, "control", usual.Control, "`host:port` of the control API; port 0 picks a free one")
	flags.StringVar(&to.Sandbox, "sandbox", usual.Sandbox, "`host:port` of the sandbox portal")
	flags.StringVar(&to.Production, "production", usual.Production, "`host:port` of the production portal")
	flags.StringVar(&to.GSP, "gsp", usual.GSP, "`host:port` of the GSP (GST Suvidha Provider); without it, a free port "+
		"if that of the production portal is 0")
	flags.StringSliceVar(&to.AllowHosts, "allow-host", nil,
		"answer at the control API to this host `name` too; may be repeated")
	flags.BoolVar(&to.AllowRemote, "allow-remote", false, "let listeners bind to addresses that are not loopback; "+
		"there, the control API\nanswers to every host name and needs a token")
}

// gcPercent lets the heap grow to three times the live memory between collections. With Go's 100, the
// small heap is collected so often under load that it takes a fifth of the time of a page. GOGC overrides it.
const gcPercent = 200

func (p program) runServe(ctx context.Context, server serverFlags, options simulator.Options,
	more serveFlags) (err error) {
	signal.Ignore(syscall.SIGPIPE) // a reader of the log or of the first line may end before the server
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ready, err := openReadyFile(more.readyFile) // a file that cannot be written is found before anything is started
	if err != nil {
		return wrongUse{err, "--ready-file takes a file that can be written, in a folder that exists"}
	}
	defer ready.remove()
	if more.judge != "" {
		if err := os.WriteFile(more.judge, nil, 0o644); err != nil { //nolint:gosec // a report for others
			return wrongUse{fmt.Errorf("--judge: the report cannot be written: %w", err), "its directory must exist"}
		}
	}
	closeData, err := server.data.open(ctx, &options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeData()) }()
	sim, err := simulator.New(options)
	if err != nil {
		return err
	}
	defer sim.Close()
	running, err := sim.Start(ctx, server.addresses)
	if err != nil {
		return listenFailure(err)
	}
	p.warnOfOpenControl(server.addresses, options)
	user := madeUser{remove: func() {}}
	if more.withUser {
		if user, err = makeUser(ctx, running, options, server.secure.certificate()); err != nil {
			return errors.Join(err, running.Close(ctx))
		}
	}
	defer user.remove()
	if err := p.announce(running, server.secure, sim.Seed, user.lines, ready); err != nil {
		return errors.Join(err, running.Close(ctx))
	}
	go giveBack(ctx)
	select {
	case <-ctx.Done():
	case err := <-running.Failed():
		return fmt.Errorf("serving: %w", err)
	}
	ready.remove()
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	var verdict error
	if more.judge != "" {
		verdict = p.judgeServed(draining, running.URLs.Control, options.ControlToken, more.judge)
	}
	if err := running.Close(draining); err != nil {
		options.Log.Warn("some requests were cut off", "after", drainTime, "error", err)
	}
	return verdict
}

// judgeServed writes the report on the client of the default world.
func (p program) judgeServed(ctx context.Context, control, token, file string) error {
	transport := transportToSelf()
	defer transport.CloseIdleConnections()
	options := client.Options{HTTP: &http.Client{Transport: transport}, ControlToken: token}
	verdict, err := judgeWorld(ctx, control, options, "", nil, false)
	if err == nil {
		err = writeFile(file, verdict.WriteHTML)
	}
	if err != nil {
		return fmt.Errorf("--judge: %w", err)
	}
	_, _ = fmt.Fprintf(p.err, "%s: %s\n", file, verdict.Headline()) // the report has it too
	return nil
}

// transportToSelf reaches the listeners of this process, under a name that its certificate may not have.
func transportToSelf() *http.Transport {
	transport := client.NewTransport()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // see above
	return transport
}

// flagged is the address of a listener and the flag that gives it.
type flagged struct{ flag, address string }

func listenersOf(a simulator.Addresses) []flagged {
	return []flagged{{"control", a.Control}, {"sandbox", a.Sandbox}, {"production", a.Production}, {"gsp", a.GSP}}
}

// checkAddresses refuses a URL, which flags of the same names in walk and conformance take, and a port
// without a host.
func checkAddresses(a simulator.Addresses) error {
	for _, l := range listenersOf(a) {
		port := "7000"
		if _, err := strconv.ParseUint(l.address, 10, 16); err == nil {
			port = l.address
		}
		if _, _, err := net.SplitHostPort(l.address); err != nil || strings.Contains(l.address, "/") {
			return wrongUse{fmt.Errorf("--%s: %q is not host:port", l.flag, l.address),
				"as in --" + l.flag + " 127.0.0.1:" + port}
		}
	}
	return nil
}

// listenFailure makes a wrongUse that names the flag of the listener that could not be opened, or of a wrong host.
func listenFailure(err error) error {
	if refused, ok := errors.AsType[*simulator.HostError](err); ok {
		return wrongUse{fmt.Errorf("--allow-host: %w", refused),
			"as in --allow-host nicsim.example"}
	}
	failed, ok := errors.AsType[*simulator.ListenError](err)
	if !ok {
		return err
	}
	hint := fmt.Sprintf("choose another address with --%s; port 0 picks a free one; if a simulator runs already, the "+
		"other three need one too", failed.Listener)
	switch {
	case errors.Is(err, simulator.ErrOpen):
		hint = "give --control-token-file or the variable NICSIM_CONTROL_TOKEN; --allow-open-control lifts this"
	case errors.Is(err, simulator.ErrRemote):
		hint = fmt.Sprintf("--%s takes 127.0.0.1:PORT; --allow-remote lifts this", failed.Listener)
	}
	return wrongUse{err, hint}
}

// readyNote is the first line of serve, and its ready file.
type readyNote struct {
	simulator.URLs
	CA string `json:"ca,omitempty"` // file with the certificate of the CA, if nicsim makes its certificates
}

// announce writes the URLs: as one line of JSON for programs, then as text for the user, then to the ready
// file.
func (p program) announce(running *simulator.Running, secure tlsFlags, seed, user string, ready *readyFile) error {
	line, err := json.Marshal(readyNote{running.URLs, secure.certificate()})
	if err != nil {
		return fmt.Errorf("writing the URLs: %w", err)
	}
	line = append(line, '\n')
	if _, err := p.out.Write(line); err != nil && !errors.Is(err, syscall.EPIPE) { // its reader may have read enough
		return fmt.Errorf("writing the URLs to standard output: %w", err)
	}
	_, _ = io.WriteString(p.err, greeting(running.Public, seed)+user) // programs do not need it
	if secure.ca != nil {
		_, _ = fmt.Fprintf(p.err, "TLS: trust %s, SHA-256 fingerprint %s\n", secure.certificate(), secure.ca.Fingerprint())
	}
	return ready.publish(line)
}

func greeting(urls simulator.URLs, seed string) string {
	return fmt.Sprintf(`nicsim is ready. This is a simulator, not a government site.
  sandbox portal     %s   guide section 1
  production portal  %s   guide section 2
  GSP                %s   where the credentials are entered
  dashboard          %s   inbox with the OTPs, journal, clock, taxpayers
  seed               %s
Open %s in a browser and follow the guide. The taxpayers and the OTPs are on %s
Programs: nicsim walk --sandbox %s --production %s --control %s --gsp %s
`, urls.Sandbox, urls.Production, urls.GSP, urls.Control, seed, urls.Sandbox, urls.Control, urls.Sandbox,
		urls.Production, urls.Control, urls.GSP)
}
