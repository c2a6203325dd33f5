package browsertest

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/nicsim/nicsim/internal/chromium"
)

// Key is a key, or a combination of two keys.
type Key string

// The keys that are used on a page without scripts.
const (
	Tab       Key = kb.Tab
	ShiftTab  Key = "shift " + kb.Tab
	Enter     Key = kb.Enter
	Space     Key = " "
	Up        Key = kb.ArrowUp
	Down      Key = kb.ArrowDown
	Left      Key = kb.ArrowLeft
	Right     Key = kb.ArrowRight
	Home      Key = kb.Home
	End       Key = kb.End
	Escape    Key = kb.Escape
	Backspace Key = kb.Backspace
)

// Click clicks in the middle of the first element that a CSS selector matches. It fails if no element matches, if the
// element is not visible, or if another element covers it.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.act("click on "+selector, func(ctx context.Context, t *chromedp.Target) error {
		return click(ctx, t, selector, nil)
	})
}

// DoubleClick clicks a second time as soon as the first click has had its effect, such as sending a form. If the
// server has not answered yet, the second click is on the same page and sends the form again. The browser may then give
// up the first request before it leaves the machine. A test that needs a form to arrive twice must delay the first
// answer, and close the channel arrived when the server has the first request; the channel may be nil.
func (p *Page) DoubleClick(selector string, arrived <-chan struct{}) {
	p.t.Helper()
	p.act("double click on "+selector, func(ctx context.Context, t *chromedp.Target) error {
		return click(ctx, t, selector, func() error {
			afterTasks(ctx, t)
			if arrived == nil {
				return nil
			}
			select {
			case <-arrived:
				return nil
			case <-ctx.Done():
				return fmt.Errorf("the request of the first click did not arrive: %w", ctx.Err())
			}
		})
	})
}

// SlowDoubleClick clicks a second time at the same place, after the page that the first click led to has loaded. This
// happens if the server is faster than the person.
func (p *Page) SlowDoubleClick(selector string) {
	p.t.Helper()
	p.act("slow double click on "+selector, func(ctx context.Context, t *chromedp.Target) error {
		return click(ctx, t, selector, func() error { return p.settled(ctx, t) })
	})
}

// SendUnseen sends the form of a button as the first click of two does, and the browser does not show the answer. So
// the next press always sends the same form again. A form with the method get is not sent.
func (p *Page) SendUnseen(button string) {
	p.t.Helper()
	Eval[any](p, fmt.Sprintf(`(button => {
		const form = button.form, sent = new FormData(form, button);
		if (form.getAttribute("method") !== "post") return 0;
		const body = form.enctype === "multipart/form-data" ? sent : new URLSearchParams(sent);
		return fetch(form.getAttribute("action"), {method: "post", body, redirect: "manual"}).then(() => 0);
	})(document.querySelector(%s))`, chromium.Quote(button)))
}

// ButtonNamed marks the enabled button of a form with the given text, and returns the selector of the mark.
func (p *Page) ButtonNamed(text string) string {
	p.t.Helper()
	found := Eval[bool](p, fmt.Sprintf(`(text => {
		document.querySelectorAll("[data-test]").forEach(e => e.removeAttribute("data-test"));
		const e = [...document.querySelectorAll("form button:not([disabled])")].find(e => e.textContent.trim() === text);
		e?.setAttribute("data-test", "here");
		return !!e;
	})(%s)`, chromium.Quote(text)))
	if !found {
		p.t.Fatalf("%s has no button %q", p.URL(), text)
	}
	return `[data-test="here"]`
}

// click clicks once and, if there is a pause, a second time after it.
func click(ctx context.Context, t *chromedp.Target, selector string, pause func() error) error {
	where, err := chromium.Locate("document.querySelector("+chromium.Quote(selector)+")", "")(ctx, t)
	if err != nil {
		return err
	}
	if _, err := chromedp.MouseEvent(chromedp.MouseMoved, where.X, where.Y)(ctx, t); err != nil {
		return err
	}
	_, err = chromedp.MouseClickXY(where.X, where.Y)(ctx, t)
	if err != nil || pause == nil {
		return err
	}
	if err := pause(); err != nil {
		return err
	}
	_, err = chromedp.MouseClickXY(where.X, where.Y, chromedp.ClickCount(2))(ctx, t)
	return err
}

// Type sets the focus on a field, as a click does, and replaces the field's text by typing. In a list (<select>) it
// selects the option that begins with the text.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	p.act("type into "+selector, func(ctx context.Context, t *chromedp.Target) error {
		const script = `(selector => {
			const e = document.querySelector(selector);
			if (!e) return "there is no such element";
			e.focus();
			if (document.activeElement !== e) return "it does not take the focus";
			if (e.select) e.select();
			return "";
		})(%s)`
		obstacle, err := chromedp.Evaluate[string](fmt.Sprintf(script, chromium.Quote(selector)))(ctx, t)
		if err == nil && obstacle != "" {
			err = fmt.Errorf("%s", obstacle)
		}
		if err != nil {
			return err
		}
		if text == "" {
			text = string(Backspace)
		}
		_, err = chromedp.KeyEvent(text)(ctx, t)
		return err
	})
}

// Press presses keys one after another. They go to the element with the focus.
func (p *Page) Press(keys ...Key) {
	p.t.Helper()
	for _, key := range keys {
		p.act(fmt.Sprintf("press %q", key), func(ctx context.Context, t *chromedp.Target) error {
			var err error
			if key == ShiftTab {
				_, err = chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift))(ctx, t)
			} else {
				_, err = chromedp.KeyEvent(string(key))(ctx, t)
			}
			return err
		})
	}
}

// FocusedName returns the name of the element with the focus, as the browser computes it for a screen reader: the
// label of a field, the text of a button or a link. It is empty if no element has the focus, or if the element has no
// name.
func (p *Page) FocusedName() string {
	p.t.Helper()
	return run(p, "the name of what has the focus", func(ctx context.Context, t *chromedp.Target) (string, error) {
		focused, err := chromedp.Evaluate[*runtime.RemoteObject](
			"document.activeElement === document.body ? null : document.activeElement")(ctx, t)
		if err != nil || focused == nil || focused.ObjectID == "" {
			return "", err
		}
		alone := false
		tree, err := cdp.Call(ctx, t, accessibility.GetPartialAXTree,
			accessibility.GetPartialAXTreeParams{ObjectID: focused.ObjectID, FetchRelatives: &alone})
		if err != nil || len(tree.Nodes) == 0 || tree.Nodes[0].Name == nil {
			return "", err
		}
		var name string
		if err := json.Unmarshal(tree.Nodes[0].Name.Value, &name); err != nil {
			return "", err
		}
		return name, nil
	})
}
