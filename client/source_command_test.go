package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/client"
)

// TestMain makes the test binary usable as the user's command, so that the tests need no shell.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "answer" {
		os.Exit(answer(os.Args[2]))
	}
	os.Exit(m.Run())
}

func answer(how string) int {
	switch how {
	case "well":
		if os.Getenv("NICSIM_ASK") == "captcha" {
			picture, err := os.ReadFile(os.Getenv("NICSIM_IMAGE"))
			if err != nil || string(picture) != png || os.Getenv("NICSIM_ENVIRONMENT") != "sandbox" {
				return 9
			}
			fmt.Println(" " + os.Getenv("NICSIM_CAPTCHA_ID"))
			return 0
		}
		fmt.Println(strings.Join([]string{
			os.Getenv("NICSIM_ASK"), os.Getenv("NICSIM_ENVIRONMENT"), os.Getenv("NICSIM_GSTIN"), os.Getenv("NICSIM_PAN"),
			os.Getenv("NICSIM_SENT_TO"), os.Getenv("NICSIM_PURPOSE"), os.Getenv("NICSIM_IMAGE"),
		}, "|"))
	case "fail":
		fmt.Println("246813")
		fmt.Fprintln(os.Stderr, "\nno phone here\nsecond line")
		return 7
	case "leak":
		fmt.Println("246813\nnoise")
		fmt.Fprintln(os.Stderr, "will not send 246813")
		return 7
	case "nothing":
		fmt.Fprintln(os.Stderr, "asleep")
	case "lines":
		fmt.Println("246813\n246813")
	case "flood":
		fmt.Print("246813", strings.Repeat(" ", 5000))
	case "wait":
		fmt.Print("246813")
		_ = os.Stderr.Close()
		_, _ = io.Copy(io.Discard, os.Stdin)
		select {}
	}
	return 0
}

func commandThat(t *testing.T, how string) client.Source {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return client.FromCommand([]string{self, "answer", how})
}

func TestCommandAnswers(t *testing.T) {
	t.Parallel()
	source := commandThat(t, "well")
	portal, captcha := blueCaptcha(t)
	if got, err := source.Captcha(t.Context(), portal, captcha); got != "c-1" || err != nil {
		t.Errorf("captcha's answer is %q, %v", got, err)
	}
	const want = "otp|sandbox|29ABCCD1234E1Z1||XXXXXX3210,a****@dakshin.example|registration-otp|"
	if got, err := source.OTP(t.Context(), otpQuery); got != want || err != nil {
		t.Errorf("OTP is %q, %v, want %q", got, err, want)
	}
}

func TestCommandFailures(t *testing.T) {
	t.Parallel()
	tests := []struct{ how, want string }{
		{"fail", "command for otp: exit status 7: no phone here"},
		{"leak", "command for otp: exit status 7"},
		{"nothing", "command for otp: it printed nothing: asleep"},
		{"lines", "command for otp: it printed more than an answer"},
		{"flood", "command for otp: it printed more than an answer"},
	}
	for _, test := range tests {
		t.Run(test.how, func(t *testing.T) {
			t.Parallel()
			got, err := commandThat(t, test.how).OTP(t.Context(), otpQuery)
			if err == nil || err.Error() != test.want || got != "" {
				t.Errorf("got %q and error %q, want %q", got, err, test.want)
			}
			var exit *exec.ExitError
			if strings.Contains(test.want, "exit status") && !errors.As(err, &exit) {
				t.Errorf("no exit status in %v", err)
			}
		})
	}
	if _, err := client.FromCommand(nil).OTP(t.Context(), otpQuery); err == nil {
		t.Error("an empty command is not an error")
	}
	if _, err := client.FromCommand([]string{"/nonexistent/nicsim-otp"}).OTP(t.Context(), otpQuery); !errors.Is(err,
		os.ErrNotExist) {
		t.Errorf("error of an absent program is %v", err)
	}
}

func TestCommandEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan error)
	go func() {
		_, err := commandThat(t, "wait").OTP(ctx, otpQuery)
		asked <- err
	}()
	cancel()
	if err := <-asked; !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want the cancelled context", err)
	}
}
