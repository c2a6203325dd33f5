package portal

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/portal/picture"
	"github.com/nicsim/nicsim/simulator/store"
)

// captchaLength is how many characters a picture shows [SIM].
const captchaLength = 6

// CaptchaAnswer is what a person read from a picture.
type CaptchaAnswer struct{ ID, Answer string }

// DrawCaptcha makes a captcha.
func (p Portal) DrawCaptcha(ctx context.Context) (store.Captcha, error) {
	c := store.Captcha{
		ID:          p.newID(),
		Environment: p.env,
		Answer:      p.world.Dice.Stream("captcha").Pick(picture.Alphabet, captchaLength),
		ExpiresAt:   p.now().Add(time.Duration(p.book().CaptchaLifetime)),
	}
	if p.wrong(defect.TimesInUTC) {
		c.ExpiresAt = c.ExpiresAt.UTC()
	}
	if p.wrong(defect.CaptchaSame) {
		c.Answer = picture.Alphabet[:captchaLength]
	}
	err := p.update(ctx, func(tx store.Tx) error {
		if err := p.world.Sweep(tx); err != nil {
			return err
		}
		return tx.PutCaptcha(c)
	})
	return c, err
}

// CaptchaPicture returns a captcha as a PNG. It refuses with NotFound what was used
// or has expired.
func (p Portal) CaptchaPicture(ctx context.Context, id string) ([]byte, error) {
	c, err := p.openCaptcha(ctx, id)
	if err != nil {
		return nil, err
	}
	png, err := picture.Draw(c.Answer, p.world.Dice.Rand("picture "+c.ID))
	if err != nil {
		return nil, fmt.Errorf("drawing captcha %s: %w", id, err)
	}
	return png, nil
}

// openCaptcha returns a captcha that can be answered. It refuses with NotFound what was used or has expired.
func (p Portal) openCaptcha(ctx context.Context, id string) (c store.Captcha, err error) {
	c, err = view(ctx, p, func(r store.Reader) (store.Captcha, error) { return r.Captcha(id) })
	old := p.over(c.ExpiresAt) && !p.wrong(defect.CaptchaPictureAged)
	if missing(err) || err == nil && (c.Environment != p.env || old) {
		err = refuse(NotFound)
	}
	return c, err
}

// CaptchaAfter returns a captcha for a form that showed one before: the same while it is open, or a new one.
func (p Portal) CaptchaAfter(ctx context.Context, id string) (store.Captcha, error) {
	c, err := p.openCaptcha(ctx, id)
	if _, refused := errors.AsType[*Refusal](err); refused {
		return p.DrawCaptcha(ctx)
	}
	return c, err
}

// EndCaptcha deletes a captcha that a form no longer shows. An unknown id is not an error.
func (p Portal) EndCaptcha(ctx context.Context, id string) error {
	return p.update(ctx, func(tx store.Tx) error {
		c, err := tx.Captcha(id)
		if missing(err) || err == nil && c.Environment != p.env {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.DeleteCaptcha(id)
	})
}

// spend uses up a captcha, whatever the answer, and adds what is wrong with it.
func (p Portal) spend(tx store.Tx, given CaptchaAnswer, found *findings) error {
	c, err := tx.Captcha(given.ID)
	switch {
	case missing(err) && p.wrong(defect.CaptchaUnknown):
		return nil
	case missing(err), err == nil && c.Environment != p.env && !p.wrong(defect.CaptchaOfOther):
		found.list = append(found.list, newViolation(CaptchaExpired, "captcha.captchaId"))
		return nil
	case err != nil:
		return err
	}
	if !p.wrong(defect.CaptchaReusable) {
		if err := tx.DeleteCaptcha(c.ID); err != nil {
			return err
		}
	}
	if p.over(c.ExpiresAt) && p.holds(CaptchaExpired) {
		found.add(CaptchaExpired, "captcha.captchaId")
		return nil
	}
	answer := strings.TrimSpace(given.Answer)
	if upper := strings.ToUpper(answer); upper != answer && !p.wrong(defect.CaptchaCase) {
		answer = upper
	}
	if subtle.ConstantTimeCompare([]byte(answer), []byte(strings.ToUpper(c.Answer))) != 1 {
		found.add(CaptchaMismatch, "captcha.answer")
	}
	return nil
}
