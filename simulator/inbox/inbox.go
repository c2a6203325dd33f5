// Package inbox keeps the SMS and e-mails of a world. They are not sent: a test or a person reads the one-time
// password here that NIC would send to the taxpayer's phone.
package inbox

import (
	"slices"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// Capacity is how many messages a world keeps; the oldest go first.
const Capacity = 1000

// Channel is the way of a message.
type Channel string

// The channels.
const (
	SMS   Channel = "sms"
	Email Channel = "email"
)

// Purpose is what a message is about.
type Purpose string

// The purposes.
const (
	RegistrationOTP   Purpose = "registration-otp"   // guide section 1, Send OTP
	APIUserOTP        Purpose = "api-user-otp"       // guide section 2, Create API User
	PasswordResetOTP  Purpose = "password-reset-otp" // Forgot Password
	LoginOTP          Purpose = "login-otp"          // Login, after the password
	UsernameReminder  Purpose = "username-reminder"  // Forgot Username
	ClientCredentials Purpose = "client-credentials" // a client secret, by SMS only
)

// Purposes are all of them.
var Purposes = []Purpose{RegistrationOTP, APIUserOTP, PasswordResetOTP, LoginOTP, UsernameReminder, ClientCredentials}

// Message is one SMS or e-mail.
type Message struct {
	ID          string          `json:"id,omitzero"`
	Environment nic.Environment `json:"environment,omitzero"`
	Purpose     Purpose         `json:"purpose,omitzero"`
	GSTIN       string          `json:"gstin,omitzero"` // empty when it is about a PAN
	Channel     Channel         `json:"channel,omitzero"`
	To          string          `json:"to,omitzero"` // ten digits or an address, unmasked
	Text        string          `json:"text,omitzero"`
	OTP         string          `json:"otp,omitzero"`
	Secret      string          `json:"secret,omitzero"` // a client secret
	SentAt      time.Time       `json:"sentAt,omitzero"`
	ArrivesAt   time.Time       `json:"arrivesAt,omitzero"`
}

// Filter chooses messages. An empty field, and a Limit of 0, chooses all.
type Filter struct {
	GSTIN, To   string
	Purpose     Purpose
	Environment nic.Environment
	Limit       int
}

func (f Filter) wants(m Message) bool {
	return (f.GSTIN == "" || f.GSTIN == m.GSTIN) &&
		(f.To == "" || f.To == m.To) &&
		(f.Purpose == "" || f.Purpose == m.Purpose) &&
		(f.Environment == "" || f.Environment == m.Environment)
}

// Inbox is one world's messages. Its zero value is empty and ready; it is safe for
// concurrent use.
type Inbox struct {
	mu       sync.Mutex // guards messages
	messages []Message  // oldest first
}

// Deliver adds messages, in the order in which they were sent.
func (b *Inbox) Deliver(messages ...Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.messages = append(b.messages, messages...)
	if over := len(b.messages) - Capacity; over > 0 {
		b.messages = slices.Delete(b.messages, 0, over)
	}
}

// Messages returns the messages that had arrived by now, newest first.
func (b *Inbox) Messages(f Filter, now time.Time) []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	found := []Message{}
	for _, m := range slices.Backward(b.messages) {
		if f.Limit > 0 && len(found) == f.Limit {
			break
		}
		if f.wants(m) && !m.ArrivesAt.After(now) {
			found = append(found, m)
		}
	}
	return found
}

// All returns every message, oldest first, also those that have not arrived yet.
func (b *Inbox) All() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.messages)
}

// Clear deletes every message, also those that have not arrived yet.
func (b *Inbox) Clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.messages = nil
}
