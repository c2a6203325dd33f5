// Package house checks the rules of docs/architecture.md: which folder may import which, where code may read the
// wall clock, use random values and print, and how long a file may be. It reads the source of the whole module,
// whatever the build tags, and needs neither a network nor a tool. Its test checks the module.
//
// Each rule is a function from a Tree to Findings, so that a test can pass it a tree that breaks the rule.
package house
