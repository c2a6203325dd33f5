"""A client of NIC's e-Invoice API, with the package cryptography.

NIC is the National Informatics Centre, IRN the Invoice Reference Number that it gives an invoice, SEK the session key
that it gives with each login, and GSTIN the number of a taxpayer.
"""

import base64
import json
import os
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Callable

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

RENEW_BEFORE = 10 * 60  # NIC gives a new token only in the last ten minutes of the old one
ATTEMPTS = 4

# NIC is down or busy (3020, 3043, 5001), or the other one of its two portals has the invoice (2148).
PASSING = ("3020", "3043", "5001", "2148")


class Refusal(Exception):
    """NIC said no. errors are its codes and messages, info what it adds to them."""

    def __init__(self, errors, info):
        super().__init__("; ".join(f"{e['ErrorCode']} {e['ErrorMessage']}" for e in errors))
        self.errors = errors
        self.info = info or []

    def has(self, *codes):
        return any(e["ErrorCode"] in codes for e in self.errors)


class NoAnswer(Exception):
    """There is no answer of NIC: the network failed, or something between answered. The call may have been done."""

    def __init__(self, message, retry_after=0.0):
        super().__init__(message)
        self.retry_after = retry_after  # seconds


@dataclass(frozen=True)
class Login:
    token: str
    sek: bytes
    expiry: float
    renew_at: float


@dataclass
class Client:
    """Calls the API for one user. Threads may share it; times are in seconds."""

    url: str
    public_key: bytes  # PEM
    client_id: str
    client_secret: str
    gstin: str
    username: str
    password: str
    timeout: float = 20
    pause: float = 0.5  # before the first repeat of a call; it doubles with each
    now: Callable[[], float] = time.time

    def __post_init__(self):
        self._login = None
        self._lock = threading.Lock()  # guards _login, and is held during a login

    def __repr__(self):
        return f"Client({self.username} at {self.url})"  # without the secrets

    def generate(self, invoice):
        """Registers an invoice in NIC's format INV-01. If it is registered already, the invoice is read."""
        try:
            return self._call("POST", "/eicore/v1.03/Invoice", invoice)
        except Refusal as refusal:
            if not refusal.has("2150"):
                raise
            known = next(i["Desc"] for i in refusal.info if i["InfCd"] == "DUPIRN")
        try:
            return self.read(known["Irn"])
        except Refusal as refusal:
            # NIC shows an invoice for two days (2283). After that, its IRN and acknowledgement are all that there is.
            if refusal.has("2283"):
                return known
            raise

    def read(self, irn):
        """Reads an invoice with its signed QR code."""
        return self._call("GET", f"/eicore/v1.03/Invoice/irn/{irn}")

    def cancel(self, irn, reason, remark):
        """Cancels an invoice within 24 hours.

        The reason is 1 duplicate, 2 data entry mistake, 3 order cancelled or 4 others.
        """
        return self._call("POST", "/eicore/v1.03/Invoice/Cancel",
                          {"Irn": irn, "CnlRsn": str(reason), "CnlRem": remark})

    def eway_bill(self, irn, transport):
        """Makes the e-way bill of a registered invoice."""
        return self._call("POST", "/eiewb/v1.03/ewaybill", {"Irn": irn, **transport})

    def _call(self, method, path, document=None):
        logged_in_again = False
        attempt = 1
        while True:
            try:
                login = self._lasting()
                body = document and {"Data": seal(json.dumps(document).encode(), login.sek)}
                sealed = self._send(method, path, body, {"user_name": self.username, "AuthToken": login.token})
                return json.loads(unseal(sealed, login.sek))
            except Refusal as refusal:
                if refusal.has("1005", "1020") and not logged_in_again:
                    # The token ended before its time, or the SEK is another one: log in again, and seal the document
                    # with that.
                    logged_in_again = True
                    self._forget(login)
                    continue
                if not refusal.has(*PASSING) or attempt >= ATTEMPTS:
                    raise
                wait = 0.0
            except NoAnswer as lost:
                if attempt >= ATTEMPTS:
                    raise
                wait = lost.retry_after
            time.sleep(max(wait, self.pause * 2 ** (attempt - 1)))
            attempt += 1

    def _forget(self, login):
        with self._lock:
            if self._login is login:
                self._login = None

    def _lasting(self):
        """Returns a login that lasts. It is kept, and renewed in its last ten minutes."""
        with self._lock:
            now = self.now()
            if self._login is None or now >= self._login.renew_at:
                refresh = self._login is not None and now < self._login.expiry
                self._login = self._log_in(refresh)
            return self._login

    def _log_in(self, refresh):
        app_key = os.urandom(32)  # a new one for each login
        login = json.dumps({
            "UserName": self.username,
            "Password": self.password,
            "AppKey": base64.b64encode(app_key).decode(),
            "ForceRefreshAccessToken": refresh,
        })
        key = serialization.load_pem_public_key(self.public_key)
        data = key.encrypt(base64.b64encode(login.encode()), padding.PKCS1v15())  # of the base64 text of the JSON
        answer = self._send("POST", "/eivital/v1.04/auth", {"Data": base64.b64encode(data).decode()})
        expiry = datetime.fromisoformat(answer["TokenExpiry"] + "+05:30").timestamp()  # Indian time
        renew_at = expiry - RENEW_BEFORE
        if expiry <= self.now():
            renew_at = float("inf")  # the clocks differ: use the token until NIC refuses it
        elif refresh and self._login and answer["AuthToken"] == self._login.token:
            renew_at = expiry  # NIC gives no other yet
        return Login(answer["AuthToken"], unseal(answer["Sek"], app_key), expiry, renew_at)

    def _send(self, method, path, body=None, headers=None):
        """Makes one call and returns the Data of its answer."""
        data = body and json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, method=method, data=data, headers={
            "Content-Type": "application/json",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "Gstin": self.gstin,
            **(headers or {}),
        })
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                answer = json.loads(response.read())
        except urllib.error.HTTPError as error:
            wait = error.headers.get("Retry-After", "")
            raise NoAnswer(f"{method} {path}: HTTP {error.code}", float(wait) if wait.isdigit() else 0.0) from error
        except (OSError, HTTPException, ValueError) as error:  # no connection, no answer in time, no JSON
            raise NoAnswer(f"{method} {path}: {error}") from error
        if int(answer["Status"]) != 1:
            raise Refusal(answer["ErrorDetails"] or [], answer["InfoDtls"])
        return answer["Data"]


def verified(jws, certificate):
    """Returns what NIC has signed: the content of SignedQRCode or SignedInvoice. certificate is PEM."""
    header, payload, signature = jws.split(".")
    if json.loads(_base64url(header))["alg"] != "RS256":
        raise InvalidSignature("the signature is not RS256")
    key = x509.load_pem_x509_certificate(certificate).public_key()
    key.verify(_base64url(signature), f"{header}.{payload}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return json.loads(json.loads(_base64url(payload))["data"])


def _base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def seal(data, key):
    """Encrypts bytes as NIC wants them: AES-256, ECB, PKCS #7 padding, base64."""
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # ECB is NIC's choice
    padded = padder.update(data) + padder.finalize()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def unseal(text, key):
    """Decrypts what seal has encrypted."""
    decryptor = Cipher(algorithms.AES(key), modes.ECB()).decryptor()
    unpadder = PKCS7(128).unpadder()
    padded = decryptor.update(base64.b64decode(text)) + decryptor.finalize()
    return unpadder.update(padded) + unpadder.finalize()
