package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/clock"
)

// targetFlags adds the flags that say where the portals are. Without any of them a command starts a
// simulator of its own.
func targetFlags(flags *pflag.FlagSet, urls *simulator.URLs) {
	flags.StringVar(&urls.Sandbox, "sandbox", "", "`URL` of a sandbox portal (default: a simulator of its own)")
	flags.StringVar(&urls.Production, "production", "", "`URL` of a production portal")
	flags.StringVar(&urls.Control, "control", "", "`URL` of the control API, where OTPs and captcha answers are read")
}

// checkURLs completes the URLs that were given and refuses those that are none. A host and port
// alone will do, so that one variable serves serve and its callers.
func checkURLs(urls simulator.URLs) (simulator.URLs, error) {
	for _, l := range []struct {
		flag string
		url  *string
	}{{"sandbox", &urls.Sandbox}, {"production", &urls.Production}, {"control", &urls.Control}} {
		if *l.url == "" {
			continue
		}
		if !strings.Contains(*l.url, "://") {
			*l.url = "http://" + *l.url
		}
		*l.url = strings.TrimRight(*l.url, "/")
		if _, err := client.NewControl(*l.url, client.Options{}); err != nil { // each takes the same URLs
			return urls, wrongUse{fmt.Errorf("--%s: %w", l.flag, err), "as in --" + l.flag + " http://127.0.0.1:7000"}
		}
	}
	return urls, nil
}

// isWorldName tells what the contract lets a world be called.
func isWorldName(name string) bool {
	return len(name) >= 1 && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// inWorld puts all URLs that are given into a world.
func inWorld(urls simulator.URLs, name string) simulator.URLs {
	into := func(url string) string {
		if url == "" {
			return ""
		}
		return url + "/w/" + name
	}
	return simulator.URLs{Control: into(urls.Control), Sandbox: into(urls.Sandbox), Production: into(urls.Production)}
}

// namesWorld tells whether one of the URLs leads into a world already.
func namesWorld(urls simulator.URLs) bool {
	return strings.Contains(urls.Sandbox+" "+urls.Production+" "+urls.Control, "/w/")
}

// ownSimulator starts a simulator on free loopback ports. Its end need not wait for anybody: only
// this process knows of it.
//
// Its clocks are those of this machine if wall is nil.
func (p program) ownSimulator(ctx context.Context, seed string, wall clock.Wall) (urls simulator.URLs, stop func(),
	err error) {
	sim, err := simulator.New(simulator.Options{Seed: seed, Wall: wall, Log: slog.New(slog.NewTextHandler(p.err, nil))})
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
		_ = running.Close(ended) // its context has ended: that is all that it can complain of
	}, nil
}
