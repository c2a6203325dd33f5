package qr_test

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/nicsim/nicsim/simulator/httpd/qr"
)

// A signed QR code of NIC has about 900 characters of base64url.
var token = strings.Repeat("eyJkYXRhIjoi_-.", 60)

func TestATokenReadsBack(t *testing.T) {
	for _, level := range []qr.Level{qr.Low, qr.Medium} {
		for _, text := range []string{token, "₹ 1,180", "7"} {
			code, err := qr.Draw(text, level)
			if err != nil {
				t.Fatal(err)
			}
			file, err := code.PNG()
			if err != nil {
				t.Fatal(err)
			}
			picture, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if got := picture.Bounds().Dx(); got != 4*code.Size() {
				t.Errorf("%d modules are drawn with %d pixels", code.Size(), got)
			}
			bits, err := gozxing.NewBinaryBitmapFromImage(picture)
			if err != nil {
				t.Fatal(err)
			}
			read, err := qrcode.NewQRCodeReader().Decode(bits, nil)
			if err != nil || read.GetText() != text {
				t.Errorf("level %s: read %v, %v; want %q", level, read, err, text)
			}
		}
	}
}

// The smallest code that holds the token is drawn. Table 7 of ISO/IEC 18004: version 20-L holds 858 bytes and 21-L 929;
// 23-M holds 857 and 24-M 911.
func TestSize(t *testing.T) {
	for level, version := range map[qr.Level]int{qr.Low: 21, qr.Medium: 24} {
		code, err := qr.Draw(token, level)
		if err != nil {
			t.Fatal(err)
		}
		if want := 17 + 4*version + 2*4; code.Size() != want {
			t.Errorf("level %s: %d modules a side, want %d", level, code.Size(), want)
		}
	}
}

func TestTooLong(t *testing.T) {
	for level, most := range map[qr.Level]int{qr.Low: 2953, qr.Medium: 2331} {
		for size, fits := range map[int]bool{0: false, most: true, most + 1: false} {
			if _, err := qr.Draw(strings.Repeat("x", size), level); (err == nil) != fits {
				t.Errorf("level %s, %d bytes: %v", level, size, err)
			}
		}
	}
}

func Example() {
	code, err := qr.Draw("https://example.org", qr.Low)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(code.Size(), "modules a side")
	// Output: 33 modules a side
}

// A picture of a given size has the code in its middle, and can be read. One that is too small is as large as the code.
func TestFit(t *testing.T) {
	code, err := qr.Draw(token, qr.Low)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ width, height, wantWidth, wantHeight int }{
		{300, 300, 300, 300}, {500, 250, 500, 250}, {10, 200, code.Size(), 200},
	} {
		picture := code.Fit(c.width, c.height)
		if got := picture.Bounds().Size(); got.X != c.wantWidth || got.Y != c.wantHeight {
			t.Errorf("%d by %d is drawn as %v", c.width, c.height, got)
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(picture)
		if err != nil {
			t.Fatal(err)
		}
		read, err := qrcode.NewQRCodeReader().Decode(bits,
			map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true})
		if err != nil || read.GetText() != token {
			t.Errorf("%d by %d: read %v, %v", c.width, c.height, read, err)
		}
	}
}
