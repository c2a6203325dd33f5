package dashboard

import (
	"net/url"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd/look"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/store"
)

// inboxView is what was sent, and how it was chosen.
type inboxView struct {
	Filter   inbox.Filter
	Purposes []inbox.Purpose
	Messages []inbox.Message
	Done     string
}

var purposes = []inbox.Purpose{
	inbox.RegistrationOTP, inbox.APIUserOTP, inbox.PasswordResetOTP, inbox.UsernameReminder, inbox.ClientCredentials,
}

// messages is the inbox of the world.
func messages(v *visit) (look.Page, error) {
	query := v.r.URL.Query()
	f := inbox.Filter{
		GSTIN:   strings.ToUpper(strings.TrimSpace(query.Get("gstin"))),
		To:      strings.TrimSpace(query.Get("to")),
		Purpose: inbox.Purpose(query.Get("purpose")), Environment: store.Environment(query.Get("environment")),
	}
	empty := []look.Button{{Text: "Empty the inbox", Quiet: true}}
	return look.Page{
		Title: "Inbox", Name: "inbox", Form: v.form("/inbox", "clear", empty),
		Data: inboxView{Filter: f, Purposes: purposes, Messages: v.world.Inbox.Messages(f, v.world.Clock.Now()), Done: v.done()},
	}, nil
}

func clearInbox(v *visit, _ url.Values) (string, error) {
	v.world.Inbox.Clear()
	return did("/inbox", "emptied"), nil
}
