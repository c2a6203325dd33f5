package pages

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // read by image.Decode
	_ "image/png"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// maxPixels bounds the pictures that are decoded: a file of a few bytes may declare any number of pixels.
const maxPixels = 20_000_000

// maxMarks bounds the marks that may be corners of a QR code. The decoder compares all triples of marks, so a few
// thousand marks would take days; a picture of a code has about six.
const maxMarks = 200

// scan reads the QR code in a picture.
func (d *decoders) scan(ctx context.Context, field, kind string, content []byte) (text string, err error) {
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
	tooComplex := toolFail(field, "picture-too-complex", fmt.Sprintf(
		"This picture takes too long to decode. A JPEG has at most %d scans.", maxScans))
	if kind == "image/jpeg" && scans(content) > maxScans {
		return "", tooComplex
	}
	err = d.run(ctx, func(ctx context.Context) error {
		picture, _, err := image.Decode(whileWanted{ctx, bytes.NewReader(content)})
		var ok bool
		if err == nil {
			text, ok = readQR(ctx, picture)
		}
		switch ended := context.Cause(ctx); {
		case ended != nil:
			return ended
		case err != nil:
			return toolFail(field, "picture-broken", "This picture is damaged or not whole.")
		case !ok:
			return toolFail(field, "no-qr-code",
				"There is no QR code in this picture that can be read. Use a straight and sharp picture of the code alone.")
		}
		return nil
	})
	if errors.Is(err, errTooLong) {
		return "", tooComplex
	}
	return text, err
}

// readQR finds a QR code. The decoder is not made for hostile pictures: after a panic in it, or one that ends it
// here, no code was found.
func readQR(ctx context.Context, picture image.Image) (text string, ok bool) {
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
		if ctx.Err() != nil {
			return "", false
		}
		marks := 0
		found, err := qrcode.NewQRCodeReader().Decode(bits, map[gozxing.DecodeHintType]any{
			hint: true,
			gozxing.DecodeHintType_NEED_RESULT_POINT_CALLBACK: gozxing.ResultPointCallback(func(gozxing.ResultPoint) {
				if marks++; marks > maxMarks || ctx.Err() != nil {
					panic("too many marks, or too late") // the decoder cannot be stopped otherwise
				}
			}),
		})
		if err == nil {
			return found.GetText(), true
		}
	}
	return "", false
}
