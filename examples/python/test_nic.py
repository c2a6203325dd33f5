"""Run with: nicsim exec -- python3 -m unittest"""

import base64
import copy
import hashlib
import itertools
import json
import os
import re
import time
import unittest
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

from environment import certificate, invoice, options
from nic import Client, Refusal, seal, unseal, verified

CONTROL = os.environ["NIC_CONTROL_URL"] + "/control/v1/"
ROAD = {"Distance": 0, "TransMode": "1", "VehNo": "KA01AB1234", "VehType": "R"}  # 0: NIC computes it from the PIN codes
numbers = itertools.count(1)


def client(**more):
    return Client(**options | more)


def another():
    """An invoice with a number of its own."""
    made = copy.deepcopy(invoice)
    made["DocDtls"]["No"] += f"/{next(numbers)}"
    return made


def irn_of(sent):
    """The IRN as NIC's page on it says, from the document alone."""
    document = sent["DocDtls"]
    _, month, year = map(int, document["Dt"].split("/"))
    begins = year if month >= 4 else year - 1
    text = f"{sent['SellerDtls']['Gstin']}{begins}-{(begins + 1) % 100:02}{document['Typ']}{document['No'].upper()}"
    return hashlib.sha256(text.encode()).hexdigest()


def control(path, body=None):
    request = urllib.request.Request(CONTROL + path, data=body and json.dumps(body).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def last_request():
    return max((r["id"] for r in control("requests?limit=1")["requests"]), default=0)


def logins(since):
    """The logins that NIC was asked for since a request of the journal."""
    return [r for r in control("requests")["requests"] if r["id"] > since and r["path"].endswith("/auth")]


class Crypto(unittest.TestCase):
    """The worked example in nicsim's docs/crypto-by-example.md."""

    def test_the_values_are_those_of_the_example(self):
        example = json.loads(Path(__file__).with_name("crypto.json").read_text("utf-8"))
        self.assertEqual(base64.b64encode(example["login"].encode()).decode(), example["loginText"])
        key = serialization.load_pem_public_key(example["publicKey"].encode()).public_numbers()
        block = int(example["blockHex"], 16)  # padded by hand, as real padding is random
        sealed_login = pow(block, key.e, key.n).to_bytes((key.n.bit_length() + 7) // 8, "big")
        self.assertEqual(base64.b64encode(sealed_login).decode(), example["sealedLogin"])
        sek = unseal(example["sealedSek"], base64.b64decode(example["appKey"]))
        self.assertEqual(sek.hex(), example["sekHex"])
        self.assertEqual(seal(example["invoice"].encode(), sek), example["sealedInvoice"])
        self.assertEqual(unseal(example["sealedAnswer"], sek).decode(), example["answer"])
        self.assertEqual(irn_of(json.loads(example["invoice"])), example["irn"])
        signed = verified(example["signedQRCode"], example["certificate"].encode())
        self.assertEqual(signed, json.loads(example["qrData"]))


class Invoices(unittest.TestCase):
    def test_an_invoice_gets_its_irn_and_a_signed_qr_code(self):
        sent = another()
        registered = client().generate(sent)
        self.assertEqual(registered["Irn"], irn_of(sent))
        qr = verified(registered["SignedQRCode"], certificate)
        self.assertEqual(qr["Irn"], irn_of(sent))
        self.assertEqual(qr["DocNo"], sent["DocDtls"]["No"])
        self.assertEqual(qr["TotInvVal"], sent["ValDtls"]["TotInvVal"])

    def test_a_qr_code_that_was_changed_is_found(self):
        header, payload, signature = client().generate(another())["SignedQRCode"].split(".")
        text = base64.urlsafe_b64decode(payload + "==").replace(b"1180", b"9180")
        changed = base64.urlsafe_b64encode(text).decode().rstrip("=")
        with self.assertRaises(InvalidSignature):
            verified(f"{header}.{changed}.{signature}", certificate)

    def test_one_login_serves_many_threads(self):
        since, nic = last_request(), client()
        with ThreadPoolExecutor() as pool:
            list(pool.map(nic.generate, [another() for _ in range(4)]))
        self.assertEqual(len(logins(since)), 1)

    def test_a_document_that_is_registered_already_is_read(self):
        sent = another()
        first, again = client().generate(sent), client().generate(sent)
        self.assertEqual(again["Irn"], first["Irn"])
        self.assertEqual(again["SignedQRCode"], first["SignedQRCode"])

    def test_an_invoice_is_cancelled_and_has_no_eway_bill_then(self):
        nic = client()
        irn = nic.generate(another())["Irn"]
        self.assertEqual(nic.cancel(irn, 2, "wrong quantity")["Irn"], irn)
        with self.assertRaises(Refusal) as caught:
            nic.eway_bill(irn, ROAD)
        self.assertTrue(caught.exception.has("2302"), caught.exception)

    def test_a_registered_invoice_gets_an_eway_bill(self):
        nic = client()
        bill = nic.eway_bill(nic.generate(another())["Irn"], ROAD)
        self.assertRegex(str(bill["EwbNo"]), re.compile(r"^\d{12}$"))

    def test_a_mistake_in_the_invoice_is_refused_with_nics_code(self):
        wrong = another()
        wrong["ValDtls"]["TotInvVal"] += 100
        with self.assertRaises(Refusal) as caught:
            client().generate(wrong)
        self.assertTrue(caught.exception.has("2189"), caught.exception)


class Later(unittest.TestCase):
    """These tests change the clock of the simulator. Tests run in the order of their names, so these come last."""

    def test_the_token_is_renewed_in_its_last_ten_minutes(self):
        ahead = 0
        nic = client(now=lambda: time.time() + ahead)
        nic.generate(another())
        since = last_request()
        control("clock/advance", {"by": "49m"})
        ahead += 49 * 60
        nic.generate(another())
        self.assertEqual(logins(since), [])
        control("clock/advance", {"by": "2m"})
        ahead += 2 * 60
        nic.generate(another())
        nic.generate(another())
        asked = logins(since)
        self.assertEqual(len(asked), 1)
        self.assertIs(asked[0]["request"]["ForceRefreshAccessToken"], True)

    def test_then_an_old_invoice_is_still_known_by_its_irn(self):
        sent = another()
        irn = client().generate(sent)["Irn"]
        control("clock/advance", {"by": "72h"})
        self.assertEqual(client().generate(sent)["Irn"], irn)


if __name__ == "__main__":
    unittest.main()
