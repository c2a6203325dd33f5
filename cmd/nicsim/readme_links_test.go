package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestLinks checks the links to this repository in the README and the other pages.
func TestLinks(t *testing.T) {
	root := moduleRoot(t)
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("found no docs: %v", err)
	}
	pages = append(pages, filepath.Join(root, "README.md"), filepath.Join(root, "CONTRIBUTING.md"))
	for _, page := range pages {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, violation := range deadLinks(page, string(content)) {
			t.Error(violation)
		}
	}
}

func TestDeadLinksAreFound(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.md")
	content := "# A head: its `code`\n[1](page.md) [2](https://a.example/x) [3](#a-head-its-code) " +
		"[4](page.md#a-head-its-code)\n" +
		"[5](other.md) [6](#a-foot) [7](page.md#a-foot) ![8](picture.png \"title\")\n```go\nas[T](err)\n# no " +
		"head\n```\n[9](#no-head)\n"
	if err := os.WriteFile(page, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	dead := deadLinks(page, content)
	for i, target := range []string{"other.md", "#a-foot", "page.md#a-foot", "picture.png", "#no-head"} {
		if i >= len(dead) || !strings.HasSuffix(dead[i].Error(), "there is no "+target) {
			t.Fatalf("found %v; number %d should be %s", dead, i, target)
		}
	}
}

var (
	fenced     = regexp.MustCompile("(?ms)^```.*?^```$")
	linkTarget = regexp.MustCompile(`\]\(([^)\s]+)`)
	scheme     = regexp.MustCompile(`^[a-z]+:`)
	heading    = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	notInSlug  = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)
)

// deadLinks returns an error for each link of a page to a missing file or heading.
func deadLinks(page, content string) []error {
	var dead []error
	for _, link := range linkTarget.FindAllStringSubmatch(fenced.ReplaceAllString(content, ""), -1) {
		target := link[1]
		if scheme.MatchString(target) {
			continue
		}
		file, slug, toHeading := strings.Cut(target, "#")
		at := page
		if file != "" {
			at = filepath.Join(filepath.Dir(page), filepath.FromSlash(file))
		}
		_, err := os.Stat(at)
		if err == nil && toHeading {
			var linked []byte
			if linked, err = os.ReadFile(at); err == nil && !slices.Contains(slugs(string(linked)), slug) {
				err = os.ErrNotExist
			}
		}
		if err != nil {
			dead = append(dead, fmt.Errorf("%s: there is no %s", filepath.Base(page), target))
		}
	}
	return dead
}

// slugs returns the fragments under which GitHub links to the headings of a page.
func slugs(content string) []string {
	var names []string
	for _, h := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(content, ""), -1) {
		name := notInSlug.ReplaceAllString(strings.ToLower(strings.TrimSpace(h[1])), "")
		names = append(names, strings.ReplaceAll(name, " ", "-"))
	}
	return names
}
