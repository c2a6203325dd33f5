package portal

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// answerSteps check headers and members that all answers have.
type answerSteps struct{ *scene.Scene }

func (g answerSteps) Register(r *scene.Registry) {
	r.Act(`{who} calls the {portal} portal with the request id {text}`, g.callWithID)
	r.Act(`{who} calls the trial portal with a request id of {n} characters`, g.callWithLongID)
	r.Step(`the answer has the request id {text}`, g.hasID)
	r.Step(`the answer has a request id of its own`, g.hasOwnID)
	r.Then(`the answer has Cache-Control no-store and a request id`, g.notStored)
	r.Then(`the answer is JSON in UTF-8`, g.isJSON)
	r.Then(`its time has the offset of India`, g.inIndia)
	r.Then(`the Location of the flow ends in its identifier`, g.place)
}

func (g answerSteps) callWithID(ctx context.Context, _ *scene.Person, portal, id string) error {
	return g.Call(ctx, scene.RawCall{
		Portal: portal, Method: http.MethodPost, Path: "/portal/v1/captchas", RequestID: id,
	})
}

func (g answerSteps) callWithLongID(ctx context.Context, p *scene.Person, length int) error {
	return g.callWithID(ctx, p, scene.OnTrial, strings.Repeat("a", length))
}

func (g answerSteps) header(name string) (string, error) {
	answer, err := g.Trace.Last()
	if err != nil {
		return "", err
	}
	return answer.Header.Get(name), nil
}

func (g answerSteps) hasID(id string) error {
	got, err := g.header("X-Request-Id")
	if err != nil {
		return err
	}
	return scene.Same("request id", got, id)
}

func (g answerSteps) hasOwnID() error {
	got, err := g.header("X-Request-Id")
	if err != nil {
		return err
	}
	const longest = 128 // characters that an identifier made by a portal may have
	if got == "" || len(got) > longest {
		return fmt.Errorf("its request id has %d characters", len(got))
	}
	return nil
}

func (g answerSteps) notStored() error {
	control, err := g.header("Cache-Control")
	if err != nil {
		return err
	}
	if err := scene.Same("Cache-Control", control, "no-store"); err != nil {
		return err
	}
	return g.hasOwnID()
}

func (g answerSteps) isJSON() error {
	media, err := g.header("Content-Type")
	if err != nil {
		return err
	}
	return scene.Same("Content-Type", strings.ToLower(media), scene.MediaJSON)
}

func (g answerSteps) inIndia(answer scene.Exchange) error {
	document, err := scene.Object(answer.Got)
	if err != nil {
		return err
	}
	if written := fmt.Sprint(document["expiresAt"]); !strings.HasSuffix(written, "+05:30") {
		return fmt.Errorf("expiresAt is %q", written)
	}
	return nil
}

func (g answerSteps) place(f *scene.Flow) error {
	for _, e := range g.Trace.All(f.Portal) {
		if strings.HasSuffix(e.Header.Get("Location"), "registrations/"+f.ID) {
			return nil
		}
	}
	return fmt.Errorf("no answer has such a Location")
}
