package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
)

// pageWidth is the width of text in columns. A word or a URL may be longer.
const pageWidth = 100

// reportWidth is the width of the results of a run in columns: that of most terminals and logs.
const reportWidth = 80

// page writes lines of text and keeps the first error.
type page struct {
	out     io.Writer
	started bool // a line was written
	bold    bool // makes titles bold, for terminals
	width   int  // columns; 0 means pageWidth
	wide    bool // does not wrap: each row of a list is one line, for grep
	err     error
}

func (p *page) line(format string, values ...any) {
	if p.started = true; p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format+"\n", values...)
	}
}

func (p *page) title(format string, values ...any) {
	text := fmt.Sprintf(format, values...)
	if p.bold {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	p.line("%s", text)
}

// heading writes a title between blank lines. The first line of a page is not blank.
func (p *page) heading(format string, values ...any) {
	if p.started {
		p.line("")
	}
	p.title(format, values...)
	p.line("")
}

// entry writes a label and, from the column on, a text of one or more lines. A label that is too long gets
// its own line.
func (p *page) entry(label string, column int, text string) {
	width := cmp.Or(p.width, pageWidth) - column
	if p.wide {
		width = math.MaxInt
	}
	lines := wrap(text, width)
	if label != "" && utf8.RuneCountInString(label)+2 > column {
		p.line("%s", strings.TrimRight(label, " "))
		label = ""
	}
	for _, l := range lines {
		p.line("%s", strings.TrimRight(pad(label, column)+l, " "))
		label = ""
	}
}

// entries writes texts one below the other, with a label before the first.
func (p *page) entries(label string, column int, texts ...string) {
	for _, text := range texts {
		p.entry(label, column, text)
		label = ""
	}
}

// pad adds blanks up to a number of columns.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-utf8.RuneCountInString(text)))
}

// wrap breaks a text at blanks into lines of at most that many columns. It returns at least one line.
func wrap(text string, columns int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= columns:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

// leastColumn is the least width of the last column of a table. Where less is left, its text is below the row.
const leastColumn = 20

// table writes rows in aligned columns; the last column wraps.
func (p *page) table(indent int, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		label := strings.Repeat(" ", indent)
		for i, cell := range row[:len(row)-1] {
			label += pad(cell, widths[i]+2)
		}
		column := utf8.RuneCountInString(label)
		if !p.wide && column > cmp.Or(p.width, pageWidth)-leastColumn {
			column = indent + 4
		}
		p.entry(label[:len(label)-min(2, len(label))], column, row[len(row)-1])
	}
}

// wantsBold reports whether standard output is a terminal, and the environment does not forbid colours.
func (p program) wantsBold() bool {
	return isTerminal(p.out) && !slices.ContainsFunc(p.environ, func(entry string) bool {
		return strings.HasPrefix(entry, "NO_COLOR=") && entry != "NO_COLOR=" || entry == "TERM=dumb"
	})
}

// isTerminal reports whether an input or output is a terminal, which other devices such as /dev/null are not.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
