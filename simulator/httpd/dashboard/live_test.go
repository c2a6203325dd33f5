package dashboard_test

import (
	"fmt"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// ask makes entries in the journal.
func (v *visitor) ask(times int) {
	v.t.Helper()
	for range times {
		v.json("POST", v.sandbox+"/portal/v1/captchas", "")
	}
}

// rows is a script that counts the entries of the journal on a page.
const rows = `document.querySelectorAll("[data-row=exchange]").length`

// follow opens a page and waits until it listens to events.
func (v *visitor) follow(page *browsertest.Page, path string) {
	v.t.Helper()
	page.Goto(v.control + path)
	until(v.t, page, `document.body.dataset.connected === "yes"`)
}

// New entries do not move the rows on the screen, unless the page is at its top.
func TestVisibleRowsKeepTheirPlace(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/read")
	last := 40
	v.ask(last)
	// On the overview, both lists grow above the visible row.
	for path, width := range map[string]int{"/journal": browsertest.Width, "/": 320} {
		page.SetWidth(width)
		v.follow(page, path)
		browsertest.Eval[any](page, `(document.body.style.paddingBottom = "2000px", document.querySelectorAll("[data-row=exchange]")[2].scrollIntoView(), window.read = [...document.querySelectorAll("[data-row=exchange]")].find(r => r.getBoundingClientRect().top > 0).id,
			window.top0 = document.getElementById(window.read).getBoundingClientRect().top, 0)`)
		v.register("9876543210")
		last += 3
		until(t, page, fmt.Sprintf(`document.getElementById("e-%d")`, last))
		if moved := browsertest.Eval[float64](page, `document.getElementById(window.read).getBoundingClientRect().top - window.top0`); moved < -1 || moved > 1 {
			t.Errorf("%s: the visible row moved by %v px", path, moved)
		}
	}
	page.SetWidth(browsertest.Width)
	v.follow(page, "/journal")
	v.ask(1)
	until(t, page, fmt.Sprintf(`document.getElementById("e-%d")`, last+1))
	if at := browsertest.Eval[int](page, `scrollY`); at != 0 {
		t.Errorf("new rows are scrolled out of sight by %d px", at)
	}
}

// Selected text stays selected, while the other parts of the page are updated.
func TestSelectedTextStaysSelected(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/selected")
	v.ask(3)
	v.follow(page, "/")
	before := browsertest.Eval[int](page, `(getSelection().selectAllChildren(document.querySelector("[data-row=exchange] code")), `+rows+`)`)
	v.register("9876543210")
	until(t, page, `document.querySelectorAll("[data-row=message]").length === 2`)
	if got := browsertest.Eval[string](page, `getSelection().toString()`); got != "/portal/v1/captchas" {
		t.Errorf("the selection is %q", got)
	}
	if n := browsertest.Eval[int](page, rows); n != before {
		t.Errorf("the journal has %d rows, and had %d", n, before)
	}
	browsertest.Eval[any](page, `(getSelection().removeAllRanges(), 0)`)
	until(t, page, fmt.Sprintf(rows+` > %d`, before))
}

// The cursor stays on its row when new entries appear.
func TestTheCursorStaysInTheJournal(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/keys")
	v.ask(3)
	v.follow(page, "/journal")
	browsertest.Eval[any](page, `(document.querySelector("[data-row=exchange] a").focus(), 0)`)
	name := page.FocusedName()
	v.ask(1)
	until(t, page, rows+` === 4`)
	if now := page.FocusedName(); now != name {
		t.Errorf("the cursor was in %q and is in %q", name, now)
	}
	until(t, page, `document.getElementById("news").textContent === "New request: POST /portal/v1/captchas, 201"`)
}
