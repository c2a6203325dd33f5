package layout

import (
	"bytes"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/simulator/httpd"
)

// What is filled into a page that is kept is what html/template writes, whatever the world, the user,
// the captcha and the tokens are called.
func TestFilledInIsAsWritten(t *testing.T) {
	t.Parallel()
	face := &Face{Name: "sandbox", Site: "s", Sections: []Link{{Text: "Tools", Path: "/tools"}},
		ToInbox: func(prefix string) string { return "http://c" + prefix + "/" }}
	fsys := fstest.MapFS{"p.html": {Data: []byte(`{{define "main"}}<p title="{{.User}}">{{.User}}</p><a href="{{.Base}}/{{.User}}">{{.World}}</a>{{template "form" .Form}}{{range .More}}{{template "form" .}}{{end}}{{end}}`)}}
	kept, err := Parse(face, fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	template, err := kept.pages["p"]()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string {
			return rapid.OneOf(rapid.StringMatching(`[A-Za-z0-9._-]{0,12}`),
				rapid.StringMatching(`[a-z<>"'&=/\\ {}:;%+-]{0,12}`), rapid.String()).Draw(t, name)
		}
		prefix := rapid.SampledFrom([]string{"", "/w/blue", "/w/a-1"}).Draw(t, "prefix")
		page := func() Page {
			return Page{
				Title: "T", Name: "p", User: "u", Logout: &Form{Action: "/logout"},
				Form: &Form{Action: "/a", Fields: []Field{{Name: "c", Kind: Captcha}}}, More: []*Form{{Action: "/b"}},
			}
		}
		p := page()
		p.User, p.Form.Captcha = text("user"), text("captcha")
		p.Logout.Token, p.Form.Token, p.More[0].Token = text("token 1"), text("token 2"), text("token 3")
		call := &httpd.Call{Prefix: prefix, Asked: prefix + "/p"}
		got, err := kept.Render(call, "p", p)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := template.ExecuteTemplate(&want, "layout", kept.view(prefix, "/p", p)); err != nil {
			t.Fatal(err)
		}
		if string(got.Raw) != want.String() {
			t.Fatalf("filled in:\n%s\nas html/template writes it:\n%s", got.Raw, want.String())
		}
	})
}
