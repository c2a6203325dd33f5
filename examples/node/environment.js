// The variables of nicsim exec and nicsim drill. Your program has settings of its own.

import { readFileSync } from "node:fs";

const { env } = process;

export const options = {
  url: env.NIC_SANDBOX_URL,
  publicKey: readFileSync(env.NIC_SANDBOX_PUBLIC_KEY, "utf8"),
  clientId: env.NIC_CLIENT_ID,
  clientSecret: env.NIC_CLIENT_SECRET,
  gstin: env.NIC_GSTIN,
  username: env.NIC_SANDBOX_USERNAME,
  password: env.NIC_SANDBOX_PASSWORD,
};

export const certificate = readFileSync(env.NIC_SANDBOX_CERTIFICATE, "utf8");
export const invoice = JSON.parse(readFileSync(env.NIC_INVOICE, "utf8"));
