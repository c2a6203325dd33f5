package irp

// NIC's codes that the calls of this package refuse with. Those of the rules of an invoice are in package invoice.
const (
	// Of the e-Invoice API's headers and login.
	codeNoGSTIN        = "1004" // the gstin header is missing
	codeBadToken       = "1005" // the token is unknown, expired, or of another user or client
	codeNoUserName     = "1006" // the user_name header is missing
	codeBadLogin       = "1007" // what was sealed is not the JSON of a login
	codeBadClient      = "1010" // client id and secret do not match
	codeNoClientID     = "1011" // the client_id header is missing
	codeNoClientSecret = "1012" // the client_secret header is missing
	codeSealedLogin    = "1013" // the login, or in v1.03 the password, cannot be decrypted
	codeInactiveUser   = "1014" // the user is frozen, or the taxpayer is not active or not enabled
	codeOtherGSTIN     = "1015" // the gstin header is not the user's
	codeSealedAppKey   = "1016" // the AppKey cannot be decrypted, or has no length of AES
	codeUnknownUser    = "1017" // the user name is unknown
	codeOtherClient    = "1018" // the user is registered with another client id
	codeBadPassword    = "1019" // the password is wrong
	codeSealedData     = "1020" // Data cannot be decrypted
	codeNoData         = "5003" // Data is missing or empty

	// Of registered invoices.
	codeNotYours        = "2143" // the invoice belongs to another taxpayer
	codeUnknownIRN      = "2148" // the IRN is unknown
	codeDuplicate       = "2150" // the document is registered
	codeUnknownDocument = "2154" // no IRN was given to this document
	codeHasEWayBill     = "2230" // an active e-way bill prevents the cancellation
	codeCancelWindow    = "2270" // the time in which an invoice can be cancelled is over
	codeCancelledBefore = "2278" // the document was registered and cancelled
	codeBadDate         = "2282" // the date is not written dd/MM/yyyy
	codeReadWindow      = "2283" // the time in which an invoice can be read is over
	codeNoActiveIRN     = "2302" // the invoice of an e-way bill is cancelled
	codeSchema          = "5002" // a field does not have the form that NIC's schema asks for
	codeNotActive       = "9999" // the invoice that is to be cancelled is cancelled

	// Of taxpayers.
	codeUnknownGSTIN = "3001" // no taxpayer has the GSTIN
	codeBadGSTIN     = "3030" // the text does not have the form of a GSTIN

	// Of e-way bills of registered invoices.
	codeEWayBillExists = "4002" // the invoice has an active e-way bill
	codeNoEWayBill     = "4005" // there is no such e-way bill

	// Of the e-way bill system's API.
	codeEWBBadJSON      = "100" // the request cannot be read, or asks for another action
	codeEWBBadToken     = "105" // the token is unknown, or of another client or GSTIN
	codeEWBTokenExpired = "106" // the token has expired
	codeEWBSealedData   = "109" // data cannot be decrypted
	codeEWBBadClient    = "110" // client id and secret are missing or do not match
)
