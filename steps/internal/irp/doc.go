// Package irp registers the sentences about the e-Invoice API, the API of the invoice registration portal
// (IRP): logging in, registering, reading and cancelling invoices, and e-way bills.
package irp
