// Package golden compares files that programs write, such as pages of docs, with what a test makes now. With the flag
// -update the test writes the file first.
package golden

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the files that the tests compare, instead of comparing them")

// Updating reports whether the test was started with -update.
func Updating() bool { return *update }

// Compare fails the test unless the file has the text.
func Compare(t *testing.T, file, text string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil { //nolint:gosec // a page of docs is public
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, string(got)); diff != "" {
		t.Errorf("%s is not what -update writes (-want +got):\n%s", file, diff)
	}
}

// CompareSection is Compare for a part of a page: what is between the comments "<!-- name: …" and
// "<!-- end of name -->".
func CompareSection(t *testing.T, file, name, text string) {
	t.Helper()
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(page), "<!-- "+name+": ")
	mark, rest, closes := strings.Cut(rest, "-->\n")
	end := "<!-- end of " + name + " -->\n"
	_, after, ends := strings.Cut(rest, end)
	if !begins || !closes || !ends {
		t.Fatalf("%s does not have the comments around its %s", file, name)
	}
	Compare(t, file, before+"<!-- "+name+": "+mark+"-->\n"+text+"\n"+end+after)
}
