package portal

import (
	"context"
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/inbox"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// otpDigits is the length of an OTP [SIM].
const otpDigits = 6

// Challenge is what a person may know of an OTP that was sent.
type Challenge struct {
	SentTo       []string // masked: the mobile, then the e-mail
	ExpiresAt    time.Time
	ResendAfter  time.Time
	AttemptsLeft int
}

// ChallengeOf returns what may be shown of the OTP of a flow.
func (p Portal) ChallengeOf(f store.Flow) Challenge {
	s := p.book()
	return Challenge{
		SentTo:       f.OTP.SentTo,
		ExpiresAt:    f.OTP.ExpiresAt,
		ResendAfter:  f.OTP.SentAt.Add(time.Duration(s.OTPResendInterval)),
		AttemptsLeft: max(0, s.OTPMaxAttempts-f.OTP.Failures),
	}
}

// resent returns the OTP after a sending of code, or why it may not be sent now.
func (p Portal) resent(o store.OTP, code string) (store.OTP, *Refusal) {
	now, book := p.now(), p.book()
	if o.Sends >= book.OTPMaxSends && p.holds(OTPLimit) {
		return o, refuse(OTPLimit)
	}
	free := o.SentAt.Add(time.Duration(book.OTPResendInterval))
	if now.Before(free) && p.holds(OTPTooSoon) {
		return o, refuseFor(OTPTooSoon, free.Sub(now))
	}
	if o.Code != "" {
		o.Replaced = append(slices.Clip(o.Replaced), o.Code)
	}
	lifetime := time.Duration(book.OTPLifetime)
	switch {
	case book.Wrong(defect.OTPLivesTwice):
		lifetime *= 2
	case book.Wrong(defect.OTPLivesHalf):
		lifetime /= 2
	}
	o.Code, o.SentAt, o.ExpiresAt = code, now, now.Add(lifetime)
	o.Sends++
	return o, nil
}

// answered returns the OTP after an attempt, or why the attempt failed. The right OTP is spent. An OTP that
// a resend replaced, and any OTP after the newest has expired, costs no attempt: it tells a guesser nothing.
func (p Portal) answered(o store.OTP, given string) (store.OTP, *Refusal) {
	replaced := 0
	for _, former := range o.Replaced {
		replaced |= subtle.ConstantTimeCompare([]byte(former), []byte(given))
	}
	right := subtle.ConstantTimeCompare([]byte(o.Code), []byte(given))
	old := replaced == 1 && right == 0
	expired := p.over(o.ExpiresAt) || old && !p.wrong(defect.OTPOldAlive)
	switch {
	case expired && p.holds(OTPExpired):
		r := refuseField(OTPExpired, "otp")
		if r.Cause = journal.Because("A later OTP replaced this one."); replaced != 1 {
			r.Cause = journal.Because("The OTP expired at %s.", moment(o.ExpiresAt))
		}
		return o, r
	case right == 1, old, !p.holds(OTPMismatch):
		o.Code, o.Replaced = "", nil
		return o, nil
	}
	if !p.wrong(defect.OTPNotCounted) {
		o.Failures++
	}
	left := max(0, p.book().OTPMaxAttempts-o.Failures)
	r := refuseField(OTPMismatch, "otp")
	if left == 0 && p.holds(OTPExhausted) {
		r = refuseField(OTPExhausted, "otp")
		o.Code, o.Replaced = "", nil
	}
	r.AttemptsLeft = &left
	r.Cause = journal.Because("The OTP, of %d characters, was never sent for this flow.", len(given))
	if len(given) != otpDigits {
		r.Cause = journal.Because("The OTP has %d characters; it has %d digits.", len(given), otpDigits)
	}
	return o, r
}

// contact is where a registered person is reached.
type contact struct{ mobile, email string }

// challenge sends an OTP for the flow that find returns, to the contact that it
// returns with it, and keeps the flow. The messages go out once that is kept.
func (p Portal) challenge(ctx context.Context, purpose inbox.Purpose,
	find func(store.Tx) (store.Flow, contact, error)) (store.Flow, error) {
	var f store.Flow
	var messages []inbox.Message
	err := p.update(ctx, func(tx store.Tx) error {
		var to contact
		var err error
		if f, to, err = find(tx); err != nil {
			return err
		}
		messages, err = p.sendOTP(ctx, tx, &f, to, purpose)
		return err
	})
	if err == nil {
		err = p.deliver(ctx, p.underway(ctx, messages))
	}
	return f, err
}

// again finds a flow for which an OTP may be sent, and its contact as it is registered now.
func (p Portal) again(tx store.Tx, kind string, owner store.Session, id string, states ...string) (store.Flow, contact,
	error) {
	f, err := p.flowIn(tx, kind, owner, id, states...)
	if err != nil {
		return f, contact{}, err
	}
	to, err := p.registered(tx, &f)
	return f, to, err
}

// sendOTP moves a flow to OTP_SENT and returns the messages that go out once that
// is kept. An OTP goes to the registered contact only.
func (p Portal) sendOTP(ctx context.Context, tx store.Tx, f *store.Flow, to contact,
	purpose inbox.Purpose) ([]inbox.Message, error) {
	dice := p.world.Dice.Stream("otp")
	digits := defect.Pick(p.world.Defects(), defect.OTPFourDigits, otpDigits, 4)
	code := dice.Digits(digits)
	for code == f.OTP.Code || slices.Contains(f.OTP.Replaced, code) {
		code = dice.Digits(digits)
	}
	otp, refusal := p.resent(f.OTP, code)
	if refusal != nil {
		return nil, refusal
	}
	if err := p.takeSend(tx, *f, to); err != nil {
		return nil, err
	}
	to = p.reached(ctx, to)
	otp.SentTo = []string{nic.MaskMobile(to.mobile)}
	if p.wrong(defect.MobileUnmasked) {
		otp.SentTo = []string{to.mobile}
	}
	if p.wrong(defect.OTPShown) {
		otp.SentTo[0] += " (" + code + ")"
	}
	if to.email != "" {
		otp.SentTo = append(otp.SentTo, nic.MaskEmail(to.email))
	}
	f.OTP, f.State = otp, OTPSent
	m := inbox.Message{
		Environment: p.env, Purpose: purpose, GSTIN: f.GSTIN,
		Text: code + " is your OTP for the e-Invoice " + string(p.env) + " portal (simulator). Do not share it.",
		OTP:  code,
	}
	return p.toBoth(m, to), tx.PutFlow(*f)
}

// moment writes a time in a cause, in Indian time.
func moment(at time.Time) string { return at.In(nic.IST).Format(time.DateTime) }

// toBoth addresses a message to the mail box and to the phone, the phone last: NIC's
// guides speak of the phone only, its slides of both.
func (p Portal) toBoth(m inbox.Message, to contact) []inbox.Message {
	mail := p.bySMS(m, to.mobile)
	if to.email == "" {
		return []inbox.Message{mail}
	}
	sms := mail
	mail.ID, mail.Channel, mail.To, mail.ArrivesAt = p.newID(), inbox.Email, to.email, mail.SentAt
	if p.wrong(defect.OTPWithoutSMS) {
		return []inbox.Message{mail}
	}
	return []inbox.Message{mail, sms}
}

func (p Portal) bySMS(m inbox.Message, mobile string) inbox.Message {
	m.ID, m.Channel, m.To, m.SentAt = p.newID(), inbox.SMS, mobile, p.now()
	m.ArrivesAt = m.SentAt.Add(time.Duration(defect.Pick(p.world.Defects(), defect.SMSAtOnce, p.book().SMSDelay, 0)))
	return m
}

// deliver puts messages into the inbox, those that the settings lose excepted.
func (p Portal) deliver(ctx context.Context, messages []inbox.Message) error {
	if p.book().SMSDropped {
		messages = slices.DeleteFunc(messages, func(m inbox.Message) bool { return m.Channel == inbox.SMS })
	}
	return p.world.Deliver(context.WithoutCancel(ctx), messages...)
}

// verifyOTP moves a flow of a kind from OTP_SENT to OTP_VERIFIED, or to its end.
func (p Portal) verifyOTP(ctx context.Context, kind string, owner store.Session, id, given string) (store.Flow, error) {
	return change(ctx, p, func(tx store.Tx) (store.Flow, error) { return p.enterOTP(tx, kind, owner, id, given) })
}

// enterOTP is verifyOTP within a unit.
func (p Portal) enterOTP(tx store.Tx, kind string, owner store.Session, id, given string) (store.Flow, error) {
	f, err := p.flowIn(tx, kind, owner, id, OTPSent)
	if err != nil {
		return f, err
	}
	if err := p.mayGuess(tx, f); err != nil {
		return f, err
	}
	otp, refusal := p.answered(f.OTP, strings.TrimSpace(given))
	if otp.Failures > f.OTP.Failures {
		if err := p.countGuess(tx, f); err != nil {
			return f, err
		}
	}
	f.OTP = otp
	switch {
	case refusal == nil:
		f.State = defect.Pick(p.world.Defects(), defect.OTPOpensNothing, OTPVerified, OTPSent)
	case refusal.Code() == OTPExhausted:
		f.State = Dead
	}
	if err := tx.PutFlow(f); err != nil || refusal == nil {
		return f, err
	}
	return f, refusal
}
