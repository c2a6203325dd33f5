package house_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"testing"
)

const axeText = "the text of axe.min.js"

// withScript returns a made-up checkout that holds one of the project's scripts.
func withScript(t *testing.T, name string) checkout {
	t.Helper()
	c := newCheckout(t, "linux-x64-glibc")
	script, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	c.write(name, string(script))
	return c
}

func TestAxeComesFromNPMOnce(t *testing.T) {
	c := withScript(t, "scripts/axe.sh")
	c.write("scripts/axe.lock", fmt.Sprintf("# a lock\naxe-core 4.0.0 %x\n", sha256.Sum256([]byte(axeText))))
	if out, ok := c.script("scripts/axe.sh"); !ok {
		t.Errorf("without npm: %s", out)
	} else {
		c.says(out, "skipped", "AXE_FILE")
	}
	c.program("npm", "mkdir package && printf %s '"+axeText+"' >package/axe.min.js && tar czf axe.tgz package")
	if out, ok := c.script("scripts/axe.sh"); !ok || c.read(".tools/axe/axe.min.js") != axeText {
		t.Fatalf("it was not fetched: %s", out)
	}
	c.says(c.ran(), "npm pack --silent axe-core@4.0.0")
	if out, ok := c.script("scripts/axe.sh"); !ok || out != "" || c.ran() != "" {
		t.Errorf("the second run ran %q and printed %q, want nothing", c.ran(), out)
	}
	c.write("mine.js", "tampered with")
	c.write(".tools/axe/axe.min.js", "old")
	out, ok := c.script("scripts/axe.sh", "AXE_FILE="+c.root+"/mine.js")
	if ok || c.read(".tools/axe/axe.min.js") != "old" {
		t.Error("a file whose sum is not in the lock was taken")
	}
	c.says(out, "it was not installed")
}

func TestChromiumIsInstalledWherePossible(t *testing.T) {
	const script = "scripts/chromium.sh"
	there := withScript(t, script)
	there.program("id", "echo 0")
	there.program("apt-get", "")
	there.program("google-chrome", "")
	if out, ok := there.script(script); !ok || there.ran() != "" {
		t.Errorf("with Chromium on the PATH it ran %q and printed %s", there.ran(), out)
	}
	bare := withScript(t, script)
	bare.program("id", "echo 0")
	bare.program("apt-get", "")
	if out, ok := bare.script(script); !ok {
		t.Error(out)
	}
	bare.says(bare.ran(), "apt-get update -qq", "apt-get install -y -qq --no-install-recommends chromium fonts-liberation")
	for name, machine := range map[string]func(checkout){
		"without apt-get": func(c checkout) { c.program("id", "echo 0") },
		"without root": func(c checkout) {
			c.program("id", "echo 1000")
			c.program("apt-get", "")
			c.program("sudo",
				"exit 1")
		},
		"without a connection": func(c checkout) { c.program("id", "echo 0"); c.program("apt-get", "exit 1") },
	} {
		t.Run(name, func(t *testing.T) {
			c := withScript(t, script)
			machine(c)
			out, ok := c.script(script)
			if !ok {
				t.Errorf("it failed: %s", out)
			}
			c.says(out, "are skipped", "apt-get install chromium")
		})
	}
}
