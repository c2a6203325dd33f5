"""The variables of nicsim exec and nicsim drill. Your program has settings of its own."""

import json
import os
from pathlib import Path

options = {
    "url": os.environ["NIC_SANDBOX_URL"],
    "public_key": Path(os.environ["NIC_SANDBOX_PUBLIC_KEY"]).read_bytes(),
    "client_id": os.environ["NIC_CLIENT_ID"],
    "client_secret": os.environ["NIC_CLIENT_SECRET"],
    "gstin": os.environ["NIC_GSTIN"],
    "username": os.environ["NIC_SANDBOX_USERNAME"],
    "password": os.environ["NIC_SANDBOX_PASSWORD"],
}

certificate = Path(os.environ["NIC_SANDBOX_CERTIFICATE"]).read_bytes()
invoice = json.loads(Path(os.environ["NIC_INVOICE"]).read_text("utf-8"))
