package pages

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"testing"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// manyScans returns a progressive JPEG of a few bytes for each scan, each of which goes over the whole picture: runs of
// empty blocks.
func manyScans(side, scans int) []byte {
	segment := func(marker byte, content ...byte) []byte {
		return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(content)+2)), content...)
	}
	file := []byte{0xff, 0xd8}
	file = append(file, segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)...)
	size := binary.BigEndian.AppendUint16(nil, uint16(side))
	file = append(file, segment(0xc2, append(append([]byte{8}, append(size, size...)...), 1, 1, 0x11, 0)...)...)
	file = append(file, segment(0xc4, append([]byte{0x10, 1}, append(make([]byte, 15), 0xe0)...)...)...) // one code: a run
	blocks := (side / 8) * (side / 8)
	const run = 1<<14 + 0x2aaa // of 15 bits: the code 0, and the run in 14
	var bits []byte
	for n := 0; n <= blocks; n += run {
		bits = append(bits, "0"+"10101010101010"...)
	}
	var scan []byte
	for len(bits)%8 != 0 {
		bits = append(bits, '0')
	}
	for i := 0; i < len(bits); i += 8 {
		var b byte
		for _, bit := range bits[i : i+8] {
			b = b<<1 | (bit - '0')
		}
		scan = append(scan, b)
	}
	for range scans {
		file = append(file, segment(0xda, 1, 1, 0, 1, 63, 0)...)
		file = append(file, scan...)
	}
	return append(file, 0xff, 0xd9)
}

// A JPEG of 18 KB with 500 scans took 6 seconds, and one of 1 MiB would have taken minutes.
func TestAJPEGHasFewScans(t *testing.T) {
	bomb := manyScans(4400, 500)
	if len(bomb) > 20<<10 {
		t.Fatalf("the picture has %d bytes", len(bomb))
	}
	if _, err := jpeg.Decode(bytes.NewReader(manyScans(80, 3))); err != nil {
		t.Fatalf("such a picture is not valid: %v", err)
	}
	_, err := newDecoders().scan(t.Context(), "file", "image/jpeg", bomb)
	if refused, ok := errors.AsType[*httpd.Fail](err); !ok || refused.Fields[0].Code != "picture-too-complex" {
		t.Errorf("%v", err)
	}
	var good bytes.Buffer
	if err := jpeg.Encode(&good, image.NewGray(image.Rect(0, 0, 80, 80)), nil); err != nil {
		t.Fatal(err)
	}
	_, err = newDecoders().scan(t.Context(), "file", "image/jpeg", good.Bytes())
	if refused, ok := errors.AsType[*httpd.Fail](err); !ok || refused.Fields[0].Code != "no-qr-code" {
		t.Errorf("a usual picture: %v", err)
	}
}

// A picture is not decoded for a request that has ended, nor longer than it may take.
func TestDecodingEndsWithItsRequest(t *testing.T) {
	content := manyScans(800, 30)
	for name, cause := range map[string]error{"the request": context.Canceled, "the time": errTooLong} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			r := whileWanted{ctx, bytes.NewReader(content)}
			if n, err := r.Read(make([]byte, 4096)); n != piece || err != nil {
				t.Fatalf("read %d bytes, %v", n, err)
			}
			cancel(cause)
			if _, err := jpeg.Decode(r); !errors.Is(err, cause) {
				t.Errorf("decoding ended with %v", err)
			}
			_, err := newDecoders().scan(ctx, "file", "image/jpeg", content)
			if refused, ok := errors.AsType[*httpd.Fail](err); ok != errors.Is(cause, errTooLong) ||
				ok && refused.Fields[0].Code != "picture-too-complex" || !ok && !errors.Is(err, cause) {
				t.Errorf("scanning ended with %v", err)
			}
		})
	}
}

// A few pictures wait for their turn; more are refused, and a request that ends while it waits gives its place back.
func TestFewPicturesWait(t *testing.T) {
	d := newDecoders()
	var waiting []chan error
	gone, give := context.WithCancel(t.Context())
	running, end := make(chan struct{}), make(chan struct{})
	for range maxDecoding {
		go func() {
			_ = d.run(t.Context(), func(context.Context) error { running <- struct{}{}; <-end; return nil })
		}()
		<-running
	}
	for range maxWaiting {
		d.places <- struct{}{} // as one that waits
	}
	if err := d.run(t.Context(), func(context.Context) error { return nil }); !errors.Is(err, errBusy) {
		t.Errorf("one too many: %v", err)
	}
	for range maxWaiting {
		<-d.places
	}
	for range maxWaiting {
		done := make(chan error)
		waiting = append(waiting, done)
		go func() { done <- d.run(gone, func(context.Context) error { return errors.New("it had its turn") }) }()
	}
	give()
	for _, done := range waiting {
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("one that waited: %v", err)
		}
	}
	close(end)
	if err := d.run(t.Context(), func(context.Context) error { return nil }); err != nil {
		t.Errorf("after all of them: %v", err)
	}
}
