package portal

import (
	"cmp"
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

func (answerSteps) hasID(id string, answer scene.Exchange) error {
	return scene.Same("request id", answer.Header.Get("X-Request-Id"), id)
}

func (answerSteps) hasOwnID(answer scene.Exchange) error {
	const longest = 128 // characters that an identifier made by a portal may have
	if length := len(answer.Header.Get("X-Request-Id")); length == 0 || length > longest {
		return fmt.Errorf("its request id has %d characters", length)
	}
	return nil
}

func (g answerSteps) notStored(answer scene.Exchange) error {
	return cmp.Or(scene.Same("Cache-Control", answer.Header.Get("Cache-Control"), "no-store"), g.hasOwnID(answer))
}

func (answerSteps) isJSON(answer scene.Exchange) error {
	return scene.Same("Content-Type", strings.ToLower(answer.Header.Get("Content-Type")), scene.MediaJSON)
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
