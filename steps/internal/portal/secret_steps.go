package portal

import (
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// secretSteps look for secrets in the portals' answers.
type secretSteps struct{ *scene.Scene }

func (g secretSteps) Register(r *scene.Registry) {
	r.Then(`the portal has shown no (password|client secret)`, g.noneOfKind)
	r.Then(`neither portal has shown an OTP, a captcha's answer or a password`, g.none)
	r.Step(`the portal has not shown {text}`, g.notShown)
}

// noneOfKind also fails if the scenario has no secret of that kind: then it would prove nothing.
func (g secretSteps) noneOfKind(kind string) error {
	var looked bool
	for secret, is := range g.Secrets {
		if !strings.HasSuffix(is, kind) {
			continue
		}
		looked = true
		if e, shown := g.Trace.Shown(secret); shown {
			return fmt.Errorf("the answer to %s %s shows it", e.Method, e.Path)
		}
	}
	if !looked {
		return fmt.Errorf("the scenario knows no %s to look for", kind)
	}
	return nil
}

func (g secretSteps) none() error {
	for _, kind := range []string{"OTP", "captcha's answer", "password"} {
		if err := g.noneOfKind(kind); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	return nil
}

func (g secretSteps) notShown(text string) error {
	if e, shown := g.Trace.Shown(text); shown {
		return fmt.Errorf("the answer to %s %s shows it", e.Method, e.Path)
	}
	return nil
}
