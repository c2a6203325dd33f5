package nic

// Environment is one of NIC's two e-Invoice systems.
type Environment string

// The environments.
const (
	Sandbox    Environment = "sandbox"    // the trial portal, section 1 of the guide, and its API
	Production Environment = "production" // the production portal, section 2 of the guide, and its API
)
