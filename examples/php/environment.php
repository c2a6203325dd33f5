<?php

// The variables of nicsim exec and nicsim drill. Your program has settings of its own.

declare(strict_types=1);

namespace EInvoice;

require_once __DIR__ . '/nic.php';

function settings(): Settings
{
    return new Settings(
        url: getenv('NIC_SANDBOX_URL'),
        publicKey: content('NIC_SANDBOX_PUBLIC_KEY'),
        clientId: getenv('NIC_CLIENT_ID'),
        clientSecret: getenv('NIC_CLIENT_SECRET'),
        gstin: getenv('NIC_GSTIN'),
        username: getenv('NIC_SANDBOX_USERNAME'),
        password: getenv('NIC_SANDBOX_PASSWORD'),
        timeout: 4,
    );
}

/** Returns the content of the file that a variable names. */
function content(string $variable): string
{
    return file_get_contents(getenv($variable));
}
