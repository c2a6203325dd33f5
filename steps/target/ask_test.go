package target_test

import (
	"os"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/target"
)

// readOTP reads a target file in a folder of its own.
func readOTP(t *testing.T, text string) target.Target {
	t.Helper()
	at, err := target.Read([]byte(text), t.TempDir()+"/t.yaml", variables, target.Target{})
	if err != nil {
		t.Fatal(err)
	}
	return at
}

var question = target.Question{
	Kind: target.AskOTP, Portal: "sandbox", Purpose: "REGISTRATION_OTP", GSTIN: "29ABCCD1234E1Z1", Channel: "sms",
	Mobile: "9876543210", SentTo: []string{"XXXXXX3210", "a****@dakshin.example"},
}

// The answer of a command is its first line. It knows from its environment what is asked.
func TestCommandAnswers(t *testing.T) {
	for command, want := range map[string]string{
		`echo " 123456 "; echo more`: "123456",
		`echo $NICSIM_ASK of $NICSIM_PORTAL for $NICSIM_GSTIN at $NICSIM_MOBILE`: "otp of sandbox for 29ABCCD1234E1Z1 at 9876543210",
		`[printf, "%s\n", "$NICSIM_ASK"]`:                                        "$NICSIM_ASK",
	} {
		at := readOTP(t, "otp: {command: "+quoted(command)+"}")
		if got, err := at.OTP.Run(t.Context(), question); err != nil || got != want {
			t.Errorf("%s: %q, %v", command, got, err)
		}
	}
}

// quoted is a YAML text, unless it is a list.
func quoted(command string) string {
	if strings.HasPrefix(command, "[") {
		return command
	}
	return "'" + command + "'"
}

// A command is run in the folder of the file that names it.
func TestCommandIsRunBesideTheFile(t *testing.T) {
	at := readOTP(t, "otp: {command: ./otp.sh}")
	const program = "#!/bin/sh\necho 1\n"
	if err := os.WriteFile(at.OTP.Dir+"/otp.sh", []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	if got, err := at.OTP.Run(t.Context(), question); err != nil || got != "1" {
		t.Errorf("%q, %v", got, err)
	}
}

// A command that fails or says nothing is an error, which has nothing of its output: that may be an OTP.
func TestCommandFails(t *testing.T) {
	for command, want := range map[string]string{
		"echo 123456; echo 123456 >&2; exit 3": "otp.command: exit status 3",
		"true":                                 "otp.command: its first line of output is empty",
		"[/no/such/program]":                   "otp.command: exit status 127",
	} {
		at := readOTP(t, "otp: {command: "+quoted(command)+"}")
		_, err := at.OTP.Run(t.Context(), question)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v; want %s", command, err, want)
		}
	}
}

// A target with a command or a prompt needs no control API for OTPs and captchas, and for the rest it does.
func TestOTPInPlaceOfAControlAPI(t *testing.T) {
	for file, asked := range map[string]bool{"otp: prompt": true, "otp: {command: x}": true, "name: x": false} {
		at := readOTP(t, file)
		for _, n := range []needs.Need{needs.OTP, needs.Captcha} {
			if met := at.Lack(n) == ""; met != asked {
				t.Errorf("%s: %s: %t", file, n, met)
			}
		}
		if at.Lack(needs.Inbox) == "" || at.Lack(needs.Own) == "" {
			t.Errorf("%s has an inbox or a world of its own", file)
		}
	}
}

// A person is asked with all that they need to find the answer.
func TestQuestionOfAPrompt(t *testing.T) {
	want := "Which OTP did the sandbox portal send to XXXXXX3210 and a****@dakshin.example? " +
		"(REGISTRATION_OTP of 29ABCCD1234E1Z1, by sms)"
	if got := question.String(); got != want {
		t.Error(got)
	}
	captcha := target.Question{Kind: target.AskCaptcha, Portal: "production", Image: "http://a/b.png"}
	if got := captcha.String(); got != "What does the captcha of the production portal show? http://a/b.png" {
		t.Error(got)
	}
}
