package house

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// use is the use of a package or of some of its names, which is forbidden in some folders.
type use struct {
	pkg    string                 // import path
	banned func(name string) bool // matches the forbidden names; nil forbids the import itself
	from   []string               // the folders where it is forbidden; "." is every folder
	except []string               // the folders below those where it is allowed
	tests  bool                   // whether it is forbidden in tests too
	why    string
}

var uses = func() []use {
	// The programs of bench and the examples are commands too.
	commands := []string{"cmd", "bench", "examples"}
	// No caller passes the environment to a test.
	forTests := []string{seeded, goldenFiles, browserTests, "simulator/simtest"}
	cmdOnly := "only commands print, exit and read their environment; take a writer, return an error or a value"
	clockOnly := "time in the simulator comes from the clock of the world; take a clock"
	diceOnly := "random values in the simulator come from its seed; take simulator/dice"
	simulated := []string{"simulator", "fixtures"}
	return []use{
		{"os", oneOf("Exit", "Args", "Getenv", "LookupEnv", "Environ", "ExpandEnv", "Stdin", "Stdout", "Stderr"),
			[]string{"."}, slices.Concat(commands, forTests), false, cmdOnly},
		{"fmt", startsWith("Print", "Scan"), []string{"."}, commands, false, cmdOnly},
		{"log", startsWith("Print", "Fatal", "Panic", "Default", "Set"), []string{"."}, commands, false, cmdOnly},
		{"time", oneOf("Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"),
			simulated, []string{"simulator/clock"}, false, clockOnly},
		{"time", oneOf("Sleep"), []string{"."}, nil, true, "wait for an event instead"},
		// A function that receives a *rand.Rand may use it.
		{"math/rand", not(oneOf("Rand", "Source")), simulated, []string{"simulator/dice"}, false, diceOnly},
		{"math/rand/v2", not(oneOf("Rand", "Source")), simulated, []string{"simulator/dice"}, false, diceOnly},
		{"crypto/rand", nil, simulated, []string{"simulator/dice"}, false, diceOnly},
		// UUIDs from a reader and UUIDs from a name are not random by themselves.
		{"github.com/google/uuid", oneOf("New", "NewString", "NewRandom", "NewUUID", "NewV6", "NewV7", "NewDCESecurity"),
			simulated, []string{"simulator/dice"}, false, diceOnly},
	}
}()

func oneOf(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

func not(match func(string) bool) func(string) bool {
	return func(name string) bool { return !match(name) }
}

func startsWith(prefixes ...string) func(string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(name, p) })
	}
}

// Uses finds the forbidden uses of packages: the wall clock, random values, printing.
func Uses(t Tree) []Finding {
	var found []Finding
	for _, f := range t.Files {
		for _, u := range uses {
			if u.appliesTo(f) {
				found = append(found, u.find(f)...)
			}
		}
	}
	return found
}

func (u use) appliesTo(f File) bool {
	forbidden := slices.Contains(u.from, ".") || in(f.Dir, u.from...)
	return forbidden && !in(f.Dir, u.except...) && (u.tests || !f.Test)
}

func (u use) find(f File) []Finding {
	at := slices.IndexFunc(f.Imports, func(i Import) bool { return i.Path == u.pkg })
	if at < 0 {
		return nil
	}
	local := f.Imports[at]
	if u.banned == nil {
		return []Finding{{f.Path, local.Line, fmt.Sprintf("imports %s: %s", u.pkg, u.why)}}
	}
	var found []Finding
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := selector.X.(*ast.Ident); ok && of.Name == local.Name && u.banned(selector.Sel.Name) {
			found = append(found, Finding{f.Path, f.line(selector),
				fmt.Sprintf("%s.%s: %s", of.Name, selector.Sel.Name, u.why)})
		}
		return true
	})
	return found
}
