// Run with: nicsim exec -- npm test

import assert from "node:assert/strict";
import { constants, createHash, publicEncrypt } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { certificate, invoice, options } from "./environment.js";
import { Client, Refusal, open, seal, verified } from "./nic.js";

const control = `${process.env.NIC_CONTROL_URL}/control/v1`;
const client = (more) => new Client({ ...options, ...more });

/** An invoice with a number of its own. */
let count = 0;
function another() {
  const made = structuredClone(invoice);
  made.DocDtls.No += `/${++count}`;
  return made;
}

/** The IRN as NIC's page on it says, from the document alone. */
function irnOf({ SellerDtls, DocDtls }) {
  const [, month, year] = DocDtls.Dt.split("/").map(Number);
  const begins = month >= 4 ? year : year - 1;
  const financialYear = `${begins}-${String((begins + 1) % 100).padStart(2, "0")}`;
  const text = SellerDtls.Gstin + financialYear + DocDtls.Typ + DocDtls.No.toUpperCase();
  return createHash("sha256").update(text).digest("hex");
}

/** The logins that NIC was asked for since a request of the journal, the oldest first. */
async function logins(since) {
  const { requests } = await (await fetch(`${control}/requests`)).json();
  return requests.filter((r) => r.id > since && r.path.endsWith("/auth")).reverse();
}

async function lastRequest() {
  const { requests } = await (await fetch(`${control}/requests?limit=1`)).json();
  return requests[0]?.id ?? 0;
}

test("the crypto is that of the worked example in nicsim's docs/crypto-by-example.md", () => {
  const example = JSON.parse(readFileSync(new URL("crypto.json", import.meta.url)));
  assert.equal(Buffer.from(example.login).toString("base64"), example.loginText);
  const block = Buffer.from(example.blockHex, "hex"); // padded by hand, as real padding is random
  const sealedLogin = publicEncrypt({ key: example.publicKey, padding: constants.RSA_NO_PADDING }, block);
  assert.equal(sealedLogin.toString("base64"), example.sealedLogin);
  const sek = open(example.sealedSek, Buffer.from(example.appKey, "base64"));
  assert.equal(sek.toString("hex"), example.sekHex);
  assert.equal(seal(Buffer.from(example.invoice), sek), example.sealedInvoice);
  assert.equal(open(example.sealedAnswer, sek).toString(), example.answer);
  assert.equal(irnOf(JSON.parse(example.invoice)), example.irn);
  assert.deepEqual(verified(example.signedQRCode, example.certificate), JSON.parse(example.qrData));
});

test("an invoice gets its IRN and a signed QR code", async () => {
  const sent = another();
  const registered = await client().generate(sent);
  assert.equal(registered.Irn, irnOf(sent));
  const qr = verified(registered.SignedQRCode, certificate);
  assert.equal(qr.Irn, irnOf(sent));
  assert.equal(qr.DocNo, sent.DocDtls.No);
  assert.equal(qr.TotInvVal, sent.ValDtls.TotInvVal);
});

test("a QR code that was changed is found", async () => {
  const { SignedQRCode } = await client().generate(another());
  const [header, payload, signature] = SignedQRCode.split(".");
  const changed = Buffer.from(payload, "base64url").toString().replace("1180", "9180");
  assert.throws(() => verified([header, Buffer.from(changed).toString("base64url"), signature].join("."), certificate));
});

test("one login serves many calls at once", async () => {
  const since = await lastRequest();
  const nic = client();
  await Promise.all([nic.generate(another()), nic.generate(another()), nic.generate(another())]);
  await nic.generate(another());
  assert.equal((await logins(since)).length, 1);
});

test("a document that is registered already is read", async () => {
  const sent = another();
  const first = await client().generate(sent);
  const again = await client().generate(sent);
  assert.equal(again.Irn, first.Irn);
  assert.equal(again.SignedQRCode, first.SignedQRCode);
});

test("an invoice is cancelled, and has no e-way bill then", async () => {
  const nic = client();
  const { Irn } = await nic.generate(another());
  const cancelled = await nic.cancel(Irn, 2, "wrong quantity");
  assert.equal(cancelled.Irn, Irn);
  await assert.rejects(nic.ewayBill(Irn, road), (refusal) => refusal instanceof Refusal && refusal.has("2302"));
});

// NIC computes a distance of 0 from the PIN codes.
const road = { Distance: 0, TransMode: "1", VehNo: "KA01AB1234", VehType: "R" };

test("a registered invoice gets an e-way bill", async () => {
  const nic = client();
  const { Irn } = await nic.generate(another());
  const bill = await nic.ewayBill(Irn, road);
  assert.match(String(bill.EwbNo), /^\d{12}$/);
});

test("a mistake in the invoice is refused with NIC's code", async () => {
  const wrong = another();
  wrong.ValDtls.TotInvVal += 100;
  await assert.rejects(client().generate(wrong), (refusal) => refusal instanceof Refusal && refusal.has("2189"));
});

// These two change the clock and the faults of the simulator, so they come last.

test("the token is renewed in its last ten minutes", async () => {
  let ahead = 0;
  const nic = client({ now: () => Date.now() + ahead });
  await nic.generate(another());
  const since = await lastRequest();
  await forward("49m");
  await nic.generate(another());
  assert.equal((await logins(since)).length, 0);
  await forward("2m");
  await nic.generate(another());
  await nic.generate(another());
  const asked = await logins(since);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].request.ForceRefreshAccessToken, true);

  async function forward(by) {
    await post("clock/advance", { by });
    ahead += Number.parseInt(by) * 60_000;
  }
});

test("an invoice of three days ago is still known by its IRN", async () => {
  const sent = another();
  const { Irn } = await client().generate(sent);
  await post("clock/advance", { by: "72h" });
  assert.equal((await client().generate(sent)).Irn, Irn);
});

async function post(path, body) {
  const answer = await fetch(`${control}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.text());
}
