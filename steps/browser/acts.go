package browser

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/nicsim/nicsim/internal/chromium"
	"github.com/nicsim/nicsim/steps/pages"
)

// Scripts for actions other than a click. A list opens a window of its own, which no script and no picture
// reaches, so an option is chosen as by keyboard.
const (
	enterJS = `e => {
		if (e.readOnly || !('select' in e)) return 'nothing can be typed into it';
		e.focus(); e.select();
		return document.activeElement === e ? '' : 'it takes no text';
	}`
	emptyJS = `e => {
		e.focus(); e.value = '';
		e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}));
	}`
	optionJS = `e => {
		const list = e.closest('select');
		list.focus(); e.selected = true;
		list.dispatchEvent(new Event('input', {bubbles: true})); list.dispatchEvent(new Event('change', {bubbles: true}));
	}`
	chosenJS = `e => e.checked ? '' : 'a click does not choose it'`
)

// find locates an element and does something with it.
func find(step context.Context, e pages.Element, does string) (chromium.Point, error) {
	element := fmt.Sprintf("[document.getElementsByTagName('*')[%d]].find(e => e?.localName === %q)", e.Index, e.Data)
	return chromedp.Run(step, chromium.Locate(element, does))
}

// Click clicks with the mouse and waits for the page that it leads to.
func (t *tab) Click(ctx context.Context, e pages.Element) (*pages.Screen, error) {
	step, cancel := t.within(ctx)
	defer cancel()
	at, err := find(step, e, "")
	if err != nil {
		return nil, t.why(ctx, err)
	}
	return t.load(ctx, func(ctx context.Context, _ *chromedp.Target) (*network.Response, error) {
		return chromedp.RunResponse(ctx, chromedp.MouseClickXY(at.X, at.Y))
	})
}

// Type replaces the text of the field.
func (t *tab) Type(ctx context.Context, field pages.Element, text string) error {
	step, cancel := t.within(ctx)
	defer cancel()
	if text == "" {
		_, err := find(step, field, emptyJS)
		return t.why(ctx, err)
	}
	if _, err := find(step, field, enterJS); err != nil {
		return t.why(ctx, err)
	}
	_, err := chromedp.Call(step, input.InsertText, input.InsertTextParams{Text: text})
	return t.why(ctx, err)
}

// Choose clicks a radio button, or chooses an option.
func (t *tab) Choose(ctx context.Context, e pages.Element) error {
	step, cancel := t.within(ctx)
	defer cancel()
	if e.Data == "option" {
		_, err := find(step, e, optionJS)
		return t.why(ctx, err)
	}
	at, err := find(step, e, "")
	if err != nil {
		return t.why(ctx, err)
	}
	if err := chromedp.Do(step, chromedp.MouseClickXY(at.X, at.Y)); err != nil {
		return t.why(ctx, err)
	}
	_, err = find(step, e, chosenJS)
	return t.why(ctx, err)
}

// webpQuality makes a picture of a page about 40 KB.
const webpQuality = 60

// Photograph takes a picture of the whole page.
func (t *tab) Photograph(ctx context.Context, s pages.Shot) ([]byte, error) {
	step, cancel := t.within(ctx)
	defer cancel()
	prepare := `document.activeElement?.blur();` // a blinking cursor makes pictures differ
	for _, hidden := range s.Hide {
		prepare += fmt.Sprintf(`document.getElementsByTagName('*')[%d].style.webkitTextSecurity = 'disc';`, hidden.Index)
	}
	if err := chromedp.Do(step, chromedp.Evaluate[chromedp.Void](prepare)); err != nil {
		return nil, t.why(ctx, err)
	}
	quality, beyond := int64(webpQuality), true
	how := page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatWebp, Quality: &quality,
		CaptureBeyondViewport: &beyond}
	if s.PNG {
		how = page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng, CaptureBeyondViewport: &beyond}
	}
	picture, err := chromedp.Call(step, page.CaptureScreenshot, how)
	if err != nil {
		return nil, fmt.Errorf("taking a picture: %w", t.why(ctx, err))
	}
	return picture.Data, nil
}
