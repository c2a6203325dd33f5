package client

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// FromPrompt asks a person: questions go to out, each answer is a line of in. A captcha's picture is
// put into a file in pictureDir (empty means the system's directory for temporary files), readable
// by its owner only, named in the question and removed after the answer.
//
// An ended context ends a question at once, but a read of in that has begun goes on: the line that
// it brings answers the next question.
func FromPrompt(in io.Reader, out io.Writer, pictureDir string) Source {
	return &promptSource{lines: bufio.NewScanner(in), out: out, dir: pictureDir, turn: make(chan struct{}, 1)}
}

type promptSource struct {
	out io.Writer
	dir string

	turn    chan struct{}  // holds a token while a question is asked; guards what follows
	lines   *bufio.Scanner // in the hands of the reading goroutine while reading is not nil
	reading chan typed     // where the line that is being read will come out
}

var errInputEnded = errors.New("the input has ended")

// typed is a line, or the error of reading one.
type typed struct {
	line string
	err  error
}

func (s *promptSource) Captcha(ctx context.Context, from Portal, c Captcha) (string, error) {
	picture, err := pictureFile(ctx, from, c, s.dir)
	if err != nil {
		return "", err
	}
	defer os.Remove(picture)
	return s.ask(ctx, fmt.Sprintf("Captcha of the %s portal, picture in %s\nCharacters shown: ", from.Environment(),
		picture))
}

func (s *promptSource) OTP(ctx context.Context, q OTPQuery) (string, error) {
	return s.ask(ctx, fmt.Sprintf("OTP of the %s portal for %s, sent to %s\nOTP: ",
		q.Environment, q.holder(), strings.Join(q.SentTo, ", ")))
}

// ask puts the question until a line with something on it comes.
func (s *promptSource) ask(ctx context.Context, question string) (string, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return "", fmt.Errorf("waiting to ask: %w", ctx.Err())
	}
	for {
		if _, err := io.WriteString(s.out, question); err != nil {
			return "", fmt.Errorf("asking: %w", err)
		}
		line, err := s.readLine(ctx)
		if err != nil {
			return "", fmt.Errorf("waiting for an answer: %w", err)
		}
		if answer := strings.TrimSpace(line); answer != "" {
			return answer, nil
		}
	}
}

func (s *promptSource) readLine(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if s.reading == nil {
		s.reading = make(chan typed, 1)
		go func(to chan<- typed) {
			if s.lines.Scan() {
				to <- typed{line: s.lines.Text()}
				return
			}
			to <- typed{err: cmp.Or(s.lines.Err(), errInputEnded)}
		}(s.reading)
	}
	select {
	case got := <-s.reading:
		s.reading = nil
		return got.line, got.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
