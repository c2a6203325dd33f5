package client_test

import (
	"context"
	"errors"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
)

var otpQuery = client.OTPQuery{
	Environment: client.EnvironmentSandbox, GSTIN: "29ABCCD1234E1Z1", Purpose: client.PurposeRegistrationOTP,
	SentTo: []string{"XXXXXX3210", "a****@dakshin.example"},
}

// blueCaptcha asks for the captcha of a portal that serves one captcha and its picture.
func blueCaptcha(t *testing.T) (client.Portal, client.Captcha) {
	t.Helper()
	s := newSandbox(t, listen(t, newCaptcha(), fetchPicture())+"/w/blue")
	c, err := s.NewCaptcha(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// eyes reads the picture in a question when the question is asked.
type eyes struct {
	asked   strings.Builder
	picture string
	mode    os.FileMode
	content string
}

var namedPicture = regexp.MustCompile(`picture in (\S+\.png)`)

func (e *eyes) Write(p []byte) (int, error) {
	if m := namedPicture.FindSubmatch(p); m != nil {
		e.picture = string(m[1])
		if info, err := os.Stat(e.picture); err == nil {
			e.mode = info.Mode().Perm()
		}
		content, _ := os.ReadFile(e.picture)
		e.content = string(content)
	}
	return e.asked.Write(p)
}

func TestPrompt(t *testing.T) {
	t.Parallel()
	portal, captcha := blueCaptcha(t)
	person, dir := &eyes{}, t.TempDir()
	source := client.FromPrompt(strings.NewReader("  K7QX2 \n\n246813"), person, dir)

	if answer, err := source.Captcha(t.Context(), portal, captcha); answer != "K7QX2" || err != nil {
		t.Errorf("captcha's answer is %q, %v", answer, err)
	}
	if !strings.HasPrefix(person.picture, dir) || person.mode != 0o600 || person.content != png {
		t.Errorf("picture is %q, mode %o, content %q", person.picture, person.mode, person.content)
	}
	if left, err := os.ReadDir(dir); len(left) != 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if answer, err := source.OTP(t.Context(), otpQuery); answer != "246813" || err != nil {
		t.Errorf("OTP is %q, %v", answer, err)
	}
	for _, want := range []string{"sandbox", "29ABCCD1234E1Z1", "XXXXXX3210, a****@dakshin.example"} {
		if !strings.Contains(person.asked.String(), want) {
			t.Errorf("the questions lack %q:\n%s", want, person.asked.String())
		}
	}
	if n := strings.Count(person.asked.String(), "OTP: "); n != 2 {
		t.Errorf("an empty line led to %d questions, want 2", n)
	}
	if _, err := source.OTP(t.Context(), otpQuery); err == nil || !strings.Contains(err.Error(), "the input has ended") {
		t.Errorf("error at the end of the input is %v", err)
	}
}

func TestPromptEndsWithItsContext(t *testing.T) {
	t.Parallel()
	in, typing := io.Pipe()
	t.Cleanup(func() { typing.Close() })
	source := client.FromPrompt(in, io.Discard, "")

	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan error)
	go func() {
		_, err := source.OTP(ctx, otpQuery)
		asked <- err
	}()
	cancel()
	if err := <-asked; !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want the cancelled context", err)
	}
	go func() { _, _ = io.WriteString(typing, "246813\n") }()
	if answer, err := source.OTP(t.Context(), otpQuery); answer != "246813" || err != nil {
		t.Errorf("the next question got %q, %v", answer, err)
	}
}

func TestPromptFailures(t *testing.T) {
	t.Parallel()
	portal, captcha := blueCaptcha(t)
	_, err := client.FromPrompt(strings.NewReader("K7QX2\n"), io.Discard, t.TempDir()+"/absent").Captcha(t.Context(),
		portal, captcha)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error of an absent directory is %v", err)
	}
	_, err = client.FromPrompt(strings.NewReader(strings.Repeat("7", 100_000)), io.Discard, "").OTP(t.Context(), otpQuery)
	if err == nil || strings.Contains(err.Error(), "777") {
		t.Errorf("error of an endless line is %v", err)
	}
	in, out := io.Pipe()
	in.Close()
	if _, err := client.FromPrompt(strings.NewReader("246813\n"), out, "").OTP(t.Context(), otpQuery); !errors.Is(err,
		io.ErrClosedPipe) {
		t.Errorf("error of a closed terminal is %v", err)
	}
}
