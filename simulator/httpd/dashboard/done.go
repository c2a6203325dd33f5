package dashboard

// done has the message for each value of the parameter done, which a form adds to the address of the next
// page. A page shows no other message, so that a forged address cannot put text on it.
var done = map[string]string{
	"saved":    "The settings were saved",
	"defaults": "The settings are the defaults again",
	"taxpayer": "The taxpayer was saved",
	"frozen":   "The clock stands still",
	"run":      "The clock runs on",
	"real":     "The clock shows real time again",
	"set":      "The clock was set",
	"advanced": "The clock was advanced",
	"emptied":  "The inbox is empty now",
	"ended":    "The world was ended",
	"anew":     "The world default was ended and starts again",
}

// did returns the path of a page with the message that is named what.
func did(path, what string) string { return path + "?done=" + what }

// done returns the message of the form that led to this page, or "".
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
