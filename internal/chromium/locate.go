package chromium

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/chromedp/chromedp"
)

// Point is a place in the window of a tab, in CSS pixels.
type Point struct{ X, Y float64 }

// locate takes an element and a function. It brings the element into view, calls the function with it, and returns the
// middle of the element, or of its first line if it is broken over lines.
const locate = `((e, then) => {
	if (!e) return {Obstacle: "there is no such element"};
	const seen = e.localName === "option" ? e.closest("select") : e;
	if (!seen.checkVisibility({visibilityProperty: true})) return {Obstacle: "it is not shown"};
	if (e.disabled || seen.disabled) return {Obstacle: "it is disabled"};
	seen.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
	const box = [...seen.getClientRects()].find(b => b.width && b.height);
	if (!box) return {Obstacle: "it is not shown"};
	const X = box.x + box.width / 2, Y = box.y + box.height / 2, at = document.elementFromPoint(X, Y);
	if (!at) return {Obstacle: "it cannot be scrolled into view"};
	if (!seen.contains(at) && at.closest("label")?.control !== seen)
		return {Obstacle: "it is covered by " + at.outerHTML.slice(0, 80)};
	return {X, Y, Obstacle: then(e) || ""};
})`

// Locate brings an element into view and returns its middle. The element is a JavaScript expression. Locate fails if
// there is no such element, or if a person could not click it: it is not shown, it is disabled, or another element
// covers it. Then is a JavaScript function that is called with the element once it can be clicked; it returns why it
// failed, or nothing. If it is empty, no function is called.
func Locate(element, then string) chromedp.Action[Point] {
	if then == "" {
		then = "() => ''"
	}
	return func(ctx context.Context, tab *chromedp.Target) (Point, error) {
		found, err := chromedp.Evaluate[struct {
			Point
			Obstacle string
		}](fmt.Sprintf("%s(%s, %s)", locate, element, then))(ctx, tab)
		if err == nil && found.Obstacle != "" {
			err = errors.New(found.Obstacle)
		}
		return found.Point, err
	}
}

// Quote writes a text as a JavaScript string.
func Quote(text string) string {
	literal, _ := json.Marshal(text) // a string always has a JSON form
	return string(literal)
}
