package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Another library reads the QR code that a walk draws.
func TestQRCodeIsTheSignedOne(t *testing.T) {
	file := filepath.Join(t.TempDir(), "qr.png")
	_, out, _ := called(t.Context(), "walk", "--json", "--section", "1", "--qr", file)
	var report walkReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	signed := report.lastInvoice().SignedQRCode
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	if got := scan(t, picture); got != signed {
		t.Errorf("the picture holds %q, want %q", got, signed)
	}
	for _, colour := range []bool{true, false} {
		lines, err := drawQR(signed, colour)
		if err != nil {
			t.Fatal(err)
		}
		if got := scan(t, photograph(lines, colour)); got != signed {
			t.Errorf("colour %t: the drawing holds %q, want %q", colour, got, signed)
		}
	}
}

func scan(t *testing.T, picture image.Image) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bits,
		map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}

// photograph draws lines of half blocks as a terminal does: with colour, black on white; without, white on black.
func photograph(lines []string, colour bool) image.Image {
	const size = 4
	ink, paper := color.Gray{Y: 255}, color.Gray{}
	if colour {
		ink, paper = paper, ink
	}
	var rows [][]rune
	for _, line := range lines {
		line = strings.TrimSuffix(strings.TrimPrefix(line, "\x1b[30;107m"), "\x1b[0m")
		rows = append(rows, []rune(line))
	}
	picture := image.NewGray(image.Rect(0, 0, len(rows[0])*size, len(rows)*2*size))
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			half := "▀█"
			if y/size%2 == 1 {
				half = "▄█"
			}
			shade := paper
			if strings.ContainsRune(half, rows[y/size/2][x/size]) {
				shade = ink
			}
			picture.SetGray(x, y, shade)
		}
	}
	return picture
}

func TestTextTooLongForAQRCode(t *testing.T) {
	if _, err := drawQR(strings.Repeat("x", 4000), false); err == nil {
		t.Error("a text that is too long for a QR code was drawn")
	}
	if err := writeQR(strings.Repeat("x", 4000), filepath.Join(t.TempDir(), "qr.png")); err == nil {
		t.Error("a text that is too long for a QR code was written")
	}
}
