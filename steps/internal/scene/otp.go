package scene

import (
	"cmp"
	"context"
	"fmt"

	"github.com/nicsim/nicsim/client"
)

// OTP reads the newest OTP that reached the person's registered mobile or, by "email", the address.
func (s *Scene) OTP(ctx context.Context, p *Person, channel string) (string, error) {
	f, err := p.Current()
	if err != nil {
		return "", err
	}
	to := f.Mobile
	if channel == client.ChannelEmail {
		to = f.Email
	}
	messages, err := s.Control.Inbox(ctx, client.InboxFilter{
		To: to, GSTIN: f.GSTIN, Purpose: f.Purpose, Environment: f.environment(),
	})
	if err != nil {
		return "", fmt.Errorf("reading the inbox: %w", err)
	}
	for _, m := range messages {
		if m.Channel == channel && m.OTP != "" {
			s.KeepSecret("an OTP", m.OTP)
			return m.OTP, nil
		}
	}
	return "", fmt.Errorf("no OTP of %s reached %s by %s", f.Purpose, cmp.Or(to, f.GSTIN), channel)
}

// WrongOTP makes an OTP that is not the newest one: its first digit is another.
func WrongOTP(right string) string {
	if right == "" {
		return "000000"
	}
	return string('0'+(right[0]-'0'+1)%10) + right[1:]
}

// ClientSecret reads the SMS that brought the person's client secret.
func (s *Scene) ClientSecret(ctx context.Context, p *Person) (string, error) {
	messages, err := s.Control.Inbox(ctx, client.InboxFilter{
		To: p.FirmOfPAN.Mobile, Purpose: client.PurposeClientCredentials, Environment: client.EnvironmentSandbox,
	})
	if err != nil {
		return "", err
	}
	if len(messages) != 1 {
		return "", fmt.Errorf("%d messages with a client secret reached %s", len(messages), p.FirmOfPAN.Mobile)
	}
	m := messages[0]
	s.KeepSecret("a client secret", m.Secret)
	if m.Channel != client.ChannelSMS || m.Secret == "" {
		return "", fmt.Errorf("the message of %s is no SMS with a secret", m.Purpose)
	}
	return m.Secret, nil
}
