package main

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator"
)

const (
	waitPause  = 50 * time.Millisecond // between two attempts
	waitAnswer = 2 * time.Second       // for one address to answer
)

func (p program) wait() *cobra.Command {
	var readyFile string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "wait",
		Short: "Wait until a simulator answers",
		Long: `Waits until the ready file of 'nicsim serve' is there and all four addresses in it
answer. A file that an earlier simulator left behind does not count, as its addresses
are dead. Without a ready file, it asks the addresses that serve takes by default.

Exit codes: 0 the simulator answers, 2 wrong use, 3 it does not within the time.`,
		Example: `  nicsim serve --ready-file nicsim.json &
  nicsim wait --ready-file nicsim.json --timeout 1m`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if timeout <= 0 {
				return wrongUse{fmt.Errorf("--timeout: %s is not a positive duration", timeout), "as in --timeout 30s"}
			}
			return p.runWait(cmd.Context(), readyFile, timeout)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&readyFile, "ready-file", "", "`file` that 'nicsim serve --ready-file' writes (default: ask "+
		"127.0.0.1:7000 to 7003)")
	flags.DurationVar(&timeout, "timeout", 30*time.Second, "longest `time` to wait, as in 90s or 2m")
	return cmd
}

func (p program) runWait(ctx context.Context, readyFile string, timeout time.Duration) error {
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	pause := time.NewTicker(waitPause)
	defer pause.Stop()
	// Nothing secret is sent, and the certificate may be for other names than the address of a listener.
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // see above
	var missing error
	for {
		urls, err := whereServed(readyFile)
		if err == nil {
			err = answer(limited, urls, transport)
		}
		if err == nil {
			_, err = fmt.Fprintf(p.out, "nicsim is ready: sandbox %s, production %s, GSP %s, control %s\n", urls.Sandbox,
				urls.Production, urls.GSP, urls.Control)
			return err
		}
		if limited.Err() == nil {
			missing = err
		}
		select {
		case <-pause.C:
		case <-limited.Done():
			if ctx.Err() != nil {
				return errors.New("the wait was interrupted")
			}
			return fmt.Errorf("no simulator answers after %s: %w", timeout, missing)
		}
	}
}

// whereServed reads a ready file.
func whereServed(readyFile string) (urls simulator.URLs, err error) {
	if readyFile == "" {
		return simulator.URLs{Control: "http://" + defaultControl, Sandbox: "http://" + defaultSandbox,
			Production: "http://" + defaultProduction, GSP: "http://" + defaultGSP}, nil
	}
	text, err := os.ReadFile(readyFile)
	if err != nil {
		return urls, err
	}
	if json.Unmarshal(text, &urls) != nil || urls.Control == "" || urls.Sandbox == "" || urls.Production == "" {
		return urls, fmt.Errorf("%s does not have the base URLs", readyFile)
	}
	return urls, nil
}

// answer asks all four listeners for an answer, and the control API whether the simulator is ready.
func answer(ctx context.Context, urls simulator.URLs, transport http.RoundTripper) error {
	calls := http.Client{Transport: transport, Timeout: waitAnswer}
	asked := []string{urls.Control + "/readyz", urls.Sandbox + "/", urls.Production + "/"}
	if urls.GSP != "" { // a file of an earlier version has none
		asked = append(asked, urls.GSP+"/")
	}
	for _, url := range asked {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		response, err := calls.Do(request)
		if err != nil {
			return err
		}
		_ = response.Body.Close() // the status is enough
		if response.StatusCode != http.StatusOK && url == urls.Control+"/readyz" {
			return fmt.Errorf("%s answers %s", url, response.Status)
		}
	}
	return nil
}
