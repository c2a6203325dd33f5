package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/drill"
)

// drilled runs drills with --json.
func drilled(t *testing.T, wantCode int, args ...string) drillReport {
	t.Helper()
	code, out, said := called(t.Context(), append([]string{"drill", "--json"}, args...)...)
	if code != wantCode {
		t.Fatalf("exit code %d, want %d: %s%s", code, wantCode, out, said)
	}
	var r drillReport
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if r.OK != (wantCode == exitGood) {
		t.Errorf("exit code %d, and ok is %t", code, r.OK)
	}
	return r
}

// The example passes every drill, and the naive client fails each for the reason that the drill is about.
func TestDrills(t *testing.T) {
	t.Parallel()
	reference, naive := built(t, "../../examples/send-one"), built(t, "./testdata/naive")
	calls := map[string]string{ // of the example
		"lost-answer":       "auth, generate, generate, read-irn",
		"token-revoked":     "auth, generate, auth, generate",
		"sek-changed":       "auth, generate, auth, generate",
		"html-502":          "auth, generate, generate",
		"too-many-requests": "auth, generate, generate",
		"time-out":          "auth, generate, generate",
		"clock-skew":        "auth, generate",
		"not-synchronised":  "auth, generate, generate, read-irn, read-irn",
	}
	reasons := map[string]string{ // of the naive client
		"lost-answer":       "refused with 2150; read the invoice by the IRN in DUPIRN",
		"token-revoked":     "refused with 1005; log in again",
		"sek-changed":       "refused with 1020; log in again",
		"html-502":          "answered with HTTP 502",
		"too-many-requests": "after the answer that said Retry-After: 2",
		"time-out":          "was still running after 3s",
		"clock-skew":        "made 10 logins; the bound is 8",
		"not-synchronised":  "refused with 2150; read the invoice by the IRN in DUPIRN",
	}
	for _, d := range drill.All() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			patience, limit := "20s", "1m"
			if d.Name == "time-out" {
				patience, limit = "3s", "3s"
			}
			r := drilled(t, exitGood, "--only", d.Name, "--exec", reference+" -pause 10ms -timeout "+patience)
			if got := r.Drills[0].why(); got != calls[d.Name] {
				t.Errorf("the example made the calls %s; want %s", got, calls[d.Name])
			}
			r = drilled(t, exitNotConformant, "--only", d.Name, "--exec", naive, "--timeout", limit)
			if got := r.Drills[0].why(); reasons[d.Name] == "" || !strings.Contains(got, reasons[d.Name]) {
				t.Errorf("the naive client failed since it %s; want %q", got, reasons[d.Name])
			}
		})
	}
}

// A drill by hand prints what a client needs, and ends when no more calls come, or with Enter.
func TestDrillByHand(t *testing.T) {
	t.Parallel()
	reference := built(t, "../../examples/send-one")
	for name, c := range map[string]struct {
		settle string
		enter  bool
	}{"without a terminal": {"1s", false}, "with Enter": {"10m", true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in, enter := io.Pipe()
			read, said := io.Pipe()
			var out bytes.Buffer // only the program uses it until it has ended
			p := program{in: in, out: &out, err: said}
			if !c.enter {
				p.in = strings.NewReader("")
			}
			ended := make(chan int, 1)
			go func() {
				ended <- p.run(t.Context(), []string{"drill", "--only", "lost-answer", "--settle", c.settle, "--timeout", "1m"})
				_ = said.Close()
			}()
			var environ []string
			prompt := bufio.NewScanner(read)
			for prompt.Scan() && !strings.Contains(prompt.Text(), "Have your client") {
				if v := strings.TrimSpace(prompt.Text()); strings.HasPrefix(v, "NIC_") {
					environ = append(environ, v)
				}
			}
			go func() { _, _ = io.Copy(io.Discard, read) }()
			send := exec.CommandContext(t.Context(), reference, "-pause", "10ms")
			send.Env = environ
			if irn, err := send.CombinedOutput(); err != nil || len(irn) != 65 {
				t.Errorf("the example printed %q: %v", irn, err)
			}
			if c.enter {
				_, _ = io.WriteString(enter, "\n")
			}
			if code := <-ended; code != exitGood || !strings.Contains(out.String(), "1 of 1 drill passed") {
				t.Errorf("exit code %d: %s", code, out.String())
			}
		})
	}
}

func TestShortDurations(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		10 * time.Second: "10s", 2 * time.Minute: "2m", 10 * time.Minute: "10m", time.Hour: "1h", 90 * time.Second: "1m30s",
		300 * time.Millisecond: "300ms", 61 * time.Minute: "1h1m",
	} {
		if got := short(d); got != want {
			t.Errorf("%v is %s", d, got)
		}
	}
}

// The end of an output is whole lines as far as it is kept, and bounded.
func TestTail(t *testing.T) {
	t.Parallel()
	var kept tail
	for i := range 10_000 {
		fmt.Fprintf(&kept, "line %d\n", i)
	}
	if got := kept.String(); !strings.HasPrefix(got, "line 9994\n") || !strings.HasSuffix(got, "\nline 9999") ||
		len(kept.kept) != tailBytes {
		t.Errorf("%d bytes are kept, and shown is %q", len(kept.kept), got)
	}
}

// Against a running simulator, the drills have a world of their own there.
func TestDrillsAtURLs(t *testing.T) {
	t.Parallel()
	reference := built(t, "../../examples/send-one")
	urls, stop, err := (program{err: io.Discard}).ownSimulator(t.Context(), "drills", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	drilled(t, exitGood, "--control", urls.Control, "--sandbox", urls.Sandbox, "--seed", "urls", "--only", "html-502",
		"--only", "token-revoked", "--exec", reference+" -pause 10ms")
}

// What a command finds in its environment, and where its output goes.
func TestDrillCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are those of a POSIX shell")
	}
	t.Chdir(t.TempDir())
	var out, said bytes.Buffer
	p := program{in: strings.NewReader(""), out: &out, err: &said, environ: []string{"PATH=" + os.Getenv("PATH"), "OWN=1"}}
	const line = `env | grep -E "^(NIC_|OWN)" | sort; for f in "$NIC_INVOICE" "$NIC_SANDBOX_PUBLIC_KEY" ` +
		`"$NIC_SANDBOX_CERTIFICATE" "$NIC_PRODUCTION_PUBLIC_KEY" "$NIC_PRODUCTION_CERTIFICATE"; do head -n 1 "$f"; done; ` +
		`echo "over & out" >&2; exit 3`
	code := p.run(t.Context(), []string{"drill", "--only", "html-502", "--only", "time-out", "--exec", line,
		"--log", "log.txt", "--junit", "drills.xml", "--verbose"})
	if code != exitNotConformant || !strings.Contains(out.String(), "0 of 2 drills passed") {
		t.Errorf("exit code %d: %s%s", code, out.String(), said.String())
	}
	log, err := os.ReadFile("log.txt")
	if err != nil || string(log) != said.String() {
		t.Errorf("the log differs from what --verbose shows: %v\n%s", err, log)
	}
	var names []string
	for line := range strings.Lines(string(log)) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), "=")
		names = append(names, name)
	}
	once := []string{
		"NIC_CLIENT_ID", "NIC_CLIENT_SECRET", "NIC_CONTROL_URL", "NIC_DRILL", "NIC_GSTIN", "NIC_INVOICE",
		"NIC_PRODUCTION_CERTIFICATE", "NIC_PRODUCTION_PASSWORD", "NIC_PRODUCTION_PUBLIC_KEY", "NIC_PRODUCTION_URL",
		"NIC_PRODUCTION_USERNAME", "NIC_SANDBOX_CERTIFICATE", "NIC_SANDBOX_PASSWORD", "NIC_SANDBOX_PUBLIC_KEY",
		"NIC_SANDBOX_URL", "NIC_SANDBOX_USERNAME", "OWN", "{", "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----",
		"-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "over & out",
	}
	if diff := cmp.Diff(append(once, once...), names); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
	var junit struct {
		Suite []struct {
			Name     string `xml:"name,attr"`
			Failures int    `xml:"failures,attr"`
			Time     string `xml:"time,attr"`
			Case     []struct {
				Name    string `xml:"name,attr"`
				Failure struct {
					Message string `xml:"message,attr"`
					Text    string `xml:",chardata"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	text, err := os.ReadFile("drills.xml")
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(text, &junit); err != nil {
		t.Fatal(err)
	}
	suite := junit.Suite[0]
	if suite.Name != "nicsim drill" || suite.Failures != 2 || suite.Case[1].Name != "time-out no answer at all" ||
		suite.Case[1].Failure.Message != "no call was seen; the command ended with the exit code 3" ||
		suite.Time == "0.000" || !strings.Contains(suite.Case[1].Failure.Text, "over & out") {
		t.Errorf("the JUnit report is %s", text)
	}
}

// A run that is interrupted ends the command and what it has started.
func TestDrillsAreInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that asks a process to end")
	}
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	read, write := io.Pipe()
	p := program{in: strings.NewReader(""), out: io.Discard, err: write, environ: []string{"PATH=" + os.Getenv("PATH")}}
	ended := make(chan int, 1)
	// Nothing ever opens the pipe for writing, so that the reader waits until it gets a signal.
	const line = `mkfifo never; trap 'exit 0' TERM; ` +
		`sh -c 'trap "echo asked to end; exit 0" TERM; echo begun; read x <never' 2>/dev/null & wait`
	go func() {
		ended <- p.run(ctx, []string{"drill", "--verbose", "--exec", line})
		_ = write.Close()
	}()
	lines := bufio.NewScanner(read)
	lines.Scan()
	cancel()
	var rest []string
	for lines.Scan() {
		rest = append(rest, lines.Text())
	}
	want := []string{"asked to end", "nicsim: the drills were interrupted"}
	if code := <-ended; code != exitFailure || !slices.Equal(rest, want) {
		t.Errorf("exit code %d: %q", code, rest)
	}
}
