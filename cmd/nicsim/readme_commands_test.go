package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/internal/golden"
	"github.com/nicsim/nicsim/simulator"
)

// reader performs the commands of a page in a new folder. The only programs that it needs are go and make: nicsim runs
// in this process, on free ports, and the reader makes the calls of curl itself.
type reader struct {
	t    *testing.T
	root string          // of the module
	page string          // its path, such as README.md
	at   *simulator.URLs // of nicsim serve; nil before it was started
}

func newReader(t *testing.T, root, page string) *reader {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.CopyFS("docs/samples", os.DirFS(filepath.Join(root, "docs/samples"))); err != nil {
		t.Fatal(err)
	}
	return &reader{t: t, root: root, page: page}
}

// perform performs the lines in order. It stops at the first failure, as a line can depend on the lines before it.
func (r *reader) perform(lines []line) {
	r.t.Helper()
	for _, l := range lines {
		if err := r.do(l.text); err != nil {
			r.t.Fatalf("%s:%d: %s\n%v", r.page, l.number, l.text, err)
		}
	}
}

// checkPictures checks the pictures that the commands of a page make with a browser.
func (r *reader) checkPictures() {
	r.t.Helper()
	if _, err := chromium.Find(""); err != nil {
		return
	}
	for page, want := range map[string]map[string]string{ // page: file: a part of its content
		"docs/walk.md": {
			"pictures/section1/01-home.png": "PNG", "pictures/section1/04-1.3-validate-filled.png": "PNG",
			"pictures/section2/12-2.9-api-registration-success.png": "PNG", "pictures/dashboard.png": "PNG",
		},
		"docs/conformance.md": {"pictures.html": "data:image/webp;base64,", "pictures.json": "image/webp"},
	} {
		for file, content := range want {
			if page != r.page {
				continue
			}
			if text, err := os.ReadFile(file); err != nil || !bytes.Contains(text, []byte(content)) {
				r.t.Errorf("the commands of %s did not write %s with %q: %v", page, file, content, err)
			}
		}
	}
}

// compare runs the command of a console block. If its output is not what the block shows, the test
// fails, or with -update calls rewrite with the block as it should be.
func (r *reader) compare(b block, rewrite func(string)) {
	r.t.Helper()
	first := b.lines[0]
	words, err := splitWords(strings.TrimPrefix(first.text, "$ "))
	if err != nil {
		r.t.Fatalf("%s:%d: %v", r.page, first.number, err)
	}
	args, ok := nicsimArgs(words)
	if !ok {
		r.t.Fatalf("%s:%d: only the output of nicsim is compared", r.page, first.number)
	}
	code, out, said := called(r.t.Context(), args...)
	if code != exitGood {
		r.t.Fatalf("%s:%d: exit code %d: %s", r.page, first.number, code, said)
	}
	shown := strings.TrimPrefix(b.text(), first.text+"\n")
	switch excerpt := strings.Contains("\n"+shown, "\n"+leftOut+"\n"); {
	case shows(shown, out):
	case golden.Updating() && !excerpt:
		rewrite(first.text + "\n" + out)
	default:
		r.t.Errorf("%s:%d: nicsim prints another output; 'go test ./cmd/nicsim -run Readme -update' "+
			"writes it, but for excerpts\n%s", r.page, first.number, out)
	}
}

// leftOut is a line of an excerpt. It stands for any number of lines.
const leftOut = "…"

// shows reports whether the text of a block is the output, or an excerpt of it.
func shows(text, output string) bool {
	var pattern strings.Builder
	for line := range strings.Lines(text) {
		if line == leftOut+"\n" {
			pattern.WriteString(`(?:.*\n)*`)
			continue
		}
		pattern.WriteString(regexp.QuoteMeta(line))
	}
	return regexp.MustCompile(`\A` + pattern.String() + `\z`).MatchString(output)
}

// do performs a command. It returns an error if the command fails or is not supported.
func (r *reader) do(command string) error {
	command, err := r.here(command)
	if err != nil {
		return err
	}
	words, err := splitWords(command)
	if err != nil || len(words) == 0 {
		return err
	}
	if args, ok := nicsimArgs(words); ok {
		return r.nicsim(args)
	}
	switch program := words[0]; {
	case program == "curl":
		return r.curl(words[1:])
	case program == "make":
		return r.checkTargets(words[1:])
	case program == "go" && len(words) == 5 && words[1] == "build" && words[2] == "-o":
		return r.build(words[3], words[4])
	case program == "go" && len(words) == 3 && words[1] == "install":
		return r.installable(words[2])
	case program == "go" && len(words) == 3 && words[1] == "get":
		return r.gettable(words[2])
	}
	return fmt.Errorf("the test does not support %q", words)
}

// nicsimArgs returns the arguments of nicsim, for a call by its name or with go run.
func nicsimArgs(words []string) ([]string, bool) {
	switch {
	case words[0] == "nicsim":
		return words[1:], true
	case len(words) > 2 && words[0] == "go" && words[1] == "run" && words[2] == "./cmd/nicsim":
		return words[3:], true
	}
	return nil, false
}

var onLoopback = regexp.MustCompile(`([a-z0-9-]+\.localhost|localhost|127\.0\.0\.1):\d+`)

// here replaces the usual ports by those of the nicsim serve of this test.
func (r *reader) here(command string) (string, error) {
	var violation error
	command = onLoopback.ReplaceAllStringFunc(command, func(address string) string {
		if r.at == nil {
			violation = fmt.Errorf("%s is called before nicsim serve", address)
			return address
		}
		host, port, _ := strings.Cut(address, ":")
		base, ok := map[string]string{"7000": r.at.Control, "7001": r.at.Sandbox, "7002": r.at.Production,
			"7003": r.at.GSP}[port]
		if !ok {
			violation = fmt.Errorf("nicsim does not serve %s", address)
		}
		address = strings.TrimPrefix(base, "http://")
		if strings.HasSuffix(host, ".localhost") { // names a world
			address = strings.Replace(address, "127.0.0.1", host, 1)
		}
		return address
	})
	return command, violation
}

func (r *reader) nicsim(args []string) error {
	if len(args) > 0 && args[0] == "serve" {
		return r.serve(strings.Fields(strings.TrimSuffix(strings.Join(args, " "), "&")))
	}
	if strings.Contains(strings.Join(args, " "), "--driver browser") {
		if _, err := chromium.Find(""); errors.Is(err, chromium.ErrMissing) { // the other tests do not need it
			r.t.Logf("not tried, as Chromium is missing: %q", args)
			return nil
		}
	}
	if len(args) > 1 && args[0] == "conformance" && !slices.ContainsFunc(args, func(a string) bool {
		return a == "--tags" || a == "--list"
	}) {
		tags := "@walk" // TestConformance runs the other scenarios
		if slices.Contains(args, "--api") {
			tags = "@API-cancel" // the target has no portals
		}
		args = append(args, "--tags", tags)
	}
	code, out, said := called(r.t.Context(), args...)
	if code != exitGood {
		return fmt.Errorf("exit code %d\n%s%s", code, out, said)
	}
	return nil
}

// serve starts nicsim serve, in the background or not, and leaves it running until the test ends.
func (r *reader) serve(args []string) error {
	ctx, cancel := context.WithCancel(context.Background())
	read, write := io.Pipe()
	var said bytes.Buffer // only the program uses it until it has ended
	p := program{in: strings.NewReader(""), out: write, err: &said, environ: []string{
		"NICSIM_CONTROL=127.0.0.1:0", "NICSIM_SANDBOX=127.0.0.1:0", "NICSIM_PRODUCTION=127.0.0.1:0",
	}}
	ended := make(chan int, 1)
	go func() {
		code := p.run(ctx, args)
		_ = write.Close() // it never fails
		ended <- code
	}()
	line, err := bufio.NewReader(read).ReadBytes('\n')
	if err != nil {
		cancel()
		return fmt.Errorf("nicsim serve ended with exit code %d: %s", <-ended, said.String())
	}
	r.t.Cleanup(func() {
		cancel()
		if code := <-ended; code != exitGood {
			r.t.Errorf("nicsim serve ended with exit code %d: %s", code, said.String())
		}
	})
	r.at = new(simulator.URLs)
	return json.Unmarshal(line, r.at)
}

// curl makes the call of a curl command. An answer other than 2xx is an error.
func (r *reader) curl(args []string) error {
	flags := pflag.NewFlagSet("curl", pflag.ContinueOnError)
	flags.BoolP("silent", "s", false, "")
	method := flags.StringP("request", "X", "", "")
	headers := flags.StringArrayP("header", "H", nil, "")
	data := flags.StringP("data", "d", "", "")
	proxy := flags.StringP("proxy", "x", "", "")
	output := flags.StringP("output", "o", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("the addresses of curl are %q, want one", flags.Args())
	}
	if name, named := strings.CutPrefix(*data, "@"); named {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		*data = string(text)
	}
	address := "http://" + strings.TrimPrefix(flags.Arg(0), "http://")
	if *method == "" && *data != "" { // as curl does
		*method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(r.t.Context(), *method, address, strings.NewReader(*data))
	if err != nil {
		return err
	}
	if *data != "" {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded") // as curl does
	}
	for _, h := range *headers {
		name, value, _ := strings.Cut(h, ": ")
		request.Header.Set(name, value)
	}
	transport := client.NewTransport()
	transport.DisableKeepAlives, transport.Proxy = true, nil
	if *proxy != "" {
		transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: *proxy})
	}
	answer, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the answer is %s: %s (%w)", answer.Status, body, err)
	}
	if *output != "" {
		return os.WriteFile(*output, body, 0o600)
	}
	return nil
}

// checkTargets returns an error if make does not know the targets. It does not make them.
func (r *reader) checkTargets(targets []string) error {
	_, err := r.output("make", append([]string{"-n"}, targets...)...)
	if errors.Is(err, exec.ErrNotFound) { // the other tests do not need it
		r.t.Logf("not tried, as make is missing: %q", targets)
		return nil
	}
	return err
}

// build builds a program of this module into the reader's folder.
func (r *reader) build(file, pkg string) error {
	file, err := filepath.Abs(file)
	if err == nil {
		_, err = r.output("go", "build", "-o", file, pkg)
	}
	return err
}

// installable returns an error if the name is not that of a program of this module.
func (r *reader) installable(name string) error {
	path, _, _ := strings.Cut(name, "@")
	found, err := r.output("go", "list", "-f", "{{.Name}} {{.Module.Main}}", path)
	if err == nil && found != "main true" {
		err = fmt.Errorf("%s is not a program of this module", path)
	}
	return err
}

// gettable returns an error if the name is not that of this module.
func (r *reader) gettable(name string) error {
	path, _, _ := strings.Cut(name, "@")
	module, err := r.output("go", "list", "-m")
	if err == nil && path != module {
		err = fmt.Errorf("%s is not this module, %s", path, module)
	}
	return err
}

// output runs a program in the module's root and returns its output.
func (r *reader) output(name string, args ...string) (string, error) {
	command := exec.CommandContext(r.t.Context(), name, args...)
	command.Dir = r.root
	command.Env = append(os.Environ(), "MAKEFLAGS=", "MAKELEVEL=") // make may have started this test
	out, err := command.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", command, err, out)
	}
	return strings.TrimSpace(string(out)), nil
}
