package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd/qr"
)

// drawQR draws a text as a QR code for a terminal, two rows of modules in each line. In colour it is black on white.
// Without, it is inverted, since most terminals write light on dark.
func drawQR(text string, colour bool) ([]string, error) {
	code, err := qr.Draw(text, qr.Low)
	if err != nil {
		return nil, err
	}
	var lines []string
	for y := 0; y < code.Size(); y += 2 {
		var line strings.Builder
		for x := range code.Size() {
			line.WriteString(halves[code.Dark(x, y) == colour][code.Dark(x, y+1) == colour])
		}
		if colour {
			lines = append(lines, "\x1b[30;107m"+line.String()+"\x1b[0m")
		} else {
			lines = append(lines, line.String())
		}
	}
	return lines, nil
}

// halves are the characters of two modules, the upper first; true is one that is written.
var halves = map[bool]map[bool]string{
	true: {true: "█", false: "▀"}, false: {true: "▄", false: " "},
}

// writeQR writes a text as a QR code to a PNG file.
func writeQR(text, file string) error {
	code, err := qr.Draw(text, qr.Medium)
	if err != nil {
		return err
	}
	picture, err := code.PNG()
	if err != nil {
		return fmt.Errorf("drawing a QR code: %w", err)
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil { //nolint:gosec // a QR code is made to be shown
		return wrongUse{fmt.Errorf("--qr: %w", err), "name a file that can be written"}
	}
	return nil
}
