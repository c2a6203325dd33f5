package steps

import (
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// otp reads the newest OTP that reached the person's registered mobile or, by "email", the address.
func (s *scenario) otp(ctx context.Context, p *person, channel string) (string, error) {
	f, err := p.current()
	if err != nil {
		return "", err
	}
	to := f.mobile
	if channel == client.ChannelEmail {
		to = f.email
	}
	messages, err := s.control.Inbox(ctx, client.InboxFilter{
		To: to, GSTIN: f.gstin, Purpose: f.purpose, Environment: f.environment(),
	})
	if err != nil {
		return "", fmt.Errorf("reading the inbox: %w", err)
	}
	for _, m := range messages {
		if m.Channel == channel && m.OTP != "" {
			s.keepSecret("an OTP", m.OTP)
			return m.OTP, nil
		}
	}
	return "", fmt.Errorf("no OTP reached %s by %s", to, channel)
}

// wrongOTP makes an OTP that is not the newest one: its first digit is another.
func wrongOTP(right string) string {
	if right == "" {
		return "000000"
	}
	return string('0'+(right[0]-'0'+1)%10) + right[1:]
}

// clientSecret reads the SMS that brought the person's client secret.
func (s *scenario) clientSecret(ctx context.Context, p *person) (string, error) {
	messages, err := s.control.Inbox(ctx, client.InboxFilter{
		To: p.firmOfPAN.Mobile, Purpose: client.PurposeClientCredentials, Environment: client.EnvironmentSandbox,
	})
	if err != nil {
		return "", err
	}
	if len(messages) != 1 {
		return "", fmt.Errorf("%d messages with a client secret reached %s", len(messages), p.firmOfPAN.Mobile)
	}
	m := messages[0]
	s.keepSecret("a client secret", m.Secret)
	if m.Channel != client.ChannelSMS || m.Secret == "" {
		return "", fmt.Errorf("the message of %s is no SMS with a secret", m.Purpose)
	}
	return m.Secret, nil
}
