// Package inbox keeps the SMS and e-mails of a world. They are not sent: a test or a person reads the one-time
// password here that NIC would send to the taxpayer's phone.
package inbox

import (
	"slices"
	"sync"
	"time"

	"github.com/nicsim/nicsim/simulator/budget"
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
	// Budget bounds what the inboxes and journals of all worlds keep together; nil is no bound. It is set before the first
	// message.
	Budget *budget.Budget

	mu       sync.Mutex // guards messages
	messages []*kept    // oldest first
}

// kept is a message with its place in the budget.
type kept struct {
	Message
	entry *budget.Entry
}

// Deliver adds messages, in the order in which they were sent.
func (b *Inbox) Deliver(messages ...Message) {
	for _, m := range messages {
		m.bound()
		k := &kept{Message: m}
		k.entry = b.Budget.Keep(m.size(), func() { b.forget(k) })
		b.add(k)
	}
}

func (b *Inbox) add(k *kept) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.Budget.Counts(k.entry) { // it was forgotten before it was added
		return
	}
	b.messages = append(b.messages, k)
	if over := len(b.messages) - Capacity; over > 0 {
		b.drop(0, over)
	}
}

// forget drops a message for which the budget has no room.
func (b *Inbox) forget(k *kept) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if at := slices.Index(b.messages, k); at >= 0 {
		b.drop(at, at+1)
	}
}

func (b *Inbox) drop(from, to int) {
	for _, k := range b.messages[from:to] {
		b.Budget.Release(k.entry)
	}
	b.messages = slices.Delete(b.messages, from, to)
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
		if f.wants(m.Message) && !m.ArrivesAt.After(now) {
			found = append(found, m.Message)
		}
	}
	return found
}

// All returns every message, oldest first, also those that have not arrived yet.
func (b *Inbox) All() []Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := make([]Message, 0, len(b.messages))
	for _, k := range b.messages {
		all = append(all, k.Message)
	}
	return all
}

// Clear deletes every message, also those that have not arrived yet.
func (b *Inbox) Clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.drop(0, len(b.messages))
	b.messages = nil
}
