package steps_test

import (
	"testing"

	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/steps"
	"github.com/nicsim/nicsim/steps/browser"
	"github.com/nicsim/nicsim/steps/pages"
)

// TestSuiteByBrowser performs both sections of the guide, and refusals, in one browser.
func TestSuiteByBrowser(t *testing.T) {
	path, err := chromium.Find("")
	if err != nil {
		t.Skip("there is no Chromium:", err)
	}
	if testing.Short() {
		t.Skip("the browser takes most of a minute")
	}
	engine, err := browser.New(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	driver := pages.Driver{Engine: engine}
	t.Run("walks with pictures", func(t *testing.T) {
		checkPictures(t, perform(t, steps.Options{Tags: "@walk", Concurrency: 3, Pictures: true, Driver: driver}))
	})
	t.Run("guide", func(t *testing.T) {
		perform(t, steps.Options{FS: guide, Tags: "~@walk", Concurrency: atOnce, Driver: driver})
	})
	t.Run("refusals", func(t *testing.T) {
		perform(t, steps.Options{Tags: metByPeople, Concurrency: atOnce, Driver: driver})
	})
}

// atOnce is the number of scenarios that the browser performs in parallel. They wait for pages most of the time.
const atOnce = 6

// metByPeople are likely refusals, one of each kind. The forms driver performs all refusals.
const metByPeople = "@REF-captcha-mismatch,@REF-contact-mismatch,@REF-gstin-unknown,@REF-mobile-blank," +
	"@REF-otp-attempts-exhausted,@REF-otp-expired,@REF-otp-too-soon,@REF-username-taken,@REF-already-registered," +
	"@REF-login-failed,@REF-account-locked"
