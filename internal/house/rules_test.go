package house_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/nicsim/nicsim/internal/house"
)

// tree makes a module of file names and texts.
func tree(t *testing.T, files map[string]string) house.Tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	made, err := house.Read(fsys, module)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestImports(t *testing.T) {
	const ours = module + "/"
	for _, c := range []struct {
		file, imports string
		wanted        string // empty: it is allowed
	}{
		{"cmd/nicsim/serve.go", ours + "simulator", ""},
		{"cmd/nicsim/serve.go", ours + "steps", ""},
		{"cmd/nicsim/serve.go", "github.com/spf13/cobra", ""},
		{"simulator/simulator.go", ours + "simulator/httpd", ""},
		{"simulator/simulator.go", "net/http", ""},
		{"simulator/simulator.go", ours + "client", "outside the simulator"},
		{"simulator/simulator.go", ours + "steps/report", "outside the simulator"},
		{"simulator/simulator.go", ours + "features", "outside the simulator"},
		{"simulator/simulator_test.go", ours + "client", "outside the simulator"},
		{"simulator/simulator.go", "testing", "for tests"},
		{"simulator/simulator.go", "github.com/pact-foundation/pact-go/v2/provider", "native library"},
		{"simulator/pact_provider_test.go", "github.com/pact-foundation/pact-go/v2/provider", ""},
		{"simulator/simulator.go", "github.com/cucumber/godog", "only steps and features"},
		{"simulator/simulator_test.go", "github.com/cucumber/godog", "do not need it"},
		{"cmd/nicsim/conformance.go", "github.com/cucumber/godog", "only steps and features"},
		{"cmd/nicsim/conformance_test.go", "github.com/cucumber/godog", ""},
		{"cmd/nicsim/walk.go", "github.com/chromedp/chromedp", "drives a browser"},
		{"steps/browser/tab.go", "github.com/chromedp/cdproto/network", ""},
		{"client/portal.go", "golang.org/x/net/html", "reads web pages"},
		{"steps/pages/screen.go", "golang.org/x/net/html", ""},
		{"simulator/simulator.go", "flag", "reads flags"},
		{"simulator/simulator.go", ours + "simulator/simtest", "lower layer"},
		{"simulator/simtest/simtest.go", "testing", ""},
		{"simulator/simtest/simtest.go", ours + "simulator", ""},
		{"simulator/httpd/portalapi/login.go", ours + "simulator/httpd", ""},
		{"simulator/httpd/portalapi/login.go", ours + "simulator/portal", ""},
		{"simulator/httpd/server.go", ours + "simulator", "lower layer"},
		{"simulator/httpd/server.go", ours + "simulator/httpd/pages", ""},
		{"simulator/portal/login.go", ours + "simulator/world", ""},
		{"simulator/portal/login.go", ours + "simulator/portal/picture", ""},
		{"simulator/portal/login.go", ours + "simulator/irp", "lower layer"},
		{"simulator/portal/login.go", ours + "simulator/httpd", "lower layer"},
		{"simulator/portal/login.go", "net/http", "is HTTP"},
		{"simulator/irp/auth.go", "net/http/httptest", "is HTTP"},
		{"simulator/world/world.go", ours + "simulator/portal", "lower layer"},
		{"simulator/world/world.go", ours + "fixtures", ""},
		{"simulator/inbox/inbox.go", ours + "simulator/journal", "lower layer"},
		{"simulator/nic/gstin.go", "strings", ""},
		{"simulator/nic/gstin.go", "github.com/google/uuid", "not of Go's library"},
		{"simulator/nic/gstin.go", ours + "simulator/clock", "lower layer"},
		{"simulator/nic/gstin.go", ours + "fixtures", "cannot import it"},
		{"simulator/nic/gstin_test.go", "pgregory.net/rapid", "internal/seeded"},
		{"simulator/nic/gstin_test.go", ours + "internal/seeded", ""},
		{"simulator/nic/gstin.go", ours + "internal/seeded", "is for tests"},
		{"internal/seeded/seeded.go", "pgregory.net/rapid", ""},
		{"internal/seeded/seeded.go", "flag", ""},
		{"client/client.go", ours + "simulator/nic", "that client may import"},
		{"client/client.go", ours + "fixtures", "that client may import"},
		{"client/client_test.go", ours + "simulator/simtest", ""},
		{"client/client_test.go", ours + "simulator/nic", "that client may import"},
		{"steps/login.go", ours + "client", ""},
		{"steps/login.go", "github.com/cucumber/godog", ""},
		{"steps/login.go", ours + "steps/report", ""},
		{"steps/report/junit.go", ours + "steps", ""},
		{"steps/login.go", ours + "simulator", "that steps may import"},
		{"steps/internal/irp/a.go", ours + "steps/internal/scene", ""},
		{"steps/internal/irp/a.go", ours + "steps/internal/portal", "another package of steps"},
		{"steps/internal/scene/a.go", ours + "steps/needs", ""},
		{"features/embed.go", ours + "simulator", "that features may import"},
		{"fixtures/load.go", ours + "simulator/nic", ""},
		{"fixtures/load.go", ours + "simulator/store", "that fixtures may import"},
		{"bench/main.go", ours + "simulator", "that bench may import"},
		{"drill/rules.go", ours + "client", ""},
		{"judge/rules.go", ours + "drill", ""},
		{"judge/rules.go", ours + "simulator/journal", "that judge may import"},
		{"drill/rules.go", ours + "simulator/journal", "that drill may import"},
		{"drill/world_test.go", ours + "simulator/simtest", ""},
		{"examples/send-one/main.go", ours + "client", ""},
		{"examples/send-one/main.go", ours + "fixtures", "that examples may import"},
		{"simulator/httpd/pages/wcag_test.go", ours + "internal/browsertest", ""},
		{"cmd/nicsim/pages_test.go", ours + "internal/browsertest", ""},
		{"cmd/nicsim/pages.go", ours + "internal/browsertest", "is for tests"},
		{"simulator/httpd/pages/wcag_test.go", ours + "internal/house", "outside the simulator"},
		{"simulator/httpd/pages/wcag_test.go", "github.com/chromedp/chromedp", "drives a browser"},
		{"internal/browsertest/browser.go", "github.com/chromedp/cdproto/page", ""},
		{"internal/browsertest/browser.go", ours + "internal/chromium", ""},
		{"internal/chromium/chromium.go", "github.com/chromedp/chromedp", ""},
		{"steps/browser/engine.go", ours + "internal/chromium", ""},
		{"cmd/nicsim/driver.go", ours + "internal/chromium", ""},
		{"simulator/httpd/pages/pages.go", ours + "internal/chromium", "outside the simulator"},
	} {
		t.Run(c.file+" "+c.imports, func(t *testing.T) {
			found := house.Imports(tree(t, map[string]string{
				c.file: fmt.Sprintf("package x\nimport _ %q\n", c.imports),
			}))
			if c.wanted == "" {
				expect(t, found)
			} else {
				expect(t, found, c.wanted)
			}
		})
	}
	t.Run("a folder without a layer", func(t *testing.T) {
		expect(t, house.Imports(tree(t, map[string]string{"simulator/attic/a.go": "package attic\n"})), "no layer")
	})
}

func TestUses(t *testing.T) {
	for _, c := range []struct {
		file, pkg, says string
		wanted          string
	}{
		{"cmd/nicsim/main.go", "os", "os.Exit(1)", ""},
		{"client/flow.go", "os", "os.Exit(1)", "only commands"},
		{"client/flow_test.go", "os", "os.Exit(1)", ""},
		{"client/flow.go", "os", "os.WriteFile(``, nil, 0)", ""},
		{"simulator/simulator.go", "os", "_ = os.Getenv(``)", "only commands"},
		{"internal/browsertest/survey.go", "os", "_ = os.Getenv(``)", ""},
		{"steps/runner.go", "os", "_ = os.Args", "only commands"},
		{"steps/runner.go", "fmt", "fmt.Println()", "only commands"},
		{"steps/runner.go", "fmt", "fmt.Fprintln(nil)", ""},
		{"steps/runner.go", "log", "log.Fatal()", "only commands"},
		{"simulator/world/world.go", "time", "time.Now()", "take a clock"},
		{"simulator/world/world.go", "time", "_ = time.Hour", ""},
		{"simulator/world/world_test.go", "time", "time.Now()", ""},
		{"simulator/clock/clock.go", "time", "time.Now()", ""},
		{"client/flow.go", "time", "time.Now()", ""},
		{"client/flow_test.go", "time", "time.Sleep(1)", "wait for an event"},
		{"simulator/portal/captcha.go", "math/rand/v2", "rand.IntN(1)", "take simulator/dice"},
		{"simulator/portal/captcha.go", "math/rand/v2", "_ = rand.New(nil)", "take simulator/dice"},
		{"simulator/portal/captcha.go", "math/rand/v2", "var _ *rand.Rand", ""},
		{"simulator/portal/captcha.go", "math/rand", "rand.Seed(1)", "take simulator/dice"},
		{"simulator/portal/captcha.go", "crypto/rand", "rand.Text()", "take simulator/dice"},
		{"simulator/portal/captcha.go", "github.com/google/uuid", "uuid.NewString()", "take simulator/dice"},
		{"simulator/portal/captcha.go", "github.com/google/uuid", "uuid.Parse(``)", ""},
		{"simulator/dice/dice.go", "crypto/rand", "rand.Text()", ""},
	} {
		t.Run(c.file+" "+c.says, func(t *testing.T) {
			found := house.Uses(tree(t, map[string]string{
				c.file: fmt.Sprintf("package x\nimport %q\nfunc f() {\n%s\n}\n", c.pkg, c.says),
			}))
			if c.wanted == "" {
				expect(t, found)
			} else {
				expect(t, found, c.wanted)
			}
		})
	}
	t.Run("under another name", func(t *testing.T) {
		expect(t, house.Uses(tree(t, map[string]string{
			"simulator/world/w.go": "package world\nimport wall \"time\"\nvar now = wall.Now\n",
		})), "simulator/world/w.go:3: wall.Now")
	})
}

func TestLengths(t *testing.T) {
	long := strings.Repeat("// a line\n", house.MaxLines) + "package x\n"
	expect(t, house.Lengths(tree(t, map[string]string{
		"a/long.go":      long,
		"a/generated.go": "// Code generated by hand. DO NOT EDIT.\n\n" + long,
		"a/short.go":     strings.Replace(long, "// a line\n", "", 1),
	})), "a/long.go: has 351 lines")
}

func TestComments(t *testing.T) {
	expect(t, house.Comments(tree(t, map[string]string{
		"good/doc.go":        "// Package good is.\npackage good\n",
		"good/other.go":      "package good\n",
		"good/good_test.go":  "package good_test\n",
		"cmd/x/main.go":      "// The command x is.\npackage main\n",
		"silent/silent.go":   "package silent\n",
		"wrong/wrong.go":     "// This package is wrong.\npackage wrong\n",
		"a/testdata/none.go": "package none\n",
	})), "silent/silent.go: no file of silent", "wrong/wrong.go:2: the package comment")
}

func TestRequirements(t *testing.T) {
	direct := []string{"example.test/a", "example.test/b"}
	const head = "# x\n\n| Module | What for |\n|---|:--|\n"
	for _, c := range []struct {
		name, readme string
		wanted       string
	}{
		{"in order", head + "| `example.test/a` | this |\n| [example.test/b](https://example.test) | that |\n\n| " +
			"example.test/c | other table |\n", ""},
		{"missing", head + "| example.test/a | this |\n", "what example.test/b is for"},
		{"without a reason", head + "| example.test/a | this |\n| example.test/b | |\n", "what example.test/b is for"},
		{"left over", head + "| example.test/a | this |\n| example.test/b | that |\n| example.test/c | gone |\n",
			"explains example.test/c"},
		{"no table", "# x\n", "has no table"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := house.Requirements(direct, c.readme)
			if c.wanted == "" {
				expect(t, found)
			} else {
				expect(t, found, c.wanted)
			}
		})
	}
}
