package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// line is a line of a page. Lines are numbered from 1.
type line struct {
	number int
	text   string
}

// block is a fenced block of code.
type block struct {
	language string
	lines    []line
}

func (b block) text() string {
	var text strings.Builder
	for _, l := range b.lines {
		text.WriteString(l.text + "\n")
	}
	return text.String()
}

func numbered(text string) []line {
	var lines []line
	for l := range strings.Lines(text) {
		lines = append(lines, line{len(lines) + 1, strings.TrimRight(l, "\r\n")})
	}
	return lines
}

// readBlocks returns a page's blocks of code. A block that the test cannot try is an error.
func readBlocks(markdown string) ([]block, error) {
	const fence = "```"
	var blocks []block
	var open *block
	begun := 0
	for _, l := range numbered(markdown) {
		language, isFence := strings.CutPrefix(l.text, fence)
		switch {
		case open == nil && isFence:
			if !slices.Contains([]string{"sh", "console", "yaml", "go", "json", "text"}, language) {
				return nil, fmt.Errorf("line %d: a block in the language %q; sh, console, yaml, go and json are tried, text is not",
					l.number,
					language)
			}
			open, begun = &block{language: language}, l.number
		case open == nil && strings.HasPrefix(l.text, "    "):
			return nil, fmt.Errorf("line %d: an indented block, which is not tried; make it a fenced block", l.number)
		case open != nil && isFence:
			if len(open.lines) == 0 {
				return nil, fmt.Errorf("line %d: the block is empty", begun)
			}
			blocks, open = append(blocks, *open), nil
		case open != nil:
			if open.language == "console" && len(open.lines) == 0 && !strings.HasPrefix(l.text, "$ ") {
				return nil, fmt.Errorf("line %d: the first line of a console block is not $ and a command", l.number)
			}
			open.lines = append(open.lines, l)
		}
	}
	if open != nil {
		return nil, fmt.Errorf("line %d: the block has no end", begun)
	}
	return blocks, nil
}

// runLines returns the commands of the steps of a GitHub workflow. An unknown key is an error, as it may change the
// effect of a command.
func runLines(steps []line) ([]line, error) {
	var commands []line
	inside := false // of a run: |
	for _, l := range steps {
		text := strings.TrimSpace(l.text)
		command, isRun := strings.CutPrefix(text, "- run: ")
		switch {
		case isRun && command == "|":
			inside = true
		case isRun:
			inside = false
			commands = append(commands, line{l.number, command})
		case inside && strings.HasPrefix(l.text, "    "):
			commands = append(commands, line{l.number, text})
		case strings.HasPrefix(text, "- uses: "), strings.HasPrefix(text, "with: "):
			inside = false
		default:
			return nil, fmt.Errorf("line %d: %q is not part of a step that is tried", l.number, text)
		}
	}
	if len(commands) == 0 {
		return nil, errors.New("the workflow has no run line")
	}
	return commands, nil
}

// splitWords splits a command as a shell does: at spaces outside of quotes, up to a comment. Other syntax is an error.
func splitWords(command string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quote := false, rune(0)
	for _, c := range command + " " {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '\'' || c == '"':
			inWord, quote = true, c
		case c == ' ' && inWord:
			words = append(words, word.String())
			word.Reset()
			inWord = false
		case c == ' ':
		case c == '#' && !inWord:
			return words, nil
		case strings.ContainsRune("|;<>()$`\\*?~", c):
			return nil, fmt.Errorf("the test does not support %q in a command", c)
		default:
			inWord = true
			word.WriteRune(c)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("the quote %c has no end", quote)
	}
	return words, nil
}
