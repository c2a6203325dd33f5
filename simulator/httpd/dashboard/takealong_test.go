package dashboard_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// upload sends the form of the page with a file, as a browser does.
func (p page) upload(name string, content []byte) page {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for f := range p.doc.Descendants() {
		var name, value string
		for _, a := range f.Attr {
			switch {
			case f.Data == "input" && a.Key == "name":
				name = a.Val
			case a.Key == "value":
				value = a.Val
			}
		}
		if name != "" && name != "file" {
			_ = form.WriteField(name, value)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		p.t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = form.Close()
	return p.send(p.request(http.MethodPost, p.at.String(), form.FormDataContentType(), body.String()))
}

// A world is downloaded and imported without a script: by another name, and with its registration and its messages.
func TestTakeAlong(t *testing.T) {
	v := visit(t, "/w/here")
	v.json("PUT", v.control+"/control/v1/clock", `{"mode":"frozen","now":"2026-04-01T09:30:00+05:30"}`)
	v.register("9876543210")
	file := v.open("/world.yaml")
	if kind := file.header.Get("Content-Disposition"); kind != `attachment; filename="nicsim-here.yaml"` {
		t.Errorf("Content-Disposition is %q", kind)
	}
	if !strings.HasPrefix(file.text, "version: 1\nworlds:\n- name: here\n") {
		t.Errorf("the file begins %.80q", file.text)
	}
	otp := v.open("/inbox").values("otp")
	there := visit(t, "/w/there")
	large := strings.Repeat("# a long comment\n", (2<<20)/17) + file.text
	imported := there.open("/world").upload("case.yaml", []byte(large))
	if !strings.Contains(imported.text, "was imported") {
		t.Errorf("the import leads to %s", imported.text)
	}
	if got := there.open("/inbox").values("otp"); len(got) == 0 || got[0] != otp[0] {
		t.Errorf("the inbox has %v, want %v", got, otp)
	}
	if again := there.open("/world.yaml").text; strings.Replace(again, "name: there", "name: here", 1) != file.text {
		t.Errorf("the imported world is\n%s\nwant\n%s", again, file.text)
	}
}

// A file with mistakes is refused with the line and the column of each, and the world stays as it was.
func TestImportRefused(t *testing.T) {
	v := visit(t, "/w/here")
	v.register("9876543210")
	for name, c := range map[string]struct {
		content []byte
		want    []string
	}{
		"nothing": {nil, []string{"Must be chosen, or its text be given"}},
		"mistakes": {[]byte("version: 1\nworlds:\n  - name: x\n    extend: empty\n    state: {invoices: [{irp: 1, no: 1}]}\n"), []string{
			"Line 4, column 5: worlds[0].extend is not a member here; did you mean extends?",
			"Line 5, column 33: worlds[0].state.invoices[0].no is not a member here",
		}},
		"several": {[]byte("version: 1\nworlds: [{name: a}, {name: b}]\n"),
			[]string{"Line 1, column 1: worlds must have one world, or one of the name here"}},
		"too large": {bytes.Repeat([]byte("#"), worldfile.MaxBytes+1), []string{"Must have at most 8388608 bytes"}},
	} {
		t.Run(name, func(t *testing.T) {
			answer := v.open("/world").upload("case.yaml", c.content)
			for _, want := range c.want {
				if !strings.Contains(answer.text, want) {
					t.Errorf("%q is not on the page %s", want, answer.text)
				}
			}
			if len(v.open("/inbox").values("otp")) == 0 {
				t.Error("the world has changed")
			}
		})
	}
}
