// A client of NIC's e-Invoice API, with nothing but Node.
//
// NIC is the National Informatics Centre, IRN the Invoice Reference Number that it gives an invoice, SEK the session
// key that it gives with each login, and GSTIN the number of a taxpayer.

import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  verify,
} from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const MINUTE = 60_000;
const RENEW_BEFORE = 10 * MINUTE; // NIC gives a new token only in the last ten minutes of the old one
const ATTEMPTS = 4;

// NIC is down or busy (3020, 3043, 5001), or the other one of its two portals has the invoice (2148).
const PASSING = ["3020", "3043", "5001", "2148"];

/** NIC said no. `errors` are its codes and messages, `info` what it adds to them. */
export class Refusal extends Error {
  constructor(errors, info) {
    super(errors.map((e) => `${e.ErrorCode} ${e.ErrorMessage}`).join("; "));
    this.errors = errors;
    this.info = info ?? [];
  }
  has(...codes) {
    return this.errors.some((e) => codes.includes(e.ErrorCode));
  }
}

/** There is no answer of NIC: the network failed, or something between answered. The call may have been done. */
export class NoAnswer extends Error {
  constructor(message, { retryAfter = 0, cause } = {}) {
    super(message, { cause });
    this.retryAfter = retryAfter; // seconds
  }
}

export class Client {
  #options;
  #login; // { token, sek, expiry, renewAt }
  #loggingIn; // the promise of a login under way, which concurrent calls share

  /**
   * @param {{url: string, publicKey: string, clientId: string, clientSecret: string, gstin: string, username: string,
   *   password: string, timeout?: number, pause?: number, now?: () => number}} options publicKey is PEM; timeout of a
   *   call and pause before its first repeat are in milliseconds
   */
  constructor(options) {
    this.#options = { timeout: 20_000, pause: 500, now: Date.now, ...options };
  }

  /** Registers an invoice in NIC's format INV-01. If it is registered already, the invoice is read. */
  async generate(invoice) {
    try {
      return await this.#call("POST", "/eicore/v1.03/Invoice", invoice);
    } catch (refusal) {
      if (!(refusal instanceof Refusal && refusal.has("2150"))) throw refusal;
      const known = refusal.info.find((i) => i.InfCd === "DUPIRN").Desc;
      return this.read(known.Irn).catch((error) => {
        // NIC shows an invoice for two days (2283). After that, its IRN and acknowledgement are all that there is.
        if (error instanceof Refusal && error.has("2283")) return known;
        throw error;
      });
    }
  }

  /** Reads an invoice with its signed QR code. */
  read(irn) {
    return this.#call("GET", `/eicore/v1.03/Invoice/irn/${irn}`);
  }

  /** Cancels an invoice within 24 hours. Reason: 1 duplicate, 2 data entry mistake, 3 order cancelled, 4 others. */
  cancel(irn, reason, remark) {
    return this.#call("POST", "/eicore/v1.03/Invoice/Cancel", { Irn: irn, CnlRsn: String(reason), CnlRem: remark });
  }

  /** Makes the e-way bill of a registered invoice. */
  ewayBill(irn, transport) {
    return this.#call("POST", "/eiewb/v1.03/ewaybill", { Irn: irn, ...transport });
  }

  async #call(method, path, document) {
    for (let attempt = 1, loggedInAgain = false; ; attempt++) {
      try {
        const login = await this.#lasting();
        const body = document && { Data: seal(Buffer.from(JSON.stringify(document)), login.sek) };
        const headers = { user_name: this.#options.username, AuthToken: login.token };
        const sealed = await this.#send(method, path, body, headers);
        return JSON.parse(open(sealed, login.sek));
      } catch (error) {
        if (error instanceof Refusal && error.has("1005", "1020") && !loggedInAgain) {
          // The token ended before its time, or the SEK is another one: log in again, and seal the document with that.
          loggedInAgain = true;
          this.#login = undefined;
          continue;
        }
        const passes = error instanceof NoAnswer || (error instanceof Refusal && error.has(...PASSING));
        if (!passes || attempt >= ATTEMPTS) throw error;
        await sleep(Math.max(this.#options.pause * 2 ** (attempt - 1), (error.retryAfter ?? 0) * 1000));
      }
    }
  }

  /** Returns a login that lasts. It is kept, and renewed in its last ten minutes. */
  async #lasting() {
    const now = this.#options.now();
    if (this.#login && now < this.#login.renewAt) return this.#login;
    this.#loggingIn ??= this.#logIn(Boolean(this.#login) && now < this.#login.expiry).finally(() => {
      this.#loggingIn = undefined;
    });
    return this.#loggingIn;
  }

  async #logIn(refresh) {
    const { username, password, publicKey, now } = this.#options;
    const appKey = randomBytes(32); // a new one for each login
    const login = JSON.stringify({
      UserName: username,
      Password: password,
      AppKey: appKey.toString("base64"),
      ForceRefreshAccessToken: refresh,
    });
    const data = publicEncrypt(
      { key: publicKey, padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(Buffer.from(login).toString("base64")), // NIC wants the base64 text of the JSON encrypted
    );
    const answer = await this.#send("POST", "/eivital/v1.04/auth", { Data: data.toString("base64") });
    const expiry = Date.parse(`${answer.TokenExpiry.replace(" ", "T")}+05:30`); // Indian time
    let renewAt = expiry - RENEW_BEFORE;
    if (expiry <= now()) renewAt = Infinity; // the clocks differ: use the token until NIC refuses it
    else if (refresh && answer.AuthToken === this.#login?.token) renewAt = expiry; // NIC gives no other yet
    this.#login = { token: answer.AuthToken, sek: open(answer.Sek, appKey), expiry, renewAt };
    return this.#login;
  }

  /** Makes one call and returns the Data of its answer. */
  async #send(method, path, body, headers = {}) {
    const { url, clientId, clientSecret, gstin, timeout } = this.#options;
    let response, text;
    try {
      response = await fetch(url + path, {
        method,
        headers: {
          "Content-Type": "application/json",
          client_id: clientId,
          client_secret: clientSecret,
          Gstin: gstin,
          ...headers,
        },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(timeout), // fetch has none of its own
      });
      text = await response.text();
    } catch (cause) {
      throw new NoAnswer(`${method} ${path}: ${cause.message}`, { cause });
    }
    let answer;
    try {
      answer = response.status === 200 && JSON.parse(text);
    } catch {
      // a page of a gateway
    }
    if (!answer) {
      const retryAfter = Number(response.headers.get("Retry-After")) || 0;
      throw new NoAnswer(`${method} ${path}: HTTP ${response.status}`, { retryAfter });
    }
    if (Number(answer.Status) !== 1) throw new Refusal(answer.ErrorDetails ?? [], answer.InfoDtls);
    return answer.Data;
  }
}

/** Returns what NIC has signed: the content of SignedQRCode or SignedInvoice. It throws if the signature is wrong. */
export function verified(jws, certificate) {
  const [header, payload, signature] = jws.split(".");
  if (decoded(header).alg !== "RS256") throw new Error("the signature is not RS256");
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", signed, createPublicKey(certificate), Buffer.from(signature, "base64url"))) {
    throw new Error("NIC has not signed this");
  }
  return JSON.parse(decoded(payload).data);
}

const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString());

/** Encrypts bytes as NIC wants them: AES-256, ECB, PKCS #7 padding, base64. */
export function seal(bytes, key) {
  const cipher = createCipheriv("aes-256-ecb", key, null);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString("base64");
}

/** Decrypts what seal has encrypted. */
export function open(text, key) {
  const decipher = createDecipheriv("aes-256-ecb", key, null);
  return Buffer.concat([decipher.update(text, "base64"), decipher.final()]);
}
