package control

import (
	"net/http"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

type messageDoc struct {
	ID          string    `json:"id"`
	Environment string    `json:"environment"`
	Purpose     string    `json:"purpose"`
	GSTIN       string    `json:"gstin"`
	Channel     string    `json:"channel"`
	To          string    `json:"to"`
	Text        string    `json:"text"`
	OTP         string    `json:"otp"`
	Secret      string    `json:"secret"`
	SentAt      time.Time `json:"sentAt"`
}

type inboxDoc struct {
	Messages []messageDoc `json:"messages"`
}

func listInbox(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	query := r.URL.Query()
	f := inbox.Filter{
		GSTIN:   strings.ToUpper(strings.TrimSpace(query.Get("gstin"))),
		To:      addressee(query.Get("to")),
		Purpose: inbox.Purpose(query.Get("purpose")),
	}
	var err error
	if f.Environment, err = environmentOrBoth(query.Get("environment")); err != nil {
		return httpd.Reply{}, err
	}
	doc := inboxDoc{Messages: []messageDoc{}}
	for _, m := range call.World.Inbox.Messages(f, call.World.Clock.Now()) {
		doc.Messages = append(doc.Messages, messageDoc{
			ID: m.ID, Environment: string(m.Environment), Purpose: string(m.Purpose), GSTIN: m.GSTIN,
			Channel: string(m.Channel), To: m.To, Text: m.Text, OTP: m.OTP, Secret: m.Secret, SentAt: m.SentAt,
		})
	}
	return httpd.Reply{Body: doc}, nil
}

// addressee brings a mobile number or an address to the form in which it is kept.
func addressee(s string) string {
	if mobile, ok := nic.NormaliseMobile(s); ok {
		return mobile
	}
	if email, ok := nic.NormaliseEmail(s); ok {
		return email
	}
	return s
}

func clearInbox(_ *http.Request, call *httpd.Call) (httpd.Reply, error) {
	call.World.Inbox.Clear()
	return httpd.Reply{Status: http.StatusNoContent}, nil
}

type answerDoc struct {
	Answer string `json:"answer"`
}

func captchaAnswer(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	var c store.Captcha
	err := call.World.Store.View(r.Context(), func(reader store.Reader) error {
		var err error
		c, err = reader.Captcha(httpd.Var(r, "id"))
		return err
	})
	return httpd.Reply{Body: answerDoc{c.Answer}}, known(err, "such captcha: it was used, or never drawn,")
}
