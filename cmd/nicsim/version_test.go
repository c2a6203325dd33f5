package main

import (
	"strings"
	"testing"
)

// A release has what the linker was told, and any other build what Go recorded.
func TestVersionOfARelease(t *testing.T) {
	if got := thisBuild().name(); got == "" {
		t.Error("a build without the linker's values has no version")
	}
	defer func(v, c, d string) { version, commit, date = v, c, d }(version, commit, date)
	version, commit, date = "1.2.3", "0123abcd", "2026-11-27T10:00:00Z"
	if got, want := thisBuild().String(), "1.2.3 (0123abcd 2026-11-27T10:00:00Z) go"; !strings.HasPrefix(got, want) {
		t.Errorf("the version is %q, want %q…", got, want)
	}
	if got := thisBuild().when().Unix(); got != 1795773600 {
		t.Errorf("the time of the commit is %d", got)
	}
	if got := (build{}).String(); !strings.HasPrefix(got, "(devel) go") || !(build{}).when().IsZero() {
		t.Errorf("a build of which nothing is known is %q", got)
	}
}
