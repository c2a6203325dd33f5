// Package qr draws a text, such as a signed token, as a QR code.
package qr

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
)

// Level is how much of a code may be damaged before it can no longer be read.
type Level = decoder.ErrorCorrectionLevel

// The levels of ISO/IEC 18004 that nicsim draws.
const (
	Low    Level = decoder.ErrorCorrectionLevel_L // 7 %: the smallest code, for a terminal
	Medium Level = decoder.ErrorCorrectionLevel_M // 15 %: for a picture
)

// Code is a QR code with its quiet zone of four light modules on each side.
type Code struct{ modules *gozxing.BitMatrix }

// Draw encodes a text in UTF-8. The error is that of a text that is empty, or too long for a QR code: at most 2,953
// bytes with Low, 2,331 with Medium.
func Draw(text string, level Level) (Code, error) {
	modules, err := qrcode.NewQRCodeWriter().Encode(text, gozxing.BarcodeFormat_QR_CODE, 0, 0,
		map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_ERROR_CORRECTION: level})
	if err != nil {
		return Code{}, fmt.Errorf("drawing a QR code: %w", err)
	}
	return Code{modules}, nil
}

// Size is the number of modules on one side.
func (c Code) Size() int { return c.modules.GetWidth() }

// Dark reports whether a module is dark. Modules outside the code are light.
func (c Code) Dark(x, y int) bool {
	return x < c.Size() && y < c.Size() && c.modules.Get(x, y)
}

// Image returns the code in black on white, each module as a square of that many pixels.
func (c Code) Image(pixels int) image.Image {
	side := c.Size() * pixels
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			if c.Dark(x/pixels, y/pixels) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	return picture
}

// Fit returns the code in the middle of a picture of a size, with the largest whole modules for which there is room. A
// picture that is too small for one pixel a module is as large as the code instead.
func (c Code) Fit(width, height int) image.Image {
	pixels := max(1, min(width, height)/c.Size())
	code := c.Image(pixels)
	side := code.Bounds().Dx()
	picture := image.NewPaletted(image.Rect(0, 0, max(width, side), max(height, side)),
		color.Palette{color.White, color.Black})
	corner := image.Pt((picture.Rect.Dx()-side)/2, (picture.Rect.Dy()-side)/2)
	draw.Draw(picture, code.Bounds().Add(corner), code, image.Point{}, draw.Src)
	return picture
}

// PNG returns the code as a PNG file, with modules of 4 by 4 pixels.
func (c Code) PNG() ([]byte, error) {
	var file bytes.Buffer
	err := png.Encode(&file, c.Image(4))
	return file.Bytes(), err
}
