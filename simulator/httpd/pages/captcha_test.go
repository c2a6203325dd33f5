package pages_test

import (
	"slices"
	"sync"
	"testing"
)

// openCaptchas returns the ids of the open captchas that the dashboard lists, in its order.
func (p *place) openCaptchas() []string {
	p.t.Helper()
	var ids []string
	for _, row := range p.browser().open(p.control + "/inbox").all("li") {
		if attribute(row, "data-row") == "captcha" {
			ids = append(ids, attribute(row, "data-value"))
		}
	}
	return ids
}

// captchaID returns the id of the captcha that the page shows.
func (b *tab) captchaID() string {
	b.t.Helper()
	for _, n := range b.all("input") {
		if attribute(n, "name") == "captchaId" {
			return attribute(n, "value")
		}
	}
	b.t.Fatalf("%s shows no captcha", b.at)
	return ""
}

// A refused form leaves exactly one captcha open: the one that its page shows. A reload shows the same one.
func TestARefusedFormHasOneCaptcha(t *testing.T) {
	p := newPlace(t, "/w/onecaptcha")
	b := p.browser().open(p.sandbox + "/register")
	shows := func(after, want string) {
		t.Helper()
		if open := p.openCaptchas(); !slices.Equal(open, []string{want}) {
			t.Errorf("after %s the open captchas are %v, want %s alone", after, open, want)
		}
	}
	shows("the first look", b.captchaID())

	refusal := b.post(b.fill("Validate", "Captcha", "wrong!"))
	if open := p.openCaptchas(); len(open) != 0 {
		t.Errorf("after the POST the captchas %v are open, and no page shows them", open)
	}
	b.open(refusal).refused(422, "gstin-invalid", "gstin", "mobile", "email", "captcha.answer")
	first := b.captchaID()
	shows("the GET", first)
	for range 2 {
		if b.open(refusal); b.captchaID() != first {
			t.Errorf("a reload shows the captcha %s, want %s", b.captchaID(), first)
		}
		shows("a reload", first)
	}

	b.press("New captcha")
	second := b.captchaID()
	if second == first {
		t.Error("New captcha shows the former one")
	}
	shows("New captcha", second)

	expired := b.fill("Validate", dakshin...)
	expired.values.Set("form", "of.yesterday")
	b.send(expired).refused(403, "form-expired")
	shows("a form that is out of date", b.captchaID())
	b.press("Validate", dakshin...).on("registration VALIDATED")
	if open := p.openCaptchas(); len(open) != 0 {
		t.Errorf("after Validate the captchas %v are open", open)
	}

	b.open(refusal).refused(422, "gstin-invalid", "gstin", "mobile", "email", "captcha.answer")
	if b.captchaID() == first {
		t.Error("a refused form that is opened later shows a captcha that was used")
	}
	shows("a look at an old refusal", b.captchaID())
}

// Tabs that open a refused form at the same time show the same captcha.
func TestTabsOfARefusedFormShareItsCaptcha(t *testing.T) {
	p := newPlace(t, "/w/sharedcaptcha")
	b := p.browser().open(p.sandbox + "/register")
	refusal := b.post(b.fill("Validate", "Captcha", "wrong!"))
	var tabs []*tab
	for range 20 {
		tabs = append(tabs, b.another())
	}
	var all sync.WaitGroup
	for _, tab := range tabs {
		all.Go(func() { tab.open(refusal) })
	}
	all.Wait()
	for _, tab := range tabs {
		if open := p.openCaptchas(); !slices.Equal(open, []string{tab.captchaID()}) {
			t.Errorf("a tab shows the captcha %s, and the open captchas are %v", tab.captchaID(), open)
		}
	}
}
