package browsertest

import "testing"

type result int

func (r result) Run() int { return int(r) }

func TestMainClosesTheBrowserAndKeepsTheResult(t *testing.T) {
	for _, code := range []int{0, 3} {
		var b browser
		if got := (main{result(code), &b}).Run(); got != code {
			t.Errorf("result %d became %d", code, got)
		}
		if _, err := b.start(); err == nil {
			t.Error("a browser started after the tests had ended")
		}
	}
	var b browser
	running, err := b.start()
	if err != nil {
		t.Skip(err)
	}
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	if got := (main{result(0), &b}).Run(); got != 1 {
		t.Errorf("the result is %d, want a failure, as the browser could not be closed", got)
	}
}
