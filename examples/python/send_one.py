"""Registers the invoice in NIC_INVOICE and prints its IRN. It passes the drills:

    nicsim drill --exec 'python3 send_one.py'
"""

from environment import certificate, invoice, options
from nic import Client, verified

registered = Client(**options | {"timeout": 4}).generate(invoice)
print(verified(registered["SignedQRCode"], certificate)["Irn"])
