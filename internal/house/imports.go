package house

import (
	"fmt"
	"slices"
	"strings"
)

// layers are the floors of the simulator, lowest first. A folder imports what is on a lower floor,
// and what is below itself; so rules know no HTTP, and what NIC's words mean depends on nothing.
var layers = [][]string{
	{"simulator/nic"},
	{"simulator/notify", "simulator/clock", "simulator/dice", "simulator/seal", "simulator/settings", "simulator/store"},
	{"simulator/inbox", "simulator/journal", "simulator/fault", "simulator/password", "simulator/rulebook"},
	{"simulator/world"},
	{"simulator/portal", "simulator/irp"},
	{"simulator/admin"},
	{"simulator/httpd"},
	{"simulator"},
	{"simulator/simtest"},
}

// chromium starts browsers.
const chromium = "internal/chromium"

// Tests, and nothing else, look at pages with browserTests and take their seed from seeded.
const (
	browserTests = "internal/browsertest"
	seeded       = "internal/seeded"
)

// backendTests is the contract of backends of the store. It draws with rapid, and so do the tests that run it.
const backendTests = "simulator/store/storetest"

// rapid draws what property tests try.
const rapid = "pgregory.net/rapid"

// httpFloor is the lowest floor that may know net/http.
const httpFloor = 6

// outside says what the folders beside the simulator may import of ours. Folders that are not named
// may import everything: cmd puts it all together.
var outside = map[string]struct{ code, tests []string }{
	// The client derives the wire for itself, so that one bug cannot hide in it and the simulator.
	"client":   {nil, []string{"simulator", "simulator/simtest", "fixtures"}},
	"features": {nil, []string{"steps", "client", "simulator", "simulator/simtest", "fixtures"}},
	"steps":    {[]string{"client", "features", "fixtures", chromium}, []string{"simulator", "simulator/simtest"}},
	"fixtures": {[]string{"simulator/nic"}, nil},
	"bench":    {[]string{"client", "simulator/nic"}, nil},
	"internal": {nil, nil},
}

// fences keep what is not ours out of folders.
var fences = []struct {
	modules []string
	from    []string // the folders that may not import them
	except  []string // the folders below those that may
	tests   bool     // whether it holds for tests as well
	why     string
}{
	{[]string{"testing", rapid, "go.uber.org/goleak", "github.com/google/go-cmp"},
		[]string{"simulator", "fixtures", "client", "features", "cmd"}, []string{"simulator/simtest", backendTests}, false,
		"is for tests, and only simulator/simtest and " + backendTests + " are for tests of other modules"},
	{[]string{"github.com/cucumber"}, []string{"."}, []string{"steps", "features"}, false,
		"is the steps' and the features' business: nothing else knows what runs them"},
	{[]string{"github.com/cucumber"}, []string{"simulator", "client", "fixtures"}, nil, true,
		"is the steps' and the features' business, which the simulator and the client stand without"},
	{[]string{"github.com/chromedp"}, []string{"."}, []string{chromium, "steps/browser", browserTests}, true,
		"drives a browser; only internal/chromium, steps/browser and internal/browsertest do"},
	{[]string{"golang.org/x/net/html"}, []string{"cmd", "client", "features"}, nil, false,
		"reads web pages, which is the business of what is in steps"},
	{[]string{"github.com/pact-foundation"}, []string{"."}, nil, false,
		"needs cgo and a native library; only tests with the build tag pact may"},
	{[]string{"github.com/spf13", "flag"}, []string{"."}, []string{"cmd", "bench", seeded}, false,
		"reads flags, which only cmd does"},
}

// Imports finds the imports that go against docs/architecture.md.
func Imports(t Tree) []Finding {
	var found []Finding
	draws, follows := map[string]Finding{}, map[string]bool{}
	for _, f := range t.Files {
		for _, i := range f.Imports {
			if why := importViolation(f, i); why != "" {
				found = append(found, Finding{f.Path, i.Line, fmt.Sprintf("%s imports %s, which %s", f.Dir, i.Path, why)})
			}
			if i.Path == rapid || i.Ours == backendTests {
				draws[f.Dir] = Finding{f.Path, i.Line,
					"a test of this folder must import " + seeded + ", or CI draws other values in each run"}
			}
			follows[f.Dir] = follows[f.Dir] || i.Ours == seeded || f.Dir == seeded
		}
		if in(f.Dir, "simulator") && floor(f.Dir) < 0 {
			found = append(found, Finding{f.Path, 0, f.Dir +
				" stands on no floor of the simulator; give it one in internal/house and in docs/architecture.md"})
		}
	}
	for dir, finding := range draws {
		if !follows[dir] {
			found = append(found, finding)
		}
	}
	return found
}

func importViolation(f File, i Import) string {
	if i.Ours != "" {
		return oursViolation(f, i.Ours)
	}
	for _, fence := range fences {
		guarded := slices.Contains(fence.from, ".") || in(f.Dir, fence.from...)
		if guarded && !in(f.Dir, fence.except...) && (fence.tests || !f.Test) && in(i.Path, fence.modules...) {
			return fence.why
		}
	}
	if f.Test || !in(f.Dir, "simulator") {
		return ""
	}
	switch {
	case in(f.Dir, "simulator/nic") && strings.Contains(strings.Split(i.Path, "/")[0], "."):
		return "is not Go's own, and simulator/nic stands on nothing else"
	case floor(f.Dir) < httpFloor && in(i.Path, "net/http", "github.com/gorilla"):
		return "is HTTP, and HTTP is simulator/httpd's business"
	}
	return ""
}

func oursViolation(f File, ours string) string {
	if ours == browserTests || ours == seeded {
		if f.Test || f.Dir == ours {
			return ""
		}
		return "is for tests"
	}
	if in(f.Dir, "simulator") {
		return simulatorViolation(f, ours)
	}
	if in(f.Dir, "steps/internal") && in(ours, "steps") && !in(ours, "steps/internal/scene", "steps/needs") {
		return "is another room of steps; rooms of sentences import steps/internal/scene and steps/needs"
	}
	if in(ours, top(f.Dir)) {
		return ""
	}
	rule, ruled := outside[top(f.Dir)]
	allowed := rule.code
	if f.Test {
		allowed = slices.Concat(rule.code, rule.tests)
	}
	if ruled && !slices.Contains(allowed, ours) {
		return fmt.Sprintf("is not among what %s may import of ours (%s)", top(f.Dir), orNothing(allowed))
	}
	return ""
}

func simulatorViolation(f File, ours string) string {
	switch {
	case in(ours, "fixtures"):
		if in(f.Dir, "simulator/nic") {
			return "stands on simulator/nic, not under it"
		}
		return ""
	case !in(ours, "simulator"):
		return "is not the simulator's; it stands alone"
	case f.Test || floor(ours) < floor(f.Dir) || sameFolder(f.Dir, ours):
		return ""
	}
	return "is not on a lower floor"
}

// sameFolder tells whether two packages are of one folder that has a place in layers.
func sameFolder(a, b string) bool {
	n := floor(a)
	return n >= 0 && slices.ContainsFunc(layers[n], func(folder string) bool {
		return in(a, folder) && in(b, folder) && floor(b) == n
	})
}

// floor is the index into layers of a folder; -1 for one that has no place. The root of the simulator
// is its own floor, though every other folder is below it.
func floor(dir string) int {
	for n, folders := range layers {
		for _, folder := range folders {
			if dir == folder || folder != "simulator" && in(dir, folder) {
				return n
			}
		}
	}
	return -1
}

func top(dir string) string { return strings.Split(dir, "/")[0] }

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
