package dashboard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/internal/browsertest"
)

// An open page shows what is new, announces it to screen readers, and keeps the cursor and what was typed.
func TestPagesFollowTheWorld(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/live")
	connected := func() {
		t.Helper()
		until(t, page, `document.body.dataset.connected === "yes"`)
	}
	page.Goto(v.control + "/inbox")
	connected()
	page.Type("#to", "98")
	v.register("9876543210")
	until(t, page, `document.querySelectorAll("[data-row=message]").length === 2`)
	until(t, page, `document.getElementById("news").textContent.startsWith("New message: ")`)
	if typed := browsertest.Eval[string](page, `document.getElementById("to").value`); typed != "98" ||
		page.FocusedName() != "To" {
		t.Errorf("the filter has %q, and the cursor is in %q", typed, page.FocusedName())
	}
	if n := browsertest.Eval[int](page, `document.querySelectorAll("button[data-copy]:not([hidden])").length`); n != 1 {
		t.Errorf("%d OTPs can be copied", n)
	}
	page.Goto(v.control + "/journal")
	connected()
	before := browsertest.Eval[int](page, `document.querySelectorAll("[data-row=exchange]").length`)
	v.register("9876543211")
	until(t, page, `document.querySelector("[data-row=exchange]").textContent.includes("contact-mismatch")`)
	if after := browsertest.Eval[int](page, `document.querySelectorAll("[data-row=exchange]").length`); after != before+2 {
		t.Errorf("there were %d entries, and are %d", before, after)
	}
	if kept := v.json("GET", v.control+"/control/v1/requests", "")["requests"].([]any); len(kept) != before+2 {
		t.Errorf("the journal has %d entries, some of the dashboard itself", len(kept))
	}
}

// After an OTP was copied, the page still shows the next one, and the cursor stays. A part without news is
// not replaced.
func TestCopyingAnOTPKeepsThePageLive(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/copied")
	v.register("9876543210")
	page.Goto(v.control + "/")
	until(t, page, `document.body.dataset.connected === "yes"`)
	const button = "#live-inbox button[data-copy]"
	page.Click(button)
	until(t, page, `document.getElementById("news").textContent !== ""`)
	entries := browsertest.Eval[int](page, `(window.clicked = document.activeElement).blur(), document.querySelectorAll("[data-row=exchange]").length`)
	v.json("POST", v.sandbox+"/portal/v1/captchas", "")
	until(t, page, fmt.Sprintf(`document.querySelectorAll("[data-row=exchange]").length > %d`, entries))
	if !browsertest.Eval[bool](page, `window.clicked.matches("button") && window.clicked.isConnected`) {
		t.Error("the inbox was replaced by the same one")
	}
	browsertest.Eval[any](page, `window.clicked.focus()`)
	v.register("9876543210")
	until(t, page, `document.querySelectorAll("[data-row=message]").length === 4`)
	if !browsertest.Eval[bool](page, `document.activeElement !== window.clicked && document.activeElement.dataset.copy === window.clicked.dataset.copy`) {
		t.Errorf("the cursor is in %q", page.FocusedName())
	}
	if n := browsertest.Eval[int](page, `document.querySelectorAll("button[data-copy]:not([hidden])").length`); n != 2 {
		t.Errorf("%d OTPs can be copied", n)
	}
}

// If the browser does not let a page copy, the button says so.
func TestFailedCopyingIsReported(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/uncopied")
	v.register("9876543210")
	page.Goto(v.control + "/inbox")
	browsertest.Eval[any](page, `navigator.clipboard.writeText = async () => { throw new Error("not allowed") }, 0`)
	page.Click("#live-inbox button[data-copy]")
	until(t, page, `document.querySelector("#live-inbox button[data-copy]").textContent.startsWith("Cannot copy")`)
	until(t, page, `document.getElementById("news").textContent.includes("select the text")`)
}

// An OTP can be copied and the clock advanced with the keyboard alone.
func TestTheDashboardByKeyboard(t *testing.T) {
	page := browsertest.Open(t)
	v := visit(t, "/w/keys")
	reach := func(name string) {
		t.Helper()
		for range 60 {
			if strings.HasPrefix(page.FocusedName(), name) {
				return
			}
			page.Press(browsertest.Tab)
		}
		t.Fatalf("%s: Tab does not lead to %q", page.URL(), name)
	}
	v.json("PUT", v.control+"/control/v1/clock", `{"mode":"frozen","now":"2026-04-01T09:30:00+05:30"}`)
	v.register("9876543210")
	page.Goto(v.control + "/inbox")
	until(t, page, `document.querySelector("#live-inbox button[data-copy]:not([hidden])") !== null`)
	browsertest.Eval[any](page, `navigator.clipboard.writeText = async text => { window.copied = text }, 0`)
	reach("Copy")
	page.Press(browsertest.Enter)
	until(t, page, `/^[0-9]{6}$/.test(window.copied)`)
	page.Goto(v.control + "/clock")
	reach("10 min")
	page.Press(browsertest.Space)
	reach("Advance by")
	for _, key := range "90s" {
		page.Press(browsertest.Key(key))
	}
	page.Press(browsertest.Enter)
	if now := v.now(); !strings.Contains(now, "T09:41:30") {
		t.Errorf("the clock shows %s", now)
	}
}

// until waits for a condition of a page, for a few seconds at most.
func until(t *testing.T, page *browsertest.Page, condition string) {
	t.Helper()
	const wait = `new Promise(done => {
		const end = performance.now() + 5000;
		const look = () => {
			if (CONDITION) done(true);
			else if (performance.now() > end) done(false);
			else setTimeout(look, 20);
		};
		look();
	})`
	if !browsertest.Eval[bool](page, strings.ReplaceAll(wait, "CONDITION", condition)) {
		t.Fatalf("%s did not become true within %s", condition, 5*time.Second)
	}
}
