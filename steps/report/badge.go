package report

import (
	"fmt"
	"html/template"
	"io"
	"sync"
	"unicode/utf8"

	"github.com/nicsim/nicsim/steps"
)

var badge = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(files, "badge.svg")) })

// WriteBadge writes the result as a small picture, an SVG for a README.
func WriteBadge(w io.Writer, r Run) error {
	text, colour := fmt.Sprintf("%d passed", r.Count(steps.Pass)), "#1b6e3c"
	switch failed := len(r.Failures()); {
	case r.Stopped != "":
		text, colour = "incomplete", "#8a5a00"
	case r.Count(steps.Error) > 0:
		text, colour = fmt.Sprintf("%d with an error", r.Count(steps.Error)), "#8a5a00"
	case failed > 0:
		text, colour = fmt.Sprintf("%d of %d failed", failed, len(r.Performed())), "#a4262c"
	}
	const label, height, pad, perLetter = "NIC conformance", 20, 8, 7
	left := len(label)*perLetter + 2*pad
	right := utf8.RuneCountInString(text)*perLetter + 2*pad
	view := map[string]any{
		"Label": label, "Text": text, "Colour": template.CSS(colour), //nolint:gosec // one of three constants
		"Left": left, "Right": right, "Width": left + right, "Height": height,
		"LeftMiddle": left / 2, "RightMiddle": left + right/2, "LeftText": left - 2*pad, "RightText": right - 2*pad,
	}
	if err := badge().Execute(w, view); err != nil {
		return fmt.Errorf("writing the badge: %w", err)
	}
	return nil
}
