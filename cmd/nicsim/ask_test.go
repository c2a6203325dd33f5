package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/steps/target"
)

// A person answers on one line. A terminal that is closed is an error.
func TestAsk(t *testing.T) {
	var shown strings.Builder
	p := program{in: io.MultiReader(strings.NewReader(" 123456 \n")), err: &shown}
	q := target.Question{Kind: target.AskCaptcha, Portal: "sandbox", Image: "http://a/b.png"}
	if got, err := p.ask(t.Context(), q); err != nil || got != "123456" || !strings.Contains(shown.String(), q.String()) {
		t.Errorf("%q, %v after %q", got, err, shown.String())
	}
	if _, err := p.ask(t.Context(), q); err == nil || err.Error() != "otp: the terminal was closed" {
		t.Errorf("%v", err)
	}
}

// A target whose OTPs a person enters needs a terminal.
func TestPromptWithoutTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "t.yaml")
	text := "sandbox: {portal: http://127.0.0.1:1}\nproduction: {portal: http://127.0.0.1:1}\notp: prompt\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	p := program{in: strings.NewReader(""), out: io.Discard, err: &shown}
	if code := p.run(t.Context(), []string{"conformance", "--target", file}); code != 2 ||
		!strings.Contains(shown.String(), "otp is prompt, and there is no terminal to ask at") {
		t.Errorf("exit code %d: %s", code, shown.String())
	}
}
