package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/steps/pages"
)

// album keeps the pictures of a walk in a directory, with a subdirectory for each section. Pictures are
// numbered in the order in which they were taken. It takes no picture twice.
type album struct {
	dir   string
	taken map[pages.Moment]bool
	count map[string]int // by section
}

// newAlbum makes the directory.
func newAlbum(dir string) (*album, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // pictures of made-up people, which anyone may see
		return nil, wrongUse{fmt.Errorf("--screenshots: %w", err), "give a directory that can be written to"}
	}
	return &album{dir: dir, taken: map[pages.Moment]bool{}, count: map[string]int{}}, nil
}

// take takes the picture of a moment. The driver calls it.
func (a *album) take(ctx context.Context, m pages.Moment, b pages.Photographer, hide []pages.Element) error {
	if a.taken[m] {
		return nil
	}
	a.taken[m] = true
	picture, err := b.Photograph(ctx, pages.Shot{PNG: true, Hide: hide})
	if err != nil {
		return err
	}
	section := map[string]string{client.EnvironmentSandbox: "section1", client.EnvironmentProduction: "section2",
		client.EnvironmentGSP: "gsp"}[m.Environment]
	return a.keep(picture, section, fmt.Sprintf("%02d-%s.png", a.count[section]+1, caption(m)))
}

// keep writes a picture to its file. An empty section means the album's own directory.
func (a *album) keep(picture []byte, section, file string) error {
	a.count[section]++
	name := filepath.Join(a.dir, section, file)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil { //nolint:gosec // as above
		return fmt.Errorf("keeping a picture: %w", err)
	}
	if err := os.WriteFile(name, picture, 0o644); err != nil { //nolint:gosec // as above
		return fmt.Errorf("keeping a picture: %w", err)
	}
	return nil
}

// pictures is the number of pictures.
func (a *album) pictures() (n int) {
	for _, of := range a.count {
		n += of
	}
	return n
}

// takeDashboard takes a picture of the dashboard of the walk's own simulator, whose OTPs are of no use after
// the walk. The dashboard of another simulator may show OTPs that are, so no picture is taken of it.
func (w *walk) takeDashboard(ctx context.Context, control string) error {
	driver, ok := w.person.driver.(pages.Driver)
	if w.album == nil || !ok {
		return nil
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	b, err := driver.Engine.Open(client.Options{HTTP: &http.Client{Transport: transport}})
	if err != nil {
		return err
	}
	defer b.Close() //nolint:errcheck // nothing was written with it
	if _, err := b.Visit(ctx, control+"/"); err != nil {
		return fmt.Errorf("looking at the dashboard: %w", err)
	}
	photographer, ok := b.(pages.Photographer)
	if !ok {
		return nil
	}
	picture, err := photographer.Photograph(ctx, pages.Shot{PNG: true})
	if err != nil {
		return err
	}
	return w.album.keep(picture, "", "dashboard.png")
}

// guideSteps are the guide's numbers of pages as they were opened, and of buttons that were pressed.
var guideSteps = map[string]string{
	"sandbox login": "1.1", "sandbox registration-form": "1.2", "sandbox registration-form Validate": "1.3",
	"sandbox registration": "1.4", "sandbox registration-otp": "1.5", "sandbox registration-otp Submit": "1.5",
	"sandbox registration-api-user": "1.6", "sandbox registration-api-user Create": "1.8",
	"sandbox registration-acknowledgement": "1.9",

	"production login": "2.1", "production login Login": "2.1", "production session": "2.3",
	"production api-registration": "2.4", "production user-credentials": "2.4", "production api-registration-otp": "2.5",
	"production api-registration-otp Verify OTP": "2.5", "production api-registration-through": "2.6",
	"production api-registration-api-user": "2.7", "production api-registration-api-user Submit": "2.8",
	"production api-registration-success": "2.9",
}

// caption is the guide's number, if there is one, and the page, or the button of a form that was filled
// in: 1.3-validate-filled.
func caption(m pages.Moment) string {
	words := m.Page
	if m.Pressed != "" {
		words = strings.ReplaceAll(strings.ToLower(m.Pressed), " ", "-") + "-filled"
	}
	if number, known := guideSteps[strings.TrimSpace(m.Environment+" "+m.Page+" "+m.Pressed)]; known {
		return number + "-" + words
	}
	return words
}

// openDriver makes the walk's driver and, with --screenshots, its album.
func (w *walk) openDriver() (err error) {
	if err := w.driving.check(); err != nil {
		return err
	}
	var take pages.Album
	if w.screenshots != "" {
		if w.driving.driver != byBrowser {
			return wrongUse{errors.New("--screenshots: only a browser takes pictures"), "give --driver browser too"}
		}
		if w.album, err = newAlbum(w.screenshots); err != nil {
			return err
		}
		take = w.album.take
	}
	w.person.driver, err = w.driving.open(take)
	return err
}

// report is the part of the walk's report about pictures, nil without an album.
func (a *album) report() *picturesReport {
	if a == nil {
		return nil
	}
	return &picturesReport{Directory: a.dir, Count: a.pictures()}
}
