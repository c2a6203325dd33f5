package admin

import (
	"context"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/world"
)

// Message is an SMS or an e-mail. Its fields are those of [inbox.Message].
type Message struct {
	ID          string          `json:"id"`
	Environment nic.Environment `json:"environment"`
	Purpose     inbox.Purpose   `json:"purpose"`
	GSTIN       string          `json:"gstin"`
	Channel     inbox.Channel   `json:"channel"`
	To          string          `json:"to"`
	Text        string          `json:"text"`
	OTP         string          `json:"otp"`
	Secret      string          `json:"secret"`
	SentAt      time.Time       `json:"sentAt"`
	ArrivesAt   time.Time       `json:"-"`
}

// Messages returns the chosen messages that have arrived in a world, the newest first.
func Messages(ctx context.Context, w *world.World, f inbox.Filter) ([]Message, error) {
	found, err := w.Messages(ctx, f)
	all := []Message{}
	for _, m := range found {
		all = append(all, Message(m))
	}
	return all, err
}

// MessageFilter returns a filter in which a GSTIN and an addressee are written as messages have them.
func MessageFilter(gstin, to, purpose string, env nic.Environment) inbox.Filter {
	to = strings.TrimSpace(to)
	if mobile, ok := nic.NormaliseMobile(to); ok {
		to = mobile
	} else if email, ok := nic.NormaliseEmail(to); ok {
		to = email
	}
	return inbox.Filter{GSTIN: normal(gstin), To: to, Purpose: inbox.Purpose(purpose), Environment: env}
}

// CaptchaAnswer returns what the picture of an open captcha shows.
func CaptchaAnswer(ctx context.Context, w *world.World, id string) (string, error) {
	c, err := view(ctx, w, func(r store.Reader) (store.Captcha, error) { return r.Captcha(id) })
	return c.Answer, found(err, "such captcha: it was used, or never drawn,")
}

// ClearInbox deletes the messages of a world.
func ClearInbox(ctx context.Context, w *world.World) error { return w.ClearInbox(ctx) }
