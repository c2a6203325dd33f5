package target

import "github.com/nicsim/nicsim/steps/needs"

// Preset returns the target of a name, and whether there is one.
//
//   - nicsim is the simulator itself; the program that runs the scenarios starts one.
//   - nic-sandbox is NIC's sandbox. It needs credentials, a public key and parties.
func Preset(name string) (Target, bool) {
	switch name {
	case "nicsim":
		return Target{Name: "nicsim"}, true
	case "nic-sandbox":
		return Target{
			Name:    "NIC's sandbox",
			Sandbox: Environment{API: "https://einv1api.gstsandbox.nic.in"},
			// NIC publishes no figures for its sandbox: these spare it. A wrong password may lock the account.
			Limits: Limits{PerMinute: 60, Concurrency: 2, Documents: 500},
			Lacks:  []needs.Need{needs.WrongLogins},
		}, true
	}
	return Target{}, false
}

// Presets are the names of all presets.
var Presets = []string{"nicsim", "nic-sandbox"}
