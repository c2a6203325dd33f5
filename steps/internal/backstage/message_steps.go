package backstage

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
)

// messageSteps look into the inbox: what was sent by SMS and e-mail.
type messageSteps struct {
	*scene.Scene
	inbox []client.Message
}

func (g *messageSteps) Register(r *scene.Registry) {
	r.Then(`an SMS with an OTP of 6 digits reaches {text}`, g.otpReaches, needs.Inbox)
	r.Then(`an e-mail with the same OTP reaches {text}`, g.emailReaches, needs.Inbox)
	r.Then(`no SMS has reached {text}`, g.noMessage, needs.Inbox)
	r.Step(`no message was sent()`, g.noMessage, needs.Inbox)
	r.Then(`an SMS that names {text} reaches {text}`, g.namingSMS, needs.Inbox)
	r.Step(`the inbox is emptied`, g.empty, needs.Inbox)
	r.Step(`Girish reads the inbox`, g.read, needs.Inbox)
	r.Step(`its newest message is for {text}`, g.newestFor)
	r.Step(`it has {n} messages with the same OTP`, g.haveSameOTP)
	r.Step(`filtered by {text} it has only the two messages of that GSTIN`, g.narrowed, needs.Inbox)
}

func (g *messageSteps) haveSameOTP(count int) error {
	for _, m := range g.inbox {
		if m.OTP != g.inbox[0].OTP {
			return fmt.Errorf("the messages have different OTPs")
		}
	}
	return scene.Same("messages", len(g.inbox), count)
}

var sixDigits = regexp.MustCompile(`^\d{6}$`)

func (g *messageSteps) otpReaches(ctx context.Context, mobile string) error {
	m, err := g.newest(ctx, mobile, client.ChannelSMS)
	if err != nil {
		return err
	}
	if !sixDigits.MatchString(m.OTP) {
		return fmt.Errorf("the OTP has not 6 digits but %d characters", len(m.OTP))
	}
	if !strings.Contains(m.Text, m.OTP) {
		return fmt.Errorf("the text does not name the OTP")
	}
	return nil
}

func (g *messageSteps) emailReaches(ctx context.Context, address string) error {
	otp, err := g.OTP(ctx, g.Named, client.ChannelSMS)
	if err != nil {
		return err
	}
	email, err := g.newest(ctx, address, client.ChannelEmail)
	if err != nil {
		return err
	}
	if otp != email.OTP {
		return fmt.Errorf("the OTP of the e-mail is not that of the SMS")
	}
	return nil
}

// newest is the newest message of a channel to a mobile or an address.
func (g *messageSteps) newest(ctx context.Context, to, channel string) (client.Message, error) {
	messages, err := g.Control.Inbox(ctx, client.InboxFilter{To: to})
	if err != nil {
		return client.Message{}, err
	}
	for _, m := range messages {
		if m.Channel == channel && m.To == to {
			return m, nil
		}
	}
	return client.Message{}, fmt.Errorf("no %s reached %s", channel, to)
}

// noMessage looks for messages to a mobile or, without one, for any.
func (g *messageSteps) noMessage(ctx context.Context, mobile string) error {
	messages, err := g.Control.Inbox(ctx, client.InboxFilter{To: mobile})
	if err != nil {
		return err
	}
	return scene.Same("messages", len(messages), 0)
}

func (g *messageSteps) namingSMS(ctx context.Context, name, mobile string) error {
	m, err := g.newest(ctx, mobile, client.ChannelSMS)
	if err != nil {
		return err
	}
	if !strings.Contains(m.Text, name) {
		return fmt.Errorf("the text does not name %s", name)
	}
	return nil
}

func (g *messageSteps) empty(ctx context.Context) error {
	return g.Control.ClearInbox(ctx)
}

func (g *messageSteps) read(ctx context.Context) (err error) {
	g.inbox, err = g.Control.Inbox(ctx, client.InboxFilter{})
	return err
}

func (g *messageSteps) newestFor(gstin string) error {
	if len(g.inbox) == 0 {
		return fmt.Errorf("the list is empty")
	}
	for i := 1; i < len(g.inbox); i++ {
		if g.inbox[i].SentAt.After(g.inbox[i-1].SentAt) {
			return fmt.Errorf("message %d was sent after the one before it", i+1)
		}
	}
	return scene.Same("GSTIN", g.inbox[0].GSTIN, gstin)
}

func (g *messageSteps) narrowed(ctx context.Context, gstin string) error {
	messages, err := g.Control.Inbox(ctx, client.InboxFilter{GSTIN: gstin})
	if err != nil {
		return err
	}
	for _, m := range messages {
		if m.GSTIN != gstin {
			return fmt.Errorf("the inbox has a message for %s", m.GSTIN)
		}
	}
	return scene.Same("messages", len(messages), 2) // SMS and e-mail
}
