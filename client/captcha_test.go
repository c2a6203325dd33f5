package client_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nicsim/nicsim/client"
)

const png = "\x89PNG\r\n\x1a\nnot much of a picture"

// newCaptcha is the exchange that returns captcha c-1 of the world blue.
func newCaptcha() exchange {
	return exchange{
		want: "POST /w/blue/portal/v1/captchas", status: 201,
		answer: `{"captchaId":"c-1","image":"/w/blue/portal/v1/captchas/c-1.png","expiresAt":"2026-11-22T10:05:00+05:30"}`,
	}
}

func fetchPicture() exchange {
	return exchange{want: "GET /w/blue/portal/v1/captchas/c-1.png", status: 200, media: "image/png", answer: png}
}

func TestCaptcha(t *testing.T) {
	t.Parallel()
	base := listen(t, newCaptcha(), fetchPicture()) + "/w/blue"
	p := newProduction(t, base)
	c, err := p.NewCaptcha(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := client.Captcha{ID: "c-1", Image: base + "/portal/v1/captchas/c-1.png", ExpiresAt: at(10, 5)}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("captcha (-want +got):\n%s", diff)
	}
	picture, err := p.CaptchaImage(t.Context(), c)
	if err != nil || string(picture) != png {
		t.Errorf("picture is %q, %v", picture, err)
	}
}

func TestCaptchaPictureElsewhere(t *testing.T) {
	t.Parallel()
	for _, image := range []string{"http://other.example/c-1.png", "//other.example/c-1.png", "", "http://%zz/"} {
		s := newSandbox(t, listen(t, exchange{
			want: "POST /portal/v1/captchas", status: 201, answer: `{"captchaId":"c-1","image":"` + image + `"}`,
		}))
		_, err := s.NewCaptcha(t.Context())
		_ = as[*client.UnexpectedAnswer](t, err)
	}
	base := listen(t) // fails the test if it is called
	s := newSandbox(t, base+"/w/blue")
	for _, image := range []string{"http://other.example/w/blue/c.png", base + "/w/bluer/c.png", base + "/c.png", "",
		"http://%zz/"} {
		if picture, err := s.CaptchaImage(t.Context(), client.Captcha{ID: "c-1", Image: image}); err == nil {
			t.Errorf("picture %q was fetched: %q", image, picture)
		}
	}
}

func TestCaptchaPictureThatIsNotAPicture(t *testing.T) {
	t.Parallel()
	base := listen(t,
		exchange{want: "GET /portal/v1/captchas/c-1.png", status: 200, media: "text/html", answer: "<p>Hello"},
		exchange{want: "GET /portal/v1/captchas/c-1.png", status: 404, answer: `{"code":"not-found"}`},
	)
	s, c := newSandbox(t, base), client.Captcha{ID: "c-1", Image: base + "/portal/v1/captchas/c-1.png"}
	_, err := s.CaptchaImage(t.Context(), c)
	_ = as[*client.UnexpectedAnswer](t, err)
	_, err = s.CaptchaImage(t.Context(), c)
	if got := as[*client.Problem](t, err); got.Code != "not-found" {
		t.Errorf("code is %q", got.Code)
	}
}
