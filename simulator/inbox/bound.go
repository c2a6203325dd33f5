package inbox

import "strings"

// The limits of a message, in bytes: its text, and each of its other parts.
const (
	longestText = 1 << 10
	longestPart = 256
)

// perMessage is about what a message occupies besides its texts.
const perMessage = 300

// bound cuts what is longer than a message may be, and copies the texts: a part of a larger text keeps all of it in
// memory.
func (m *Message) bound() {
	m.Text = strings.Clone(m.Text[:min(len(m.Text), longestText)])
	for _, part := range []*string{&m.ID, &m.GSTIN, &m.To, &m.OTP, &m.Secret} {
		*part = strings.Clone((*part)[:min(len(*part), longestPart)])
	}
}

// size is about how many bytes the message occupies.
func (m *Message) size() int {
	return perMessage + len(m.Text) + len(m.ID) + len(m.GSTIN) + len(m.To) + len(m.OTP) + len(m.Secret)
}
