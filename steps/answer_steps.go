package steps

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// answerSteps look at what all answers have in common.
type answerSteps struct{ *scenario }

func (g answerSteps) register(r registrar) {
	r.Step(expression(`{who} calls the {portal} portal with the request id {text}`), g.callWithID)
	r.Step(expression(`{who} calls the trial portal with a request id of {n} characters`), g.callWithLongID)
	r.Step(expression(`the answer has the request id {text}`), g.hasID)
	r.Step(expression(`the answer has a request id of its own`), g.hasOwnID)
	r.Step(expression(`the answer may not be stored and has a request id`), g.notStored)
	r.Step(expression(`the answer is JSON in UTF-8`), g.isJSON)
	r.Step(expression(`its time is written in the zone of India`), g.inIndia)
	r.Step(expression(`the flow's place ends in its identifier`), g.place)
}

func (g answerSteps) callWithID(ctx context.Context, who, portal, id string) error {
	return g.does(who, func(*person) error {
		return g.call(ctx, rawCall{
			portal: portal, method: http.MethodPost, path: "/portal/v1/captchas", requestID: id,
		})
	})
}

func (g answerSteps) callWithLongID(ctx context.Context, who string, length int) error {
	return g.callWithID(ctx, who, onTrial, strings.Repeat("a", length))
}

func (g answerSteps) header(name string) (string, error) {
	answer, err := g.trace.last()
	if err != nil {
		return "", err
	}
	return answer.header.Get(name), nil
}

func (g answerSteps) hasID(id string) error {
	got, err := g.header("X-Request-Id")
	if err != nil {
		return err
	}
	return same("request id", got, id)
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
	if err := g.accepted(); err != nil {
		return err
	}
	control, err := g.header("Cache-Control")
	if err != nil {
		return err
	}
	if err := same("Cache-Control", control, "no-store"); err != nil {
		return err
	}
	return g.hasOwnID()
}

func (g answerSteps) isJSON() error {
	if err := g.accepted(); err != nil {
		return err
	}
	media, err := g.header("Content-Type")
	if err != nil {
		return err
	}
	return same("Content-Type", strings.ToLower(media), mediaJSON)
}

func (g answerSteps) inIndia() error {
	if err := g.accepted(); err != nil {
		return err
	}
	answer, err := g.trace.last()
	if err != nil {
		return err
	}
	document, err := object(answer.got)
	if err != nil {
		return err
	}
	if written := fmt.Sprint(document["expiresAt"]); !strings.HasSuffix(written, "+05:30") {
		return fmt.Errorf("it is written %q", written)
	}
	return nil
}

func (g answerSteps) place() error {
	if err := g.accepted(); err != nil {
		return err
	}
	f, err := g.named.current()
	if err != nil {
		return err
	}
	for _, e := range g.trace.all(f.portal) {
		if strings.HasSuffix(e.header.Get("Location"), "registrations/"+f.id) {
			return nil
		}
	}
	return fmt.Errorf("no answer gave the place")
}
