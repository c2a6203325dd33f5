package backstage

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// limitSteps set limits and blocks, and judge how the journal explains them.
type limitSteps struct{ *scene.Scene }

func (g limitSteps) Register(r *scene.Registry) {
	r.Step(`the API takes {n} calls? a minute(, and refuses more with NIC's code)?`, g.calls, needs.Settings)
	r.Step(`the API takes {n} logins? in {n} minutes(, and refuses more with NIC's code)?`, g.logins, needs.Settings)
	r.Step(`a portal sends {n} OTPs? to a taxpayer in {n} minutes`, g.otps, needs.Settings)
	r.Step(`{n} errors block (a client id|an API user) for {n} minutes`, g.block, needs.Settings)
	r.Step(`the journal gives the cause {text}`, g.cause, needs.Journal)
}

// set changes some settings. A call that exceeds a limit may get an answer that no client reads.
func (g limitSteps) set(ctx context.Context, change map[string]any) error {
	g.FailuresExpected = true
	return g.Control.PatchSettings(ctx, change)
}

// answer is the value of limitAnswer.
func answer(code string) string {
	if code == "" {
		return "status"
	}
	return "code"
}

func (g limitSteps) calls(ctx context.Context, most int, code string) error {
	return g.set(ctx, map[string]any{"callLimit": most, "limitAnswer": answer(code)})
}

func (g limitSteps) logins(ctx context.Context, most, minutes int, code string) error {
	return g.set(ctx, map[string]any{
		"loginLimit": most, "loginLimitWindow": fmt.Sprintf("%dm", minutes), "limitAnswer": answer(code),
	})
}

func (g limitSteps) otps(ctx context.Context, most, minutes int) error {
	return g.set(ctx, map[string]any{"otpSendLimit": most, "otpSendWindow": fmt.Sprintf("%dm", minutes)})
}

func (g limitSteps) block(ctx context.Context, errors int, of string, minutes int) error {
	setting := map[string]string{"a client id": "clientErrorLimit", "an API user": "userErrorLimit"}[of]
	return g.set(ctx, map[string]any{setting: errors, "blockDuration": fmt.Sprintf("%dm", minutes)})
}

// cause compares the cause of the newest refusal with words, of which … stands for some.
func (g limitSteps) cause(ctx context.Context, words string) error {
	rows, err := g.Control.Requests(ctx, client.RequestFilter{})
	if err != nil {
		return err
	}
	at := slices.IndexFunc(rows, func(r client.Request) bool { return r.Reason != nil })
	if at < 0 {
		return fmt.Errorf("the journal has no refusal")
	}
	got := rows[at].Reason.Cause
	for part := range strings.SplitSeq(words, "…") {
		if _, rest, found := strings.Cut(got, part); !found {
			return scene.Same("cause", rows[at].Reason.Cause, words)
		} else {
			got = rest
		}
	}
	return nil
}
