package pages_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"
)

// hugePNG returns a PNG that declares its size and has no pixels.
func hugePNG(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
	header = append(header, 8, 2, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	file = append(file, header...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header))
}

// hugeJPEG returns a small picture that declares 65,535 by 65,535 pixels.
func hugeJPEG(t *testing.T) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(file.Bytes(), []byte{0xff, 0xc0}) // start of frame: length, precision, height, width
	copy(file.Bytes()[at+5:], []byte{0xff, 0xff, 0xff, 0xff})
	return file.Bytes()
}

// patterns returns a square picture tiled with the patterns in a QR code's corners, with gaps between them. Sizes are
// in pixels; a module is the smallest part of a pattern.
func patterns(t *testing.T, size, module, gap int) []byte {
	t.Helper()
	picture := image.NewPaletted(image.Rect(0, 0, size, size), color.Palette{color.White, color.Black})
	for i := range picture.Pix {
		x, y := i%size%(7*module+gap)/module, i/size%(7*module+gap)/module
		if inside, ring := x < 7 && y < 7, x == 0 || x == 6 || y == 0 || y == 6; inside &&
			(ring || x > 1 && x < 5 && y > 1 && y < 5) {
			picture.Pix[i] = 1
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, picture); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestHostileUploads(t *testing.T) {
	p := newPlace(t, "/w/hostile")
	var blank bytes.Buffer
	if err := png.Encode(&blank, image.NewGray(image.Rect(0, 0, 50, 50))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name       string
		content    []byte
		code, says string
	}{
		{"a huge PNG", hugePNG(1<<15, 1<<15), "picture-too-large", "32768 × 32768 pixels"},
		{"a wide PNG", hugePNG(20_000_001, 1), "picture-too-large", "20000001 × 1 pixels"},
		{"an impossible PNG", hugePNG(1<<31-1, 1<<31-1), "picture-broken", "not whole"},
		{"a huge JPEG", hugeJPEG(t), "picture-too-large", "65535 × 65535 pixels"},
		{"a picture of a kind that is not read", []byte("GIF89a\x01\x00\x01\x00"), "picture-type", "image/gif"},
		{"a picture cut off in its header", blank.Bytes()[:20], "picture-broken", "not whole"},
		{"a picture cut off", blank.Bytes()[:50], "picture-broken", "not whole"},
		{"a picture of nothing", blank.Bytes(), "no-qr-code", "no QR code"},
		{"a large picture of patterns", patterns(t, 2400, 10, 0), "no-qr-code", "no QR code"},
		{"a picture of more patterns than can be compared", patterns(t, 400, 1, 1), "no-qr-code", "no QR code"},
		{"bytes", []byte{0, 1, 2, 255}, "file-type", "neither a text nor a picture"},
		{"a PDF", []byte("%PDF-1.7\n"), "file-type", "neither a text nor a picture"},
		{"no UTF-8", []byte("abc\xff.def.ghi"), "file-type", "neither a text nor a picture"},
		{"another JSON", []byte(`{"a":1}`), "nothing-signed", "neither SignedInvoice nor SignedQRCode"},
		{"half a JSON", []byte(`{"SignedInvoice":"a.b`), "not-json", "all of it copied"},
		{"an encrypted answer", []byte(`{"Status":1,"Data":"AAAA"}`), "encrypted", "Decrypt it first"},
		{"a refusal", []byte(`{"Status":0,"Data":null}`), "encrypted", "there is none"},
		{"some text", []byte("hello"), "not-signed", "three parts"},
		{"nothing", nil, "missing", "empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := p.verifyPage()
			b.client.Timeout = 20 * time.Second // a picture must not block the tool
			b.upload("chosen.bin", c.content).refused(422, "value-invalid", "file")
			if len(b.marked("data-code", c.code)) != 1 || !strings.Contains(b.value("detail"), c.says) {
				t.Errorf("it says %q: want %s, %q", b.value("detail"), c.code, c.says)
			}
		})
	}
	t.Run("a text and a file", func(t *testing.T) {
		b := p.verifyPage()
		b.sendFile(b.fill("Verify", "Signed invoice or QR code", "x"), "file", "a.txt", []byte("x")).refused(422,
			"value-invalid", "file")
	})
	t.Run("neither", func(t *testing.T) { p.verifyPage().paste(" ").refused(422, "value-invalid", "signed") })
	t.Run("as large as may be", func(t *testing.T) {
		p.verifyPage().upload("a.txt", bytes.Repeat([]byte("x"), 1<<20)).refused(422, "value-invalid", "file")
	})
	t.Run("2 MiB", func(t *testing.T) {
		b := p.verifyPage().upload("a.png", make([]byte, 2<<20)).refused(413, "body-too-large", "file")
		if !strings.Contains(b.text, "This file has 2097152 bytes. At most 1048576 are read.") {
			t.Errorf("it says %s", b.text)
		}
	})
	t.Run("a long text", func(t *testing.T) {
		b := p.verifyPage()
		b.sendFile(b.fill("Verify", "Signed invoice or QR code", strings.Repeat("x", 1<<20)), "", "", nil).refused(413,
			"body-too-large")
	})
	t.Run("another browser's token", func(t *testing.T) {
		p.verifyPage().send(p.verifyPage().fill("Verify", "Signed invoice or QR code", "x")).refused(403, "form-expired")
	})
	t.Run("another browser's token, with a file", func(t *testing.T) {
		b := p.verifyPage()
		b.sendFile(p.verifyPage().fill("Verify"), "file", "a.txt", []byte("x")).refused(403, "form-expired")
	})
	t.Run("a form that is none", func(t *testing.T) {
		for _, kind := range []string{"multipart/form-data; boundary=x", "multipart/form-data"} {
			b := p.verifyPage()
			r := b.request(b.fill("Verify"))
			r.Header.Set("Content-Type", kind)
			b.load(r).refused(400, "malformed-request")
		}
	})
	t.Run("too many fields", func(t *testing.T) {
		b := p.verifyPage()
		sent := b.fill("Verify")
		for i := range 100 {
			sent.values.Set(fmt.Sprint("x", i), "")
		}
		b.sendFile(sent, "", "", nil).refused(400, "malformed-request")
	})
	t.Run("the journal", func(t *testing.T) {
		p.verifyPage().upload("a secret.txt", []byte("not for the journal"))
		journal, err := json.Marshal(p.tell("GET", "requests", ""))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(journal), `"file":{"bytes":19,"file":"a secret.txt"}`) ||
			!strings.Contains(string(journal), `{"bytes":2097152,"file":"a.png"}`) {
			t.Errorf("the journal does not know the files: %s", journal)
		}
		if strings.Contains(string(journal), "not for the journal") {
			t.Error("the journal has what was in a file")
		}
	})
}

// A few KB that are nested deeply would take a hundred MB when they are indented.
func TestNestedDocumentsStayShort(t *testing.T) {
	p := newPlace(t, "/w/nested")
	const levels = 9000
	nested := strings.Repeat("[", levels) + strings.Repeat("]", levels)
	flat := strings.Repeat("[", 30) + strings.Repeat("1,", levels) + "1" + strings.Repeat("]", 30)
	for _, data := range []string{nested, flat, `{"a":` + nested + `}`} {
		claims, _ := json.Marshal(map[string]string{"data": data, "iss": "x"})
		part := base64.RawURLEncoding.EncodeToString
		b := p.verifyPage()
		b.sendFile(b.fill("Verify", "Signed invoice or QR code", part([]byte(`{"alg":"RS256"}`))+"."+part(claims)+"."), "",
			"", nil).on("tool-verify")
		if len(b.text) > 400_000 || b.value("document") != data {
			t.Errorf("the page has %d bytes, and the document is changed", len(b.text))
		}
	}
}

func TestHostileTextInToolsIsText(t *testing.T) {
	p := newPlace(t, "/w/evil")
	const evil = `"><script>alert(1)</script>`
	claims, _ := json.Marshal(map[string]string{"data": `{"<script>":"<script>"}`, "iss": evil})
	header, _ := json.Marshal(map[string]string{"alg": evil, "kid": evil})
	part := base64.RawURLEncoding.EncodeToString
	for _, text := range []string{
		p.verifyPage().paste(part(header) + "." + part(claims) + ".").on("tool-verify").text,
		p.verifyPage().paste(evil).text,
		p.browser().open(p.sandbox+"/tools/encrypt").press("Encrypt the body", "Body", evil, "SEK", evil).text,
	} {
		if hasScriptOfOthers(text) {
			t.Errorf("a page has it as markup:\n%s", text)
		}
	}
}
