package dashboard

import (
	"net/url"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// inboxView is the data of the page Inbox.
type inboxView struct {
	Filter   inbox.Filter
	Purposes []inbox.Purpose
	Sent     []sending
	Captchas []store.Captcha
}

// sending is a group of messages with one content: an OTP is sent by SMS and by e-mail.
type sending struct {
	inbox.Message                 // the newest
	Ways          []inbox.Message // all
}

// sendings groups messages, which are sorted with the newest first.
func sendings(messages []inbox.Message) []sending {
	list := make([]sending, 0, len(messages))
	for i, m := range messages {
		if last := len(list) - 1; last >= 0 && list[last].includes(m) {
			list[last].Ways = messages[i-len(list[last].Ways) : i+1]
			continue
		}
		list = append(list, sending{m, messages[i : i+1]})
	}
	return list
}

func (s sending) includes(m inbox.Message) bool {
	return s.OTP != "" && s.OTP == m.OTP && s.Purpose == m.Purpose && s.GSTIN == m.GSTIN &&
		s.Environment == m.Environment && s.SentAt.Equal(m.SentAt)
}

// newestCaptchas is the number of open captchas that the inbox shows.
const newestCaptchas = 5

func messages(v *visit) (layout.Page, error) {
	query := v.r.URL.Query()
	f := admin.MessageFilter(query.Get("gstin"), query.Get("to"), query.Get("purpose"),
		nic.Environment(query.Get("environment")))
	now := v.world.Clock.Now()
	sent, err := v.world.Messages(v.ctx, f)
	if err != nil {
		return layout.Page{}, err
	}
	shown := inboxView{Filter: f, Purposes: inbox.Purposes, Sent: sendings(sent)}
	captchas, err := view(v, func(r store.Reader) ([]store.Captcha, error) { return r.Captchas(now, newestCaptchas) })
	shown.Captchas = captchas
	empty := []layout.Button{{Text: "Empty the inbox", Quiet: true}}
	return layout.Page{Title: "Inbox", Name: "inbox", Form: v.form("/inbox", "clear", empty), Data: shown}, err
}

// Filtered reports whether the list is filtered.
func (i inboxView) Filtered() bool { return i.Filter != inbox.Filter{} }

func clearInbox(v *visit, _ url.Values) (string, error) {
	return did("/inbox", "emptied"), admin.ClearInbox(v.ctx, v.world)
}
