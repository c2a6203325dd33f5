package target

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// Where OTPs and the answers of captchas come from.
const (
	FromControl = "control" // the control API
	FromPrompt  = "prompt"  // a person at the terminal
	FromCommand = "command" // a command
)

// Source is where the OTPs and the answers of captchas come from; the zero value is the control API, if there is one.
type Source struct {
	From    string   `json:"-"`
	Command []string // a line for sh, or a program and its arguments
	Dir     string   `json:"-"` // in which the command is run
}

// UnmarshalJSON reads a word, or an object with a command.
func (s *Source) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, &s.From)
	}
	type plain Source
	s.From = FromCommand
	return json.Unmarshal(data, (*plain)(s))
}

// IsAsked reports whether a person or a command is asked.
func (s Source) IsAsked() bool { return s.From == FromPrompt || s.From == FromCommand }

// What can be asked for.
const (
	AskOTP     = "otp"
	AskCaptcha = "captcha"
)

// Question asks for what reaches a person: an OTP, or the text in the picture of a captcha.
type Question struct {
	Kind   string // AskOTP or AskCaptcha
	Portal string // sandbox or production

	Purpose       string   // of the OTP
	GSTIN         string   // of the taxpayer; empty for an organisation
	Channel       string   // sms or email
	Mobile, Email string   // as they were typed; empty if the portal knows them only
	SentTo        []string // what the portal says, which is masked

	CaptchaID string
	Image     string // URL of the picture
}

// Ask answers a question.
type Ask = func(ctx context.Context, q Question) (string, error)

// String is the question for a person.
func (q Question) String() string {
	if q.Kind == AskCaptcha {
		return fmt.Sprintf("What does the captcha of the %s portal show? %s", q.Portal, q.Image)
	}
	return fmt.Sprintf("Which OTP did the %s portal send to %s? (%s of %s, by %s)", q.Portal,
		strings.Join(q.SentTo, " and "), q.Purpose, q.GSTIN, q.Channel)
}

// environ is the question as variables of a command's environment.
func (q Question) environ() []string {
	return []string{
		"NICSIM_ASK=" + q.Kind, "NICSIM_PORTAL=" + q.Portal, "NICSIM_PURPOSE=" + q.Purpose, "NICSIM_GSTIN=" + q.GSTIN,
		"NICSIM_CHANNEL=" + q.Channel, "NICSIM_MOBILE=" + q.Mobile, "NICSIM_EMAIL=" + q.Email,
		"NICSIM_SENT_TO=" + strings.Join(q.SentTo, " "), "NICSIM_CAPTCHA_ID=" + q.CaptchaID,
		"NICSIM_CAPTCHA_IMAGE=" + q.Image,
	}
}

// answerTime is how long a command may take: an SMS can take half a minute.
const answerTime = time.Minute

// Run asks the command. Its errors do not have its output, which may hold an OTP.
func (s Source) Run(ctx context.Context, q Question) (string, error) {
	ctx, end := context.WithTimeout(ctx, answerTime)
	defer end()
	line := s.Command
	if len(line) == 1 {
		line = []string{"sh", "-c", line[0]}
	}
	command := exec.CommandContext(ctx, line[0], line[1:]...)
	command.Dir, command.Env = s.Dir, append(command.Environ(), q.environ()...)
	command.WaitDelay = time.Second // for what it started and left running
	output, err := command.Output()
	if ctx.Err() != nil {
		return "", fmt.Errorf("otp.command: %w after %s", ctx.Err(), answerTime)
	}
	if err != nil {
		return "", fmt.Errorf("otp.command: %w", err)
	}
	first, _, _ := strings.Cut(string(output), "\n")
	if first = strings.TrimSpace(first); first == "" {
		return "", errors.New("otp.command: its first line of output is empty")
	}
	return first, nil
}
