package client

import (
	"context"
	"fmt"
	"strings"
)

// FromControl reads captcha answers and the inbox through the control API of the world in which the
// portals' flows run. The OTP is that of the message sent last for the flow's GSTIN (or, for a PAN,
// to its mobile or e-mail), environment and purpose; of two sent at once the SMS counts.
func FromControl(c *Control) Source { return controlSource{c} }

type controlSource struct{ control *Control }

func (s controlSource) Captcha(ctx context.Context, _ Portal, c Captcha) (string, error) {
	answer, err := s.control.CaptchaAnswer(ctx, c.ID)
	if err != nil {
		return "", fmt.Errorf("reading the captcha's answer: %w", err)
	}
	return answer, nil
}

func (s controlSource) OTP(ctx context.Context, q OTPQuery) (string, error) {
	messages, err := s.control.Inbox(ctx, InboxFilter{
		GSTIN: normalID(q.GSTIN), Purpose: q.Purpose, Environment: q.Environment,
	})
	if err != nil {
		return "", fmt.Errorf("reading the inbox: %w", err)
	}
	newest, found := Message{}, false
	for _, m := range messages {
		if q.asksFor(m) && (!found || m.supersedes(newest)) {
			newest, found = m, true
		}
	}
	if !found {
		return "", fmt.Errorf("no OTP has arrived for %s (%s, %s), neither by SMS nor by e-mail",
			q.holder(), q.Environment, q.Purpose)
	}
	return newest.OTP, nil
}

// asksFor looks again at what the inbox was asked to filter, and at the addressee where there is no
// GSTIN to go by.
func (q OTPQuery) asksFor(m Message) bool {
	if m.OTP == "" || m.Environment != q.Environment || m.Purpose != q.Purpose || m.SentAt.Before(q.SentAfter) {
		return false
	}
	if q.GSTIN != "" {
		return m.GSTIN == normalID(q.GSTIN)
	}
	return q.addresses(m)
}

func (q OTPQuery) addresses(m Message) bool {
	if m.Channel == ChannelSMS {
		return q.Mobile != "" && mobileDigits(m.To) == mobileDigits(q.Mobile)
	}
	return q.Email != "" && strings.EqualFold(m.To, strings.TrimSpace(q.Email))
}

func (q OTPQuery) holder() string {
	if q.GSTIN != "" {
		return q.GSTIN
	}
	return q.PAN
}

// supersedes tells which of two messages the flow's OTP is in: the one sent last. An SMS that was
// sent earlier than the newest e-mail belongs to an OTP that has been replaced.
func (m Message) supersedes(other Message) bool {
	if m.SentAt.Equal(other.SentAt) {
		return m.Channel == ChannelSMS && other.Channel != ChannelSMS
	}
	return m.SentAt.After(other.SentAt)
}

// normalID writes a GSTIN or PAN as the portals do.
func normalID(id string) string { return strings.ToUpper(strings.TrimSpace(id)) }

// mobileDigits drops a mobile number's prefix, blanks and hyphens.
func mobileDigits(mobile string) string {
	const length = 10
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, mobile)
	return digits[max(0, len(digits)-length):]
}
