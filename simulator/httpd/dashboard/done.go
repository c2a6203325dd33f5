package dashboard

// done are the words for what a form did, by what it puts into the address of the page that it leads
// to. A page shows none but these: whoever makes an address puts no words of theirs on it.
var done = map[string]string{
	"saved":    "The settings were saved",
	"defaults": "The settings are the defaults again",
	"taxpayer": "The taxpayer was saved",
	"frozen":   "The clock stands still",
	"run":      "The clock runs on",
	"real":     "The clock shows real time again",
	"set":      "The clock was set",
	"advanced": "The clock moved on",
	"emptied":  "The inbox is empty now",
	"ended":    "The world was ended",
	"anew":     "The world default begins anew",
}

// did is the path of the page that says what was done.
func did(path, what string) string { return path + "?done=" + what }

// done is what the form that led here did, in words, or empty.
func (v *visit) done() string {
	what := v.r.URL.Query().Get("done")
	if what == "reset" {
		return "The world " + v.world.Name + " was reset"
	}
	if s, ok := stepNamed(what); ok {
		return done["advanced"] + " by " + s.words
	}
	return done[what]
}
