package report

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"strings"

	_ "golang.org/x/image/webp" // for the size of pictures

	"github.com/nicsim/nicsim/steps"
)

// outcome is the outcome of a scenario with its pictures.
type outcome struct {
	steps.Outcome
	Told []step
}

type step struct {
	steps.StepOutcome
	Shot *shot // nil without a picture
}

// shot refers to a picture. Many steps change nothing on the screen, so a picture is stored once, in a
// style, and is the background of a blank image at each step that shows it. The browser does not decode
// pictures that are folded away.
type shot struct {
	Class         string
	Width, Height int // pixels
}

// withShots stores the pictures of all scenarios in a style sheet.
func withShots(all []steps.Outcome) (told []outcome, sheet template.CSS) {
	var css strings.Builder
	stored := 0
	for _, o := range all {
		with := outcome{Outcome: o}
		var last *shot
		for _, s := range o.Steps {
			if s.Picture != nil && (last == nil || !s.Unchanged) {
				stored++
				last = newShot(stored, s.Picture)
				fmt.Fprintf(&css, ".%s{background-image:url(data:image/webp;base64,%s)}\n",
					last.Class, base64.StdEncoding.EncodeToString(s.Picture))
			}
			shown := last
			if s.Picture == nil {
				shown = nil
			}
			with.Told = append(with.Told, step{s, shown})
		}
		told = append(told, with)
	}
	return told, template.CSS(css.String()) //nolint:gosec // numbers, and pictures in base64
}

func newShot(number int, picture []byte) *shot {
	s := &shot{Class: fmt.Sprintf("shot-%d", number), Width: 4, Height: 3}
	if size, _, err := image.DecodeConfig(bytes.NewReader(picture)); err == nil {
		s.Width, s.Height = size.Width, size.Height
	}
	return s
}

// Blank is an image of the picture's size, with nothing on it.
func (s shot) Blank() template.URL {
	return template.URL(fmt.Sprintf( //nolint:gosec // numbers alone
		"data:image/svg+xml,%%3Csvg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'/%%3E", s.Width, s.Height))
}
