package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/skip2/go-qrcode"
)

// drawQR draws a text as a QR code for a terminal, two rows of modules in each line, with the light
// border that a scanner needs. In colour it is black on white; without, a terminal's light writing
// on a dark ground is counted upon.
func drawQR(text string, colour bool) ([]string, error) {
	code, err := qrcode.New(text, qrcode.Low)
	if err != nil {
		return nil, fmt.Errorf("drawing the QR code: %w", err)
	}
	modules := code.Bitmap()
	var lines []string
	for y := 0; y < len(modules); y += 2 {
		var line strings.Builder
		for x, upper := range modules[y] {
			lower := y+1 < len(modules) && modules[y+1][x]
			if !colour {
				upper, lower = !upper, !lower
			}
			line.WriteString(halves[upper][lower])
		}
		if colour {
			lines = append(lines, "\x1b[30;107m"+line.String()+"\x1b[0m")
		} else {
			lines = append(lines, line.String())
		}
	}
	return lines, nil
}

// halves are the characters of two modules, the upper first.
var halves = map[bool]map[bool]string{
	true: {true: "█", false: "▀"}, false: {true: "▄", false: " "},
}

// modulePixels is how large a module is in a picture.
const modulePixels = 4

// writeQR writes a text as a QR code to a PNG file.
func writeQR(text, file string) error {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return fmt.Errorf("drawing the QR code: %w", err)
	}
	picture, err := code.PNG(-modulePixels)
	if err != nil {
		return fmt.Errorf("drawing the QR code: %w", err)
	}
	if err := os.WriteFile(file, picture, 0o644); err != nil { //nolint:gosec // a QR code is made to be shown
		return wrongUse{fmt.Errorf("--qr: %w", err), "name a file that can be written"}
	}
	return nil
}
