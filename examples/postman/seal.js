// Runs before each request of the e-Invoice API. It seals the body, which is plain JSON in the editor: that of a login
// with RSA (PKCS #1 v1.5) under the public key of the environment, that of every other call with AES-256 in ECB mode
// under the session key (SEK) of the login. Postman and Bruno have crypto-js and BigInt, and no RSA. Bruno translates
// the names that begin with pm when it imports the collection, except the body's.
const cryptojs = require("crypto-js");
const inBruno = typeof bru !== "undefined";

const today = new Date(Date.now() + 5.5 * 3600e3).toISOString().slice(0, 10).split("-").reverse().join("/");
pm.collectionVariables.set("today", today); // in India, dd/MM/yyyy
const body = (inBruno ? req.getBody({ raw: true }) : pm.request.body && pm.request.body.raw) || "";
const path = pm.request.url.toString();
if (path.endsWith("/Invoice")) pm.collectionVariables.set("docnum", "P" + Date.now());

// length reads the length of an element of DER, and returns it with the place behind it.
function length(der, at) {
  if (der[at] < 0x80) return [der[at], at + 1];
  let long = 0;
  for (let i = 1; i <= (der[at] & 0x7f); i++) long = long * 256 + der[at + i];
  return [long, at + 1 + (der[at] & 0x7f)];
}

// publicKey reads modulus and exponent from a PEM file with a SubjectPublicKeyInfo.
function publicKey(pem) {
  const der = bytes(cryptojs.enc.Base64.parse(pem.replace(/-----[^-]+-----|\s/g, "")));
  const into = (at) => length(der, at + 1)[1];
  const past = (at) => { const [long, begin] = length(der, at + 1); return begin + long; };
  const integer = (at) => BigInt("0x" + hex(der.slice(into(at), past(at))));
  const key = into(into(past(into(0))) + 1); // the sequence in the bit string, behind its count of unused bits
  return { n: integer(key), e: integer(past(key)) };
}

function bytes(words) {
  return words.toString(cryptojs.enc.Hex).match(/../g).map((pair) => parseInt(pair, 16));
}

function hex(list) {
  return list.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// rsa encrypts a text of at most 245 bytes.
function rsa(text, pem) {
  const { n, e } = publicKey(pem);
  const size = Math.ceil(n.toString(16).length / 2);
  const message = bytes(cryptojs.enc.Utf8.parse(text));
  const padding = [];
  while (padding.length < size - 3 - message.length) {
    padding.push(...bytes(cryptojs.lib.WordArray.random(64)).filter((byte) => byte > 0));
  }
  const block = [0, 2, ...padding.slice(0, size - 3 - message.length), 0, ...message];
  const base = BigInt("0x" + hex(block));
  let result = BigInt(1); // Bruno does not read literals such as 1n
  for (const bit of e.toString(2)) {
    result = (result * result) % n;
    if (bit === "1") result = (result * base) % n;
  }
  return cryptojs.enc.Base64.stringify(cryptojs.enc.Hex.parse(result.toString(16).padStart(size * 2, "0")));
}

function aes(text, key) {
  const options = { mode: cryptojs.mode.ECB, padding: cryptojs.pad.Pkcs7 };
  return cryptojs.AES.encrypt(text, cryptojs.enc.Base64.parse(key), options).toString();
}

function send(members) {
  const raw = JSON.stringify(members);
  if (inBruno) req.setBody(raw);
  else pm.request.body.update({ mode: "raw", raw });
}

if (path.endsWith("/auth")) {
  const appKey = cryptojs.enc.Base64.stringify(cryptojs.lib.WordArray.random(32)); // new for each login
  pm.collectionVariables.set("app_key", appKey);
  const login = { ...JSON.parse(pm.variables.replaceIn(body)), AppKey: appKey };
  const text = cryptojs.enc.Base64.stringify(cryptojs.enc.Utf8.parse(JSON.stringify(login)));
  const at = pm.variables.replaceIn("{{control}}/control/v1/public-keys/{{environment}}.pem");
  pm.sendRequest(at, (failed, answer) => {
    if (failed) throw failed;
    send({ Data: rsa(text, answer.text()) });
  });
} else if (body) {
  const plain = pm.variables.replaceIn(body);
  const sek = pm.collectionVariables.get("sek");
  send(path.endsWith("/ewayapi") ? { action: "CANEWB", data: aes(plain, sek) } : { Data: aes(plain, sek) });
}
