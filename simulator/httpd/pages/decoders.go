package pages

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// The bounds of decoding pictures. A large picture takes 160 MB while it is decoded.
const (
	maxDecoding  = 2 // at once, at one portal
	maxWaiting   = 8 // more are refused
	decodingTime = 5 * time.Second
)

// decoders lets a few pictures be decoded at a time.
type decoders struct {
	places chan struct{} // one for each picture that waits or is decoded
	slots  chan struct{} // one for each picture that is decoded
}

func newDecoders() *decoders {
	return &decoders{make(chan struct{}, maxDecoding+maxWaiting), make(chan struct{}, maxDecoding)}
}

var (
	errBusy error = httpd.Refuse(http.StatusServiceUnavailable, "busy", "Too many pictures at once",
		"Other pictures are being decoded. Send this one again in some seconds.")
	errTooLong = errors.New("the picture takes too long")
)

// run decodes a picture within the time that one may take. It waits for its turn until ctx ends.
func (d *decoders) run(ctx context.Context, decode func(context.Context) error) error {
	select {
	case d.places <- struct{}{}:
		defer func() { <-d.places }()
	default:
		return errBusy
	}
	select {
	case d.slots <- struct{}{}:
		defer func() { <-d.slots }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	limited, cancel := context.WithTimeoutCause(ctx, decodingTime, errTooLong)
	defer cancel()
	return decode(limited)
}

// whileWanted reads a text in small pieces until its context ends. A decoder that does much work for each piece ends
// with it.
type whileWanted struct {
	ctx  context.Context
	text *bytes.Reader
}

// piece is the length of a piece, in bytes: the work for it is that of a few scans of a JPEG.
const piece = 64

func (r whileWanted) Read(p []byte) (int, error) {
	if err := context.Cause(r.ctx); err != nil {
		return 0, err
	}
	return r.text.Read(p[:min(len(p), piece)])
}

var _ io.Reader = whileWanted{}

// maxScans is the largest number of scans that a JPEG may have. A progressive JPEG of a camera has about ten. Each scan
// goes over all pixels, and a scan of a few bytes can be valid.
const maxScans = 40

// scans returns the number of scans of a JPEG. It counts those of a small picture inside it too.
func scans(content []byte) int { return bytes.Count(content, []byte{0xff, 0xda}) }
