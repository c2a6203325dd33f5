package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/clock"
	"github.com/nicsim/nicsim/simulator/world"
)

// targetFlags adds the flags for the URLs of the target. Without any of them, a command starts a simulator
// of its own.
func targetFlags(flags *pflag.FlagSet, urls *simulator.URLs, token *tokenFlags) {
	flags.StringVar(&urls.Sandbox, "sandbox", "", "`URL` of a sandbox portal (default: a simulator of its own)")
	flags.StringVar(&urls.Production, "production", "", "`URL` of a production portal")
	flags.StringVar(&urls.Control, "control", "", "`URL` of the control API, which tells OTPs and captcha answers")
	token.register(flags)
}

// gspFlag adds the flag for the URL of a GSP, to a command that enters credentials there.
func gspFlag(flags *pflag.FlagSet, urls *simulator.URLs) {
	flags.StringVar(&urls.GSP, "gsp", "", "`URL` of a GSP (GST Suvidha Provider), where credentials are entered")
}

// checkURLs completes the URLs that were given and refuses malformed ones. It takes host:port too, so that
// one variable serves `nicsim serve` and its callers.
func checkURLs(urls simulator.URLs) (simulator.URLs, error) {
	for _, l := range []struct {
		flag string
		url  *string
	}{{"sandbox", &urls.Sandbox}, {"production", &urls.Production}, {"control", &urls.Control}, {"gsp", &urls.GSP}} {
		if *l.url == "" {
			continue
		}
		if !strings.Contains(*l.url, "://") {
			*l.url = "http://" + *l.url
		}
		*l.url = strings.TrimRight(*l.url, "/")
		if _, err := client.NewControl(*l.url, client.Options{}); err != nil { // all clients take the same URLs
			return urls, wrongUse{fmt.Errorf("--%s: %w", l.flag, err), "as in --" + l.flag + " http://127.0.0.1:7000"}
		}
	}
	return urls, nil
}

// needed refuses a missing URL beside others that are given.
func needed(why, flag, url string) error {
	if url != "" {
		return nil
	}
	return wrongUse{fmt.Errorf("--%s is missing: %s", flag, why),
		"give its URL; without any URL, nicsim starts a simulator of its own"}
}

// isWorldName reports whether a world can have the name.
func isWorldName(name string) bool { return world.CheckName(name) == nil }

// inWorld adds the world to all URLs that are given.
func inWorld(urls simulator.URLs, name string) simulator.URLs {
	into := func(url string) string {
		if url == "" {
			return ""
		}
		return url + "/w/" + name
	}
	return simulator.URLs{Control: into(urls.Control), Sandbox: into(urls.Sandbox), Production: into(urls.Production),
		GSP: into(urls.GSP)}
}

// controlOf returns the URL of the control API of a world. An empty name is the world default.
func controlOf(control, world, why string) (string, error) {
	urls, err := checkURLs(simulator.URLs{Control: control})
	switch {
	case err != nil:
		return "", err
	case urls.Control == "":
		return "", wrongUse{errors.New("--control is missing: " + why), "as in --control localhost:7000"}
	case world == "":
		return urls.Control, nil
	case !isWorldName(world):
		return "", wrongUse{fmt.Errorf("--world: %q is not the name of a world", world),
			"a name has letters in lower case, digits and hyphens, at most 40"}
	case namesWorld(urls):
		return "", wrongUse{errors.New("--world: the URL of --control names a world already"), "give one of the two"}
	}
	return inWorld(urls, world).Control, nil
}

// namesWorld reports whether one of the URLs names a world, as http://blue.localhost:7001 or
// http://127.0.0.1:7001/w/blue.
func namesWorld(urls simulator.URLs) bool {
	return slices.ContainsFunc([]string{urls.Sandbox, urls.Production, urls.Control, urls.GSP}, func(address string) bool {
		at, err := url.Parse(address)
		return err == nil && (strings.HasPrefix(at.Path, "/w/") ||
			strings.HasSuffix(strings.ToLower(at.Hostname()), ".localhost"))
	})
}

// ownSimulator starts a simulator on free loopback ports. Its end does not wait for requests, since only this
// process makes any. If wall is nil, its clock is that of the machine.
func (p program) ownSimulator(ctx context.Context, seed string, wall clock.Wall) (urls simulator.URLs, stop func(),
	err error) {
	return p.start(ctx, simulator.Options{Seed: seed, Wall: wall, Log: slog.New(slog.NewTextHandler(p.err, nil))})
}

// start starts a simulator on free ports of this machine, until stop is called.
func (p program) start(ctx context.Context, o simulator.Options) (urls simulator.URLs, stop func(), err error) {
	sim, err := simulator.New(o)
	if err != nil {
		return urls, nil, err
	}
	running, err := sim.Start(ctx, simulator.Addresses{})
	if err != nil {
		return urls, nil, fmt.Errorf("starting a simulator: %w", err)
	}
	return running.URLs, func() {
		ended, cancel := context.WithCancel(context.WithoutCancel(ctx))
		cancel()
		_ = running.Close(ended) // its only error is that the context has ended
	}, nil
}
