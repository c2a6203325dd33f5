package client

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// FromCommand runs a command for every answer: argv[0] is the program, found as a shell would, and
// what it prints, trimmed, is the answer. It inherits the environment and finds in it:
//
//	NICSIM_ASK          captcha or otp
//	NICSIM_ENVIRONMENT  sandbox or production
//	NICSIM_IMAGE        captcha: file with the picture, a PNG that is removed afterwards
//	NICSIM_CAPTCHA_ID   captcha: its id
//	NICSIM_GSTIN        otp: whose flow it is
//	NICSIM_PAN          otp: the same of a provider
//	NICSIM_SENT_TO      otp: where it went, masked, with commas between
//	NICSIM_PURPOSE      otp: as in the inbox, for instance registration-otp
//
// The error of a command that fails carries its exit status and the first line of its standard
// error, and nothing of its standard output. An ended context kills it.
func FromCommand(argv []string) Source { return commandSource{argv} }

type commandSource struct{ argv []string }

const (
	commandOutputLimit = 4 << 10                // bytes; an answer is a few characters
	commandPipeDelay   = 500 * time.Millisecond // for a killed command's children that keep its output open
)

func (s commandSource) Captcha(ctx context.Context, from Portal, c Captcha) (string, error) {
	picture, err := pictureFile(ctx, from, c, "")
	if err != nil {
		return "", err
	}
	defer os.Remove(picture)
	return s.run(ctx, "captcha",
		"NICSIM_ENVIRONMENT="+from.Environment(), "NICSIM_IMAGE="+picture, "NICSIM_CAPTCHA_ID="+c.ID)
}

func (s commandSource) OTP(ctx context.Context, q OTPQuery) (string, error) {
	return s.run(ctx, "otp",
		"NICSIM_ENVIRONMENT="+q.Environment, "NICSIM_GSTIN="+q.GSTIN, "NICSIM_PAN="+q.PAN,
		"NICSIM_SENT_TO="+strings.Join(q.SentTo, ","), "NICSIM_PURPOSE="+q.Purpose)
}

func (s commandSource) run(ctx context.Context, ask string, about ...string) (string, error) {
	if len(s.argv) == 0 {
		return "", fmt.Errorf("asking for %s: no command is given", ask)
	}
	var stdout, stderr head
	command := exec.CommandContext(ctx, s.argv[0], s.argv[1:]...)
	command.Env = append(append(command.Environ(), "NICSIM_ASK="+ask), about...)
	command.Stdout, command.Stderr = &stdout, &stderr
	command.WaitDelay = commandPipeDelay
	err := command.Run()
	answer := strings.TrimSpace(stdout.String())
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("command for %s: %w", ask, ctx.Err())
	case err != nil:
		return "", fmt.Errorf("command for %s: %w%s", ask, err, complaint(stderr.String(), stdout.String()))
	case answer == "":
		return "", fmt.Errorf("command for %s: it printed nothing%s", ask, complaint(stderr.String(), ""))
	case stdout.cut || strings.ContainsAny(answer, "\r\n"):
		return "", fmt.Errorf("command for %s: it printed more than an answer", ask)
	}
	return answer, nil
}

// complaint is the first line of what a command wrote to its standard error, unless it repeats
// something of the standard output, where the answer is.
func complaint(stderr, stdout string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(stderr), "\n")
	for _, word := range strings.Fields(stdout) {
		if strings.Contains(line, word) {
			return ""
		}
	}
	if line == "" {
		return ""
	}
	return ": " + strings.TrimSpace(line)
}

// head keeps the first bytes of what is written to it. It does not embed its buffer, whose ReadFrom
// would let os/exec pass by the limit.
type head struct {
	kept bytes.Buffer
	cut  bool // there was more
}

func (h *head) Write(p []byte) (int, error) {
	room := commandOutputLimit - h.kept.Len()
	h.cut = h.cut || room < len(p)
	h.kept.Write(p[:min(room, len(p))])
	return len(p), nil
}

func (h *head) String() string { return h.kept.String() }
