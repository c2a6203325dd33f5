package house

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// word is something that is said only in some folders.
type word struct {
	pkg    string                 // import path
	banned func(name string) bool // of what the package exports; nil when the import itself is
	from   []string               // folders where it is not said; "." is everywhere
	except []string               // folders below those where it is
	tests  bool                   // whether tests may not say it either
	why    string
}

var words = func() []word {
	// The programs of bench are commands too.
	commands := []string{"cmd", "bench"}
	forTests := []string{seeded, browserTests, "simulator/simtest"} // a test is handed no surroundings
	cmdOnly := "only commands print, exit and read their surroundings; take a writer, return an error or a value"
	clockOnly := "the simulator's time is its world's; take a clock"
	diceOnly := "the simulator's chance comes from its seed; take simulator/dice"
	simulated := []string{"simulator", "fixtures"}
	return []word{
		{"os", oneOf("Exit", "Args", "Getenv", "LookupEnv", "Environ", "ExpandEnv", "Stdin", "Stdout", "Stderr"),
			[]string{"."}, slices.Concat(commands, forTests), false, cmdOnly},
		{"fmt", startsWith("Print", "Scan"), []string{"."}, commands, false, cmdOnly},
		{"log", startsWith("Print", "Fatal", "Panic", "Default", "Set"), []string{"."}, commands, false, cmdOnly},
		{"time", oneOf("Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"),
			simulated, []string{"simulator/clock"}, false, clockOnly},
		{"time", oneOf("Sleep"), []string{"."}, nil, true, "an event can be waited on; wait for it"},
		// A function that receives a *rand.Rand may use it.
		{"math/rand", not(oneOf("Rand", "Source")), simulated, []string{"simulator/dice"}, false, diceOnly},
		{"math/rand/v2", not(oneOf("Rand", "Source")), simulated, []string{"simulator/dice"}, false, diceOnly},
		{"crypto/rand", nil, simulated, []string{"simulator/dice"}, false, diceOnly},
		// Those with a reader, and those made from a name, are no chance.
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

// Words finds what is said in a folder that should not say it: the wall clock, chance, printing.
func Words(t Tree) []Finding {
	var found []Finding
	for _, f := range t.Files {
		for _, w := range words {
			if w.binds(f) {
				found = append(found, w.find(f)...)
			}
		}
	}
	return found
}

func (w word) binds(f File) bool {
	guarded := slices.Contains(w.from, ".") || in(f.Dir, w.from...)
	return guarded && !in(f.Dir, w.except...) && (w.tests || !f.Test)
}

func (w word) find(f File) []Finding {
	at := slices.IndexFunc(f.Imports, func(i Import) bool { return i.Path == w.pkg })
	if at < 0 {
		return nil
	}
	local := f.Imports[at]
	if w.banned == nil {
		return []Finding{{f.Path, local.Line, fmt.Sprintf("imports %s: %s", w.pkg, w.why)}}
	}
	var found []Finding
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if of, ok := selector.X.(*ast.Ident); ok && of.Name == local.Name && w.banned(selector.Sel.Name) {
			found = append(found, Finding{f.Path, f.line(selector),
				fmt.Sprintf("%s.%s: %s", of.Name, selector.Sel.Name, w.why)})
		}
		return true
	})
	return found
}
