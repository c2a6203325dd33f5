// Registers the invoice in NIC_INVOICE and prints its IRN. It passes the drills:
//
//   nicsim drill --exec 'node send-one.js'

import { certificate, invoice, options } from "./environment.js";
import { Client, verified } from "./nic.js";

const registered = await new Client({ ...options, timeout: 4_000 }).generate(invoice);
console.log(verified(registered.SignedQRCode, certificate).Irn);
