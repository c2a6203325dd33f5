<?php

// Registers the invoice in NIC_INVOICE and prints its IRN. It passes the drills:
//
//   nicsim drill --exec 'php send-one.php'

declare(strict_types=1);

namespace EInvoice;

require_once __DIR__ . '/environment.php';

$registered = (new Client(settings()))->generate(parsed(content('NIC_INVOICE')));
echo verified($registered['SignedQRCode'], content('NIC_SANDBOX_CERTIFICATE'))['Irn'], "\n";
