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

// maxPixels bounds the pictures that are decoded: a file of a few bytes may declare any number of pixels.
const maxPixels = 20_000_000

// maxMarks bounds the marks that may be corners of a QR code. The decoder compares all triples of marks, so a few
// thousand marks would take days; a picture of a code has about six.
const maxMarks = 200

// decoding allows one picture to be decoded at a time: a large one takes 160 MB.
var decoding sync.Mutex

// scan reads the QR code in a picture.
func scan(field, kind string, content []byte) (string, error) {
	if kind != "image/png" && kind != "image/jpeg" {
		return "", toolFail(field, "picture-type", "This picture is "+kind+". Give PNG or JPEG.")
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return "", toolFail(field, "picture-broken", "This picture is damaged or not whole.")
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
		return "", toolFail(field, "picture-broken", "This picture is damaged or not whole.")
	}
	text, ok := readQR(picture)
	if !ok {
		return "", toolFail(field, "no-qr-code",
			"There is no QR code in this picture that can be read. Use a straight and sharp picture of the code alone.")
	}
	return text, nil
}

// readQR finds a QR code. The decoder is not made for hostile pictures: after a panic in it, or one that ends it
// here, no code was found.
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
					panic("too many marks") // the decoder cannot be stopped otherwise
				}
			}),
		})
		if err == nil {
			return found.GetText(), true
		}
	}
	return "", false
}
