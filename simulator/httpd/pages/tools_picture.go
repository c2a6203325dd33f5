package pages

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // read by image.Decode
	_ "image/png"
	"sync"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// maxPixels bounds the pictures that are decoded: a few bytes may stand for any number of them.
const maxPixels = 20_000_000

// maxMarks bounds what may be a corner of a QR code. The decoder compares all with all, three at a
// time, so that a few thousand would keep it for days; a straight code has half a dozen.
const maxMarks = 200

// decoding lets one picture at a time be decoded, for a large one takes 160 MB.
var decoding sync.Mutex

// scan reads the QR code in a picture.
func scan(field, kind string, content []byte) (string, error) {
	if kind != "image/png" && kind != "image/jpeg" {
		return "", toolFail(field, "picture-type", "This picture is "+kind+". Give PNG or JPEG.")
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return "", toolFail(field, "picture-broken", "This picture is broken or not whole.")
	}
	if pixels := int64(config.Width) * int64(config.Height); pixels > maxPixels {
		return "", toolFail(field, "picture-too-large", fmt.Sprintf(
			"This picture has %d × %d pixels. At most %d million are decoded.", config.Width, config.Height,
			maxPixels/1_000_000))
	}
	decoding.Lock()
	defer decoding.Unlock()
	picture, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return "", toolFail(field, "picture-broken", "This picture is broken or not whole.")
	}
	text, ok := readQR(picture)
	if !ok {
		return "", toolFail(field, "no-qr-code",
			"There is no QR code in this picture that can be read. A straight and sharp picture of the code alone helps.")
	}
	return text, nil
}

// readQR finds a QR code. The decoder was made for phones, and for no hostile pictures: where it
// gives up in a panic, or is made to, nothing was found.
func readQR(picture image.Image) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			text, ok = "", false
		}
	}()
	bits, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		return "", false
	}
	for _, hint := range []gozxing.DecodeHintType{gozxing.DecodeHintType_PURE_BARCODE, gozxing.DecodeHintType_TRY_HARDER} {
		marks := 0
		found, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{
			hint: true,
			gozxing.DecodeHintType_NEED_RESULT_POINT_CALLBACK: gozxing.ResultPointCallback(func(gozxing.ResultPoint) {
				if marks++; marks > maxMarks {
					panic("too many marks") // there is no other way out
				}
			}),
		})
		if err == nil {
			return found.GetText(), true
		}
	}
	return "", false
}
