// Runs after each request of the e-Invoice API. It keeps token and session key (SEK) of a login, opens the Data of every
// other answer, shows it in the console, and keeps the IRN and the number of the e-way bill for the calls that follow.
const cryptojs = require("crypto-js");

function aes(text, key) {
  const options = { mode: cryptojs.mode.ECB, padding: cryptojs.pad.Pkcs7 };
  return cryptojs.AES.decrypt(text, cryptojs.enc.Base64.parse(key), options);
}

if ((pm.response.headers.get("Content-Type") || "").startsWith("application/json")) {
  const answer = pm.response.json();
  pm.test("NIC did the call", () => pm.expect(String(answer.Status ?? answer.status), pm.response.text()).to.equal("1"));
  const data = answer.Data ?? answer.data;
  if (data && data.Sek) {
    const sek = aes(data.Sek, pm.collectionVariables.get("app_key"));
    pm.collectionVariables.set("sek", cryptojs.enc.Base64.stringify(sek));
    pm.collectionVariables.set("token", data.AuthToken);
  } else if (data) {
    const plain = JSON.parse(aes(data, pm.collectionVariables.get("sek")).toString(cryptojs.enc.Utf8));
    console.log(plain);
    if (plain.Irn) pm.collectionVariables.set("irn", plain.Irn);
    if (plain.EwbNo) pm.collectionVariables.set("ewb", plain.EwbNo);
  }
}
