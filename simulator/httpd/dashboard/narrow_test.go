package dashboard_test

import (
	"context"
	"testing"

	"github.com/nicsim/nicsim/internal/browsertest"
	"github.com/nicsim/nicsim/simulator/world"
)

// offScreen is a script that lists texts outside the screen, boxes that scroll sideways, and cells without a
// label.
const offScreen = `(() => {
	const found = [];
	for (const box of document.querySelectorAll(".scroll, pre"))
		if (box.scrollWidth > box.clientWidth) found.push(box.ariaLabel + " scrolls sideways");
	for (const cell of document.querySelectorAll("td, dd, code")) {
		if (cell.getClientRects().length && cell.getBoundingClientRect().right > innerWidth)
			found.push(cell.textContent + " is off-screen");
		if (cell.matches(".stack td:not(:empty)") && !cell.dataset.label) found.push(cell.textContent + " has no label");
	}
	return found.join("; ");
})()`

// On a telephone, no page and no table scrolls sideways.
func TestTablesAreReadableOnATelephone(t *testing.T) {
	t.Parallel()
	page := browsertest.Open(t)
	page.SetWidth(390)
	look := func(v *visitor, paths ...string) {
		t.Helper()
		for _, path := range paths {
			page.Goto(v.control + path)
			browsertest.Eval[any](page, `document.querySelectorAll("details").forEach(d => d.open = true), 0`)
			if found := browsertest.Eval[string](page, offScreen); found != "" || page.ScrollsSideways() {
				t.Errorf("%s at 390 pixels: %s", path, found)
			}
		}
	}
	v := visit(t, "/w/narrow")
	v.register("9876543210")
	v.register("9876543211")
	look(v, "/", "/inbox", "/journal", "/journal/1", "/journal/4", "/clock", "/taxpayers", "/taxpayers/29ABCCD1234E1Z1",
		"/providers", "/api-users", "/subscriptions", "/subscriptions/vayana", "/add/subscription/whitebooks",
		"/add/taxpayer",
		"/providers/AABCK27GSP4K7QX", "/settings", "/rules", "/worlds", "/worlds/narrow/end", "/reset", "/nowhere")
	v.json("PUT", v.control+"/control/v1/situation", `{"name":"hostile"}`)
	look(v, "/faults", "/faults/hostile.page-as-answer", "/add/fault/latency")
	secret := `document.querySelector("[data-row=provider] details code")`
	page.Goto(v.control + "/providers")
	page.Click("[data-row=provider] summary")
	if shown := browsertest.Eval[bool](page, secret+`.getBoundingClientRect().right <= innerWidth && `+secret+
		`.textContent.length === 20`); !shown {
		t.Error("the secret of a provider cannot be read")
	}
	v, _ = withInvoice(t)
	look(v, "/invoices", "/invoices/sandbox/"+irn, "/api-users")
	v = visitWorld(t, func(_ context.Context, w *world.World) error {
		w.Journal.Record(refusedInvoice)
		return nil
	})
	look(v, "/journal", "/journal/1")
	wanted := browsertest.Eval[string](page, `[...document.querySelectorAll("td")].map(c => c.textContent).join("|")`)
	if wanted != "/ItemList/0/HsnCd|HSN code(s)-84 is invalid|hsn-length|4, 6 or 8 digits of the master" {
		t.Errorf("the refused field is %s", wanted)
	}
}
