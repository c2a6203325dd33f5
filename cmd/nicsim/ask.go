package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nicsim/nicsim/steps/target"
)

// ask asks the person at the terminal, and returns the line that was entered.
func (p program) ask(ctx context.Context, q target.Question) (string, error) {
	fmt.Fprintf(p.err, "\n%s\n> ", q)
	type entered struct {
		line string
		err  error
	}
	answer := make(chan entered, 1)
	go func() {
		line, err := bufio.NewReader(p.in).ReadString('\n')
		answer <- entered{strings.TrimSpace(line), err}
	}()
	select {
	case e := <-answer:
		if e.err != nil {
			return "", errors.New("otp: the terminal was closed")
		}
		return e.line, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
