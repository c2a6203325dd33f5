package browsertest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Survey checks one page after another in the ways that people use it: with assistive technology, on a narrow
// screen, with the keyboard alone. It records the pages and buttons, so that a test can find those that it missed.
type Survey struct {
	Pages   []string // the data-page of each page, once
	Buttons []Button // the buttons of all forms of the pages, each once

	page  *Page
	t     *testing.T
	axe   bool
	shots string // the folder for screenshots; empty for none
	count int
}

// Button is a button that sends a form.
type Button struct {
	Page   string // data-page of the page that it is on
	Method string // get or post
	Action string // address of the form, without a query
	Text   string
}

// screenshots is the variable with the folder for screenshots of every page, at the widths of a phone, a tablet and a
// desktop. make screenshots sets it.
const screenshots = "NICSIM_SCREENSHOTS"

// widths are the widths of the screenshots, in CSS pixels.
var widths = []int{320, 768, 1440}

// Survey begins a survey. Its name is the name of the folder of its screenshots. Without axe-core only the checks that
// need it are skipped, and a skipped subtest reports that.
func (p *Page) Survey(t *testing.T, name string) *Survey {
	t.Helper()
	s := &Survey{page: p, t: t}
	_, err := axe()
	s.axe = err == nil
	t.Run("axe-core", func(t *testing.T) {
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip(noAxe + "; widths, headings and focus are checked without it")
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	if dir := os.Getenv(screenshots); dir != "" {
		s.shots = filepath.Join(dir, name)
		if err := os.MkdirAll(s.shots, 0o750); err != nil { //nolint:gosec // the caller of the tests names the folder
			t.Fatal(err)
		}
	}
	return s
}

// Look checks the current page. The name is for messages.
func (s *Survey) Look(name string) {
	s.t.Helper()
	s.note()
	if s.axe {
		for _, broken := range s.page.Axe(s.t) {
			s.t.Errorf("%s: %s", name, broken)
		}
	}
	if n := Eval[int](s.page, `document.querySelectorAll("h1").length`); n != 1 {
		s.t.Errorf("%s has %d headings h1, want 1", name, n)
	}
	if bar := Eval[string](s.page, `document.querySelector(".bar")?.textContent || ""`); !strings.Contains(bar,
		"Simulator. This is nicsim, not a government site.") {
		s.t.Errorf("%s says %q", name, bar)
	}
	s.page.SetWidth(widths[0])
	if s.page.ScrollsSideways() {
		s.t.Errorf("%s scrolls sideways at %d pixels", name, widths[0])
	}
	s.photograph(name)
	s.page.SetWidth(Width)
	for _, hidden := range s.page.Unfocused() {
		s.t.Errorf("%s: the focus is not visible on %s", name, hidden)
	}
}

// note records the page and its buttons.
func (s *Survey) note() {
	seen := Eval[struct {
		Page    string
		Buttons []Button
	}](s.page, `(page => ({Page: page, Buttons: [...document.forms].flatMap(f =>
		[...f.querySelectorAll("button:not([disabled], [type=button])")].map(b => ({
			Page: page, Text: b.textContent.trim(), // a field may be called method
			Method: f.getAttribute("method") || "get",
			Action: new URL(f.getAttribute("action") || "", location.href).href.split("?")[0],
		})))}))(document.querySelector("main")?.dataset.page || "")`)
	if !slices.Contains(s.Pages, seen.Page) {
		s.Pages = append(s.Pages, seen.Page)
	}
	for _, b := range seen.Buttons {
		if !slices.Contains(s.Buttons, b) {
			s.Buttons = append(s.Buttons, b)
		}
	}
}

// photograph writes a screenshot of the page at each width, if there is a folder for them.
func (s *Survey) photograph(name string) {
	s.t.Helper()
	if s.shots == "" {
		return
	}
	s.count++
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name)
	for _, width := range widths {
		s.page.SetWidth(width)
		at := filepath.Join(s.shots, fmt.Sprintf("%03d-%s-%d.png", s.count, strings.Trim(plain, "-"), width))
		if err := os.WriteFile(at, s.page.Screenshot(), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}

// Templates returns the names of the pages of a folder: its files *.html. A test compares them with the pages of a
// survey to find the pages that the survey missed.
func Templates(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no pages: %v", dir, err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(filepath.Base(files[i]), ".html")
	}
	return files
}

// Unfocused lists the elements that can have the focus but do not show it: their outline and their shadow are the same
// with and without the focus.
func (p *Page) Unfocused() []string {
	p.t.Helper()
	Eval[any](p, "window.had = document.activeElement, 0")
	p.Press(Tab) // from here on the browser shows the focus, as for a user of the keyboard
	return Eval[[]string](p, `(() => {
		const look = e => { const s = getComputedStyle(e);
			return [s.outlineStyle === "none" ? "" : s.outlineStyle + s.outlineWidth + s.outlineColor, s.boxShadow].join(); };
		const at = [scrollX, scrollY], hidden = [];
		const takesFocus = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
		for (const e of document.querySelectorAll(takesFocus)) {
			e.focus({focusVisible: true});
			if (document.activeElement !== e) continue; // disabled, or not shown
			const with_ = look(e);
			e.blur();
			if (look(e) === with_) hidden.push(e.outerHTML.slice(0, 80));
		}
		document.activeElement.blur();
		had.focus(); // the body takes none
		scrollTo(...at);
		return hidden;
	})()`)
}
