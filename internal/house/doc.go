// Package house holds the rules of docs/architecture.md: which folder may import which, where the
// clock is read and dice are thrown, who prints, how long a file may be. It reads the source of the
// whole module, build tags or not, and needs neither a network nor a tool; its test is the check.
//
// Each rule is a function from a Tree to Findings, so that each can be shown a broken tree.
package house
