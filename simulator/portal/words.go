package portal

import (
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

// The entries of the menus that lead somewhere here.
const (
	MenuAPIRegistration = "API Registration" // the guide's, section 2

	MenuCredentials = "Credentials"
	MenuAddAccounts = "Add Accounts"
	MenuTestAPIs    = "Test APIs"
	MenuEndpoints   = "Endpoints"
	MenuPublicKey   = "Public Key"
	MenuEncrypt     = "Encrypt and Decrypt"
)

// menus are what stands at the left after the login. Production's is NIC's manual's;
// the sandbox's is put together from NIC's slides [SIM].
var menus = map[nic.Environment][]string{
	nic.Production: {
		"e-Invoice", "MIS Reports", "User Management", MenuAPIRegistration, "Change Password",
		"Feedback on GePP", "Update Contact Details", "Update", "E-Way Bill", "2-Factor Authentication",
	},
	nic.Sandbox: {MenuCredentials, MenuAddAccounts, MenuTestAPIs, MenuEndpoints, MenuPublicKey, MenuEncrypt},
}

// Menu returns what a portal offers after the login, in its order.
func Menu(env nic.Environment) []string { return menus[env] }

// Message is what a portal says of a flow that is complete. The words are SIM: the guide
// shows none.
func Message(f store.Flow) string {
	if f.Kind == kindRegistration && f.Category != TaxpayerCategory {
		return "Client credentials created. The client secret was sent to the registered mobile by SMS."
	}
	return "API user created successfully."
}
