package gspface_test

import (
	"bytes"
	"encoding/json"
	"image"
	_ "image/jpeg" // Adaequare draws both
	_ "image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// reads returns the text of the QR code in a picture, and its type and size.
func reads(t *testing.T, picture string) (text, kind string, size image.Point) {
	t.Helper()
	drawn, kind, err := image.Decode(strings.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(drawn)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bits,
		map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: kind == "png"})
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText(), kind, drawn.Bounds().Size()
}

func TestAdaequareDrawsQRCodes(t *testing.T) {
	e := start(t)
	_, made := e.enriched("POST", "/ei/api/invoice", sample(t, "Q/1"), nil)
	var answer struct {
		Result struct{ Irn, SignedQRCode string }
	}
	if err := json.Unmarshal([]byte(made), &answer); err != nil {
		t.Fatal(err)
	}
	signed := answer.Result.SignedQRCode
	for _, c := range []struct {
		name, method, body string
		header             map[string]string
		kind               string
		side               int
	}{
		{"of the body", "POST", signed, map[string]string{"Content-Type": "text/plain", "width": "500", "height": "500",
			"imgtype": "jpg"}, "jpeg", 500},
		{"of a JSON text", "POST", `"` + signed + `"`, nil, "png", 300},
		{"of an IRN", "GET", "", map[string]string{"irn": answer.Result.Irn, "width": "400", "height": "400"}, "png", 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, picture := e.enriched(c.method, "/ei/others/qr/image", c.body, c.header)
			if status != http.StatusOK {
				t.Fatalf("HTTP status %d %s", status, picture)
			}
			text, kind, size := reads(t, picture)
			if text != signed || kind != c.kind || size != image.Pt(c.side, c.side) {
				t.Errorf("a %s of %v says %.40q", kind, size, text)
			}
		})
	}
	for _, c := range []struct {
		name, method, body string
		header             map[string]string
		want               string
	}{
		{"no IRN", "GET", "", nil, `{"success":false,"message":"Missing parameters: irn"}`},
		{"an unknown IRN", "GET", "", map[string]string{"irn": strings.Repeat("a", 64)}, `{"success":false,"message":"2148 : …"}`},
		{"a width that is too large", "POST", signed, map[string]string{"width": "2001"},
			`{"message":"width must be a number of pixels, at most 2000","success":false}`},
		{"another type", "POST", signed, map[string]string{"imgtype": "gif"},
			`{"message":"imgtype must be png or jpg","success":false}`},
		{"no text", "POST", "", nil, `{"message":"The body must be the text of a signed QR code","success":false}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, got := e.enriched(c.method, "/ei/others/qr/image", c.body, c.header)
			is(t, got, c.want)
		})
	}
}

func TestTaxProDrawsTheSizeThatIsAskedFor(t *testing.T) {
	e := start(t)
	var login struct{ Data struct{ AuthToken string } }
	answered := e.dec("GET", "/eivital/dec/v1.04/auth", "", "eInvPwd", "Books@2024")
	if err := json.Unmarshal([]byte(answered), &login); err != nil {
		t.Fatal(err)
	}
	var answer struct{ Data string }
	var data struct {
		SignedQRCode string
		QrCodeImage  []byte
	}
	made := e.dec("POST", "/eicore/dec/v1.03/Invoice", sample(t, "Q/2"), "AuthToken", login.Data.AuthToken,
		"QrCodeSize", "400")
	if err := json.Unmarshal([]byte(made), &answer); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(answer.Data), &data); err != nil {
		t.Fatal(err)
	}
	if text, kind, size := reads(t, string(data.QrCodeImage)); text != data.SignedQRCode || kind != "png" ||
		size != image.Pt(400, 400) {
		t.Errorf("a %s of %v says %.40q", kind, size, text)
	}
}

// The addresses that GSTZen answers with lead to files, without a header.
func TestGSTZenLinksFiles(t *testing.T) {
	e := start(t)
	const generate = "/~gstzen/a/post-einvoice-data/einvoice-json/"
	e.zen("/api/einvoice-login-session/", `{"gstin":"`+dakshin+`","username":"books","password":"Books@2024"}`, nil)
	var made struct{ Irn, SignedQRCode, SignedQrCodeImgUrl, InvoicePdfUrl string } //nolint:revive // the vendor's names
	if err := json.Unmarshal([]byte(e.zen(generate, sample(t, "Q/3"), nil)), &made); err != nil {
		t.Fatal(err)
	}
	get := func(path string) (int, string, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, e.GSP+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := e.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, answer.Header.Get("Content-Type"), string(body)
	}
	status, kind, picture := get(made.SignedQrCodeImgUrl)
	if status != http.StatusOK || kind != "image/png" {
		t.Fatalf("the picture: HTTP status %d, %s", status, kind)
	}
	if text, _, _ := reads(t, picture); text != made.SignedQRCode {
		t.Errorf("the picture says %.40q", text)
	}
	status, kind, page := get(made.InvoicePdfUrl)
	if status != http.StatusOK || kind != "application/pdf" || !strings.HasPrefix(page, "%PDF-1.") ||
		!bytes.HasSuffix(bytes.TrimSpace([]byte(page)), []byte("%%EOF")) {
		t.Errorf("the page: HTTP status %d, %s, %.20q", status, kind, page)
	}
	for _, path := range []string{strings.Replace(made.InvoicePdfUrl, made.Irn, strings.Repeat("a", 64), 1),
		"/~gstzen/a/einvoice/another/" + made.Irn + "/qr.png", "/~gstzen/a/ewbapi/generate/"} {
		if status, _, got := get(path); status != http.StatusNotFound || got != `{"detail":"Not found."}` {
			t.Errorf("%s: HTTP status %d %s", path, status, got)
		}
	}
}
